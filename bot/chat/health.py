"""A page that tells a supervisor whether the bot is alive: `GET /health`."""

import json
import time
from collections.abc import Callable
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.chat.report_page import MakePage, ReportPage
from bot.chat.webhook import WebhookServer
from bot.errors import TelegramStartError
from index import SnapshotError

_SILENT_S = 180.0
"""Longer without contact with Telegram, nobody is answered: three polls that time out are 60 s."""
_STUCK_S = 300.0
"""Longer without anything done while somebody waits: a group's limit delays by 60 s."""
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


class _Health(RequestHandler):
    def initialize(
        self, pulse: Pulse, snapshot: Callable[[], str], stuck_s: Callable[[], float]
    ) -> None:
        self._pulse, self._snapshot, self._stuck_s = pulse, snapshot, stuck_s

    def get(self) -> None:
        ailment, snapshot = self._pulse.ailment(self._stuck_s()), None
        try:
            snapshot = self._snapshot()
        except (OSError, SnapshotError) as error:  # its text names folders
            ailment = ailment or f"the served snapshot cannot be read ({type(error).__name__})"
        page: dict[str, object] = {"status": "unwell" if ailment else "ok"}
        if ailment:
            page["reason"] = ailment
            self.set_status(503)
        page["snapshot"] = snapshot
        page["uptime_s"] = round(self._pulse.uptime_s, 1)
        self.set_header("Content-Type", "application/json")
        self.write(json.dumps(page))


def serve_health(
    port: int,
    pulse: Pulse,
    snapshot: Callable[[], str],
    stuck_s: Callable[[], float],
    report: tuple[str, MakePage] | None = None,
) -> HTTPServer:
    """Listen on all addresses.

    Args:
        port: 1 to 65535.
        pulse: Tells when Telegram was last heard of.
        snapshot: Tells the id of the served snapshot.
        stuck_s: Tells for how long somebody has waited without anything being done, in seconds.
        report: The password of staff's report, and what makes it; it is not served if left out.

    Raises:
        TelegramStartError: The port is taken.
    """
    options = {"pulse": pulse, "snapshot": snapshot, "stuck_s": stuck_s}
    pages: list[Any] = [(r"/health", _Health, options)]
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
        raise TelegramStartError(
            f"port {port} for the health page cannot be opened ({error.strerror}): "
            "choose another SMEBOT_HEALTH_PORT"
        ) from error
    return server
