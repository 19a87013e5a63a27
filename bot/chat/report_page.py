"""Staff's report for who wants an address: `GET /report`, behind a password."""

import asyncio
import base64
import binascii
import hmac
from collections.abc import Callable
from ipaddress import ip_address

from tornado.web import RequestHandler

from bot.errors import StoreError

MakePage = Callable[[str | None], str]
"""The page in a language; in staff's own for None."""


class ReportPage(RequestHandler):
    """Answers this machine and its private networks only: the password is not encrypted.

    Whoever wants it from elsewhere puts a proxy with TLS before it, or a tunnel.
    """

    def initialize(self, password: str, make_page: MakePage) -> None:
        self._password, self._make_page = password, make_page

    def prepare(self) -> None:
        self.set_header("Cache-Control", "no-store")
        if not _is_near(self.request.remote_ip or ""):
            self._end(403)
        elif not self._is_admitted():
            self.set_header("WWW-Authenticate", 'Basic realm="smebot report", charset="UTF-8"')
            self._end(401)

    async def get(self) -> None:
        language = self.get_query_argument("language", None)
        try:
            page = await asyncio.to_thread(self._make_page, language)
        except StoreError:
            self._end(503)
            return
        self.set_header("Content-Type", "text/html; charset=utf-8")
        await self.finish(page)

    def _is_admitted(self) -> bool:
        """Whether the password is right, by whatever name; takes equally long if it is not."""
        scheme, _, given = self.request.headers.get("Authorization", "").partition(" ")
        try:
            credentials = base64.b64decode(given, validate=True)
        except (binascii.Error, ValueError):
            return False
        password = credentials.partition(b":")[2]
        is_right = hmac.compare_digest(password, self._password.encode())
        return scheme.lower() == "basic" and is_right

    def _end(self, status: int) -> None:
        self.set_status(status)
        self.finish()

    def write_error(self, status_code: int, **_: object) -> None:
        self._end(status_code)


def _is_near(address: str) -> bool:
    """Whether an address is this machine's or of a private network."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_private
