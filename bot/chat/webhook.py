"""Updates by webhook: a small server that strangers cannot exhaust.

It listens behind a proxy that ends TLS. Whoever does not know the secret is turned away when the
headers are there, before anything of the body is read.
"""

import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.web import Application, RequestHandler, stream_request_body

from bot.chat.intake import WayIn
from bot.errors import TelegramStartError
from bot.settings import BotSettings

logger = logging.getLogger(__name__)

PATH = "telegram"
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name, not its value
_MOST_BODY_BYTES = 2**20
"""Telegram's updates are some kilobytes long."""
_MOST_HEADER_BYTES = 16 * 2**10
_HEADER_S, _BODY_S = 10.0, 10.0
_STRANGERS = 64
"""Open connections that have not shown the secret; the oldest makes room for a new one."""


class WebhookServer(HTTPServer):
    """Closes the connections of strangers that are too many, never Telegram's."""

    def initialize(self, *args: Any, **options: Any) -> None:
        """See tornado's server."""
        super().initialize(*args, **options)
        self._strangers: dict[IOStream, None] = {}

    def handle_stream(self, stream: IOStream, address: Any) -> None:
        """A connection was opened; the newest are Telegram's as soon as it calls."""
        for known in [each for each in self._strangers if each.closed()]:
            del self._strangers[known]
        while len(self._strangers) >= _STRANGERS:
            oldest = next(iter(self._strangers))
            del self._strangers[oldest]
            oldest.close()
        self._strangers[stream] = None
        super().handle_stream(stream, address)

    def trust(self, stream: IOStream) -> None:
        """This connection has shown the secret."""
        self._strangers.pop(stream, None)


@stream_request_body
class _Updates(RequestHandler):
    """Takes an update over; answers 200 only when it is kept."""

    def initialize(self, secret: str, intake: WayIn, trust: Callable[[IOStream], None]) -> None:
        self._secret, self._intake, self._trust = secret, intake, trust
        self._body = bytearray()

    def prepare(self) -> None:
        status = self._refusal()
        if status:
            self._end(status)
            return
        self._trust(self.request.connection.stream)  # type: ignore[union-attr]  # of HTTP/1.1

    def data_received(self, chunk: bytes) -> None:
        self._body += chunk

    async def post(self) -> None:
        try:
            raw = json.loads(self._body)
        except (ValueError, RecursionError):
            raw = None
        if not isinstance(raw, dict):
            self._end(400)
            return
        await self._intake.accept([raw])
        self._end(200)

    def _refusal(self) -> int | None:
        """The status of a request that is not Telegram's, or comes at the wrong time."""
        given = self.request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return 403
        if self.request.method != "POST":
            return 405
        if _length(self.request.headers.get("Content-Length", "0")) > _MOST_BODY_BYTES:
            return 413
        return 503 if self._intake.is_full else None

    def _end(self, status: int) -> None:
        self.set_status(status)
        self.finish()

    def write_error(self, status_code: int, **_: object) -> None:
        self._end(status_code)


@stream_request_body
class _Elsewhere(RequestHandler):
    """Any other path: nothing is read, nothing is told."""

    def prepare(self) -> None:
        self.set_status(404)
        self.finish()

    def data_received(self, chunk: bytes) -> None:
        """Nothing is kept."""


def _length(given: str) -> int:
    """The length that a request names; one that is no number is too long."""
    return int(given) if given.isascii() and given.isdigit() else _MOST_BODY_BYTES + 1


def secret_of(settings: BotSettings) -> str:
    """Telegram repeats it with every update; derived, so that it need not be configured."""
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    return hashlib.sha256(f"webhook:{token}".encode()).hexdigest()[:64]


def serve_webhook(settings: BotSettings, intake: WayIn) -> WebhookServer:
    """Listen for updates.

    Raises:
        TelegramStartError: The port is taken, or the address is not this machine's.
    """
    options: dict[str, Any] = {"secret": secret_of(settings), "intake": intake}
    application = Application(
        [(rf"/{PATH}", _Updates, options)],
        default_handler_class=_Elsewhere,
        log_function=lambda _: None,
    )
    server = WebhookServer(
        application,
        idle_connection_timeout=_HEADER_S,
        body_timeout=_BODY_S,
        max_header_size=_MOST_HEADER_BYTES,
        max_body_size=_MOST_BODY_BYTES,
        max_buffer_size=2 * _MOST_BODY_BYTES,
    )
    options["trust"] = server.trust
    try:
        server.listen(settings.webhook_port, settings.webhook_host)
    except OSError as error:
        raise TelegramStartError(
            f"port {settings.webhook_port} on {settings.webhook_host} for the webhook cannot be "
            f"opened ({error.strerror}): choose another SMEBOT_WEBHOOK_PORT or SMEBOT_WEBHOOK_HOST"
        ) from error
    return server
