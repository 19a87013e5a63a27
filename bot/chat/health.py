"""Pages for whoever watches over the bot.

`GET /live` answers as long as the event loop turns: whoever restarts the program asks it.
`GET /health` is JSON, and 503 with a reason while nobody is answered.
`GET /ready` is one line, and 503 also while the database cannot be read.
`GET /metrics` is for Prometheus.
"""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.chat.loading_page import taken
from bot.chat.report_page import MakePage, ReportPage
from bot.chat.webhook import WebhookServer
from bot.errors import StoreError
from bot.observing.metrics import CONTENT_TYPE, Metrics
from index.errors import SnapshotError

_SILENT_S = 180.0
"""Longer without contact with Telegram, nobody is answered: three polls that time out are 60 s."""
_STUCK_S = 300.0
"""Longer without anything done while somebody waits: a group's limit delays by 60 s."""
_PROBE_S = 5.0
"""A database that says nothing for so long is away."""
_HEADER_S, _MOST_HEADER_BYTES = 10.0, 8192


class Pulse:
    """When Telegram was last heard of."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """A pulse that has not beaten yet; `clock` counts seconds and never goes back."""
        self._clock = clock
        self._started = clock()
        self._last: float | None = None

    def beat(self) -> None:
        """Telegram answered just now."""
        self._last = self._clock()

    @property
    def uptime_s(self) -> float:
        """Since the program was started."""
        return self._clock() - self._started

    def ailment(self, stuck_s: float) -> str | None:
        """Why nobody is answered; None if all is well.

        Args:
            stuck_s: For how long somebody has waited without anything being done.
        """
        if self._last is None:
            return "Telegram has not been reached yet"
        silent_s = self._clock() - self._last
        if silent_s > _SILENT_S:
            return f"no contact with Telegram for {silent_s:.0f} s"
        if stuck_s > _STUCK_S:
            return f"nothing was answered for {stuck_s:.0f} s although somebody waits"
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """What the pages tell of."""

    pulse: Pulse
    """When Telegram was last heard of."""
    snapshot: Callable[[], str]
    """The id of the served snapshot."""
    stuck_s: Callable[[], float]
    """For how long somebody has waited without anything being done, in seconds."""
    probe_database: Callable[[], None]
    """Raises StoreError if it cannot be read; may take its time."""
    metrics: Metrics

    def examined(self) -> tuple[str | None, str | None]:
        """Why nobody is answered, and the id of the served snapshot; None is well, and unknown."""
        ailment = self.pulse.ailment(self.stuck_s())
        try:
            return ailment, self.snapshot()
        except (OSError, SnapshotError) as error:  # its text names folders
            unreadable = f"the served snapshot cannot be read ({type(error).__name__})"
            return ailment or unreadable, None

    async def what_is_missing(self) -> str | None:
        """Why the bot is not ready, in one line; None if it is."""
        ailment, _ = self.examined()
        if ailment:
            return ailment
        try:
            async with asyncio.timeout(_PROBE_S):
                await asyncio.to_thread(self.probe_database)
        except StoreError as error:
            return str(error)
        except TimeoutError:
            return f"the database says nothing for {_PROBE_S:.0f} s"
        return None


class _Page(RequestHandler):
    def initialize(self, vitals: Vitals) -> None:
        self._vitals = vitals

    def line(self, text: str, status: int = 200) -> None:
        """Answer with one line of plain text."""
        self.set_status(status)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.write(f"{text}\n")


class _Live(_Page):
    def get(self) -> None:
        self.line("alive")


class _Ready(_Page):
    async def get(self) -> None:
        missing = await self._vitals.what_is_missing()
        self.line(missing or "ready", 503 if missing else 200)


class _Metrics(_Page):
    async def get(self) -> None:
        page = await asyncio.to_thread(self._vitals.metrics.page)
        self.set_header("Content-Type", CONTENT_TYPE)
        self.write(page)


class _Health(_Page):
    def get(self) -> None:
        ailment, snapshot = self._vitals.examined()
        page: dict[str, object] = {"status": "unwell" if ailment else "ok"}
        if ailment:
            page["reason"] = ailment
            self.set_status(503)
        page["snapshot"] = snapshot
        page["uptime_s"] = round(self._vitals.pulse.uptime_s, 1)
        self.set_header("Content-Type", "application/json")
        self.write(json.dumps(page))


def serve_health(
    port: int, vitals: Vitals, report: tuple[str, MakePage] | None = None
) -> HTTPServer:
    """Listen on all addresses.

    Args:
        port: 1 to 65535.
        vitals: What the pages tell of.
        report: The password of staff's report, and what makes it; it is not served if left out.

    Raises:
        TelegramStartError: The port is taken.
    """
    handlers = {"live": _Live, "health": _Health, "ready": _Ready, "metrics": _Metrics}
    pages: list[Any] = [(f"/{name}", page, {"vitals": vitals}) for name, page in handlers.items()]
    if report:
        password, make_page = report
        pages.append((r"/report", ReportPage, {"password": password, "make_page": make_page}))
    server = WebhookServer(  # nobody is known here: the oldest of 64 makes room
        Application(pages, log_function=lambda _: None),
        idle_connection_timeout=_HEADER_S,
        body_timeout=_HEADER_S,
        max_header_size=_MOST_HEADER_BYTES,
        max_body_size=0,
    )
    try:
        server.listen(port)
    except OSError as error:
        raise taken(port, error) from error
    return server
