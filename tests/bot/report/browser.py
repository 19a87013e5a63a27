"""A headless Chromium, driven over its DevTools protocol: what a page does in a real browser."""

import asyncio
import base64
import itertools
import json
import os
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tornado.websocket import WebSocketClientConnection, websocket_connect

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
"""Where a browser is; None where none is installed (Debian: `apt-get install chromium`)."""
_START_S = 30.0


@dataclass
class Browser:
    """One tab. What went wrong in it, and what it asked for, is kept."""

    socket: WebSocketClientConnection
    complaints: list[str] = field(default_factory=list)
    """Errors and warnings of the console."""
    requests: list[str] = field(default_factory=list)
    """Addresses that were asked for, the pages' own among them."""

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._loaded = False

    async def call(self, method: str, **params: object) -> dict[str, Any]:
        """Send one command and wait for its result; events on the way are kept."""
        number = next(self._numbers)
        await self.socket.write_message(
            json.dumps({"id": number, "method": method, "params": params})
        )
        while True:
            message = await self._read()
            if message.get("id") == number:
                assert "error" not in message, message
                return dict(message["result"])

    async def open(self, path: Path, *, width: int, dark: bool = False, media: str = "") -> None:
        """Show a file at a width in pixels, as a phone or a desktop does, or as it is printed."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        await self.call("Emulation.setEmulatedMedia", media=media, features=[scheme])
        is_phone = width < 600
        await self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=844 if is_phone else 900,
            deviceScaleFactor=2 if is_phone else 1,
            mobile=is_phone,
        )
        self._loaded = False
        await self.call("Page.navigate", url=path.as_uri())
        while not self._loaded:
            await self._read()

    async def evaluate(self, expression: str) -> Any:
        """The value of some JavaScript in the page."""
        found = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    async def screenshot(self) -> bytes:
        """The whole page as PNG."""
        shot = await self.call("Page.captureScreenshot", captureBeyondViewport=True)
        return base64.b64decode(shot["data"])

    async def printed(self) -> bytes:
        """The page as PDF, on A4."""
        pdf = await self.call(
            "Page.printToPDF", paperWidth=8.27, paperHeight=11.69, printBackground=False
        )
        return base64.b64decode(pdf["data"])

    async def end(self) -> None:
        """Close the connection, and wait until the browser has closed it too."""
        self.socket.close()
        while await asyncio.wait_for(self.socket.read_message(), _START_S) is not None:
            pass

    async def _read(self) -> dict[str, Any]:
        raw = await asyncio.wait_for(self.socket.read_message(), _START_S)
        assert raw is not None, "the browser has ended"
        message: dict[str, Any] = json.loads(raw)
        method, params = message.get("method"), message.get("params", {})
        if method == "Page.loadEventFired":
            self._loaded = True
        elif method == "Log.entryAdded":
            self.complaints.append(params["entry"]["text"])
        elif method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            self.complaints.append(json.dumps(params))
        elif method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        return message


@asynccontextmanager
async def started(profile: Path) -> AsyncIterator[Browser]:
    """A browser with one empty tab; it is ended afterwards.

    Args:
        profile: An empty folder, for all that it writes.
    """
    assert CHROMIUM
    process = subprocess.Popen(  # noqa: ASYNC220 - it runs beside the test
        [
            CHROMIUM,
            "--headless=new",
            "--no-sandbox",  # which root may not use, nor who tests in a container
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-first-run",
            "--remote-debugging-port=0",
            f"--user-data-dir={profile}",
            "about:blank",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        socket = await websocket_connect(await _address(profile), max_message_size=2**28)
        browser = Browser(socket)
        try:
            for domain in ("Page", "Runtime", "Log", "Network"):
                await browser.call(f"{domain}.enable")
            yield browser
        finally:
            await browser.end()
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


async def _address(profile: Path) -> str:
    """Of the tab, which the browser writes down once it listens."""
    from httpx import AsyncClient

    written = profile / "DevToolsActivePort"
    async with asyncio.timeout(_START_S):
        while not written.exists() or not written.read_text().strip():
            await asyncio.sleep(0.05)
    port = written.read_text().split()[0]
    async with AsyncClient(trust_env=False) as client:
        tabs = (await client.get(f"http://127.0.0.1:{port}/json/list")).json()
    return next(str(tab["webSocketDebuggerUrl"]) for tab in tabs if tab["type"] == "page")
