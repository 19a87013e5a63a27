"""A page that tells a supervisor whether the bot is alive: `GET /health`."""

import json
import time
from collections.abc import Callable

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.errors import TelegramStartError


class _Health(RequestHandler):
    def initialize(self, started: float, snapshot: Callable[[], str]) -> None:
        self._started, self._snapshot = started, snapshot

    def get(self) -> None:
        self.set_header("Content-Type", "application/json")
        uptime = round(time.monotonic() - self._started, 1)
        self.write(json.dumps({"status": "ok", "snapshot": self._snapshot(), "uptime_s": uptime}))


def serve_health(port: int, snapshot: Callable[[], str]) -> HTTPServer:
    """Listen on all addresses.

    Args:
        port: 1 to 65535.
        snapshot: Tells the id of the served snapshot.

    Raises:
        TelegramStartError: The port is taken.
    """
    options = {"started": time.monotonic(), "snapshot": snapshot}
    server = HTTPServer(Application([(r"/health", _Health, options)], log_function=lambda _: None))
    try:
        server.listen(port)
    except OSError as error:
        raise TelegramStartError(
            f"port {port} for the health page cannot be opened ({error.strerror}): "
            "choose another SMEBOT_HEALTH_PORT"
        ) from error
    return server
