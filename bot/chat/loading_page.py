"""The pages for monitoring while the program is being started: alive, but not ready.

A server of the standard library in a thread of its own, as there is no event loop yet; the first
start builds the index, which takes minutes.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

from bot.errors import TelegramStartError

REASON = "models and index are being loaded"
_READ_S = 2.0
"""Whoever sends no request in this time is turned away: one is served at a time."""
_POLL_S = 0.05


class _Pages(BaseHTTPRequestHandler):
    timeout = _READ_S

    def do_GET(self) -> None:
        """As the pages of `bot.chat.health`, which follow."""
        health = {"status": "unwell", "reason": REASON, "snapshot": None, "uptime_s": 0.0}
        pages = {
            "/live": (200, "text/plain; charset=utf-8", "alive\n"),
            "/health": (503, "application/json", json.dumps(health)),
        }
        otherwise = (503, "text/plain; charset=utf-8", f"{REASON}\n")
        status, kind, text = pages.get(self.path, otherwise)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Nothing: who asks is not logged."""


@contextmanager
def loading_page(port: int | None) -> Iterator[None]:
    """Answer meanwhile; the port is free again at the end.

    Args:
        port: 1 to 65535; nothing is served without one.

    Raises:
        TelegramStartError: The port is taken.
    """
    if port is None:
        yield
        return
    try:
        server = HTTPServer(("", port), _Pages)
    except OSError as error:
        raise taken(port, error) from error
    thread = threading.Thread(target=server.serve_forever, args=(_POLL_S,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def taken(port: int, error: OSError) -> TelegramStartError:
    """The port for the health page cannot be opened."""
    return TelegramStartError(
        f"port {port} for the health page cannot be opened ({error.strerror}): "
        "choose another SMEBOT_HEALTH_PORT"
    )
