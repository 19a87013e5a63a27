"""Small proxies for tests: SOCKS 5 (RFC 1928, user and password as in RFC 1929) and HTTP.

with SocksProxy(user="li", password="secret") as proxy:
    settings = {"SMEBOT_TELEGRAM_PROXY": proxy.url}
    ...
    assert proxy.targets == {("127.0.0.1", telegram.port)}
"""

import http.client
import select
import socket
import struct
import threading
from base64 import b64encode
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Any, ClassVar, Self
from urllib.parse import quote, urlsplit

_NO_PASSWORD, _PASSWORD, _NONE_ACCEPTABLE = 0, 2, 0xFF
_IPV4, _NAME = 1, 3
_KEPT = ("Content-Type",)


class _Proxy(ThreadingTCPServer):
    """Listens on a free port of this machine while the `with` lasts."""

    daemon_threads = True
    handler: ClassVar[type[BaseRequestHandler]]
    scheme: ClassVar[str]

    def __init__(self, user: str | None = None, password: str = "") -> None:
        super().__init__(("127.0.0.1", 0), self.handler)
        self.user, self.password = user, password
        self.targets: set[tuple[str, int]] = set()
        """Whom it connected its clients with."""
        self.refused = 0
        """Clients with a wrong password, or with none."""

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def url(self) -> str:
        return self.url_with(self.user, self.password)

    def url_with(self, user: str | None, password: str = "") -> str:
        """Its address with these credentials."""
        credentials = f"{quote(user, safe='')}:{quote(password, safe='')}@" if user else ""
        return f"{self.scheme}://{credentials}127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class _Socks(BaseRequestHandler):
    server: "SocksProxy"
    request: socket.socket

    def handle(self) -> None:
        with suppress(OSError, struct.error):  # the client went away
            if not self._is_let_in():
                return
            target = self._target()
            try:
                upstream = socket.create_connection(target, 10)
            except OSError:
                self._answer(5)
                return
            with upstream:
                self.server.targets.add(target)
                self._answer(0)
                _relay(self.request, upstream)

    def _is_let_in(self) -> bool:
        _, count = self._read(2)
        wanted = _NO_PASSWORD if self.server.user is None else _PASSWORD
        if wanted not in self._read(count):
            self.server.refused += 1
            self.request.sendall(bytes([5, _NONE_ACCEPTABLE]))
            return False
        self.request.sendall(bytes([5, wanted]))
        if wanted == _NO_PASSWORD:
            return True
        user = self._read(self._read(2)[1]).decode()
        password = self._read(self._read(1)[0]).decode()
        is_right = (user, password) == (self.server.user, self.server.password)
        self.server.refused += not is_right  # before the client goes on, and a test with it
        self.request.sendall(bytes([1, 0 if is_right else 1]))
        return is_right

    def _target(self) -> tuple[str, int]:
        kind = self._read(4)[3]
        if kind == _NAME:
            host = self._read(self._read(1)[0]).decode()
        else:
            family, size = (socket.AF_INET, 4) if kind == _IPV4 else (socket.AF_INET6, 16)
            host = socket.inet_ntop(family, self._read(size))
        return host, struct.unpack(">H", self._read(2))[0]

    def _answer(self, code: int) -> None:
        self.request.sendall(bytes([5, code, 0, _IPV4]) + bytes(6))

    def _read(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            part = self.request.recv(size - len(data))
            if not part:
                raise OSError("closed")
            data += part
        return data


def _relay(one: socket.socket, other: socket.socket) -> None:
    while True:
        for ready in select.select([one, other], [], [])[0]:
            data = ready.recv(65536)
            if not data:
                return
            (other if ready is one else one).sendall(data)


class SocksProxy(_Proxy):
    """SOCKS 5, with user and password or without."""

    handler = _Socks
    scheme = "socks5"


class _Http(BaseHTTPRequestHandler):
    server: "HttpProxy"
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.headers.get("Proxy-Authorization") != self.server.wanted:
            self.server.refused += 1
            self.send_error(407)
            return
        url = urlsplit(self.path)
        host, port = url.hostname or "", url.port or 80
        self.server.targets.add((host, port))
        upstream = http.client.HTTPConnection(host, port, timeout=60)
        kept = {name: self.headers[name] for name in _KEPT if name in self.headers}
        upstream.request("POST", url.path, body, kept)
        answer = upstream.getresponse()
        data = answer.read()
        upstream.close()
        with suppress(OSError):  # the client went away
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


class HttpProxy(_Proxy):
    """Passes requests for http addresses on."""

    handler = _Http
    scheme = "http"

    @property
    def wanted(self) -> str | None:
        """The header of a client that is let in."""
        if self.user is None:
            return None
        return "Basic " + b64encode(f"{self.user}:{self.password}".encode()).decode()
