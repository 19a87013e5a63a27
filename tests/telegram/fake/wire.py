"""HTTP: from a request to a call of a method, and back to JSON."""

import asyncio
import json
import re
import socket
import struct
import time
from typing import Any

import tornado.web
from tornado.iostream import IOStream

from tests.telegram.fake import answering, editing, fetching, profile, sending, uploading
from tests.telegram.fake.errors import ApiError, conflict
from tests.telegram.fake.faults import Fault
from tests.telegram.fake.limits import LONG_POLL_S
from tests.telegram.fake.params import Params, Upload
from tests.telegram.fake.registry import METHODS
from tests.telegram.fake.state import ApiCall, State
from tests.telegram.fake.updates import LongPoll

MODULES_WITH_METHODS = (answering, editing, fetching, profile, sending, uploading)
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
OTHER_READER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_IN_USE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
    "webhook first"
)


class Api:
    """Runs one call at a time under the lock of the state; only getUpdates waits."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.poll: LongPoll | None = None

    def run(self, name: str, params: Params) -> Any:
        """Do what a method does."""
        with self.state.lock:
            function = METHODS.get(name.lower())
            if function is None:
                raise ApiError(404, "Not Found: method not found")
            return function(self.state, params)

    async def get_updates(self, params: Params, poll: LongPoll) -> list[Any]:
        """Wait for updates; a second reader ends the first with a conflict."""
        with self.state.lock:
            self._check_no_webhook()
            if self.poll is not None:
                self.poll.stopped = True
                self.poll.signal.set()
            self.poll = poll
            self.state.updates.allow(params.json("allowed_updates"))
            self.state.updates.confirm(params.integer("offset"))
        try:
            return await self._wait(params, poll)
        finally:
            if self.poll is poll:
                self.poll = None

    async def _wait(self, params: Params, poll: LongPoll) -> list[Any]:
        while True:
            with self.state.lock:
                if poll.stopped:
                    raise conflict(OTHER_READER)
                self._check_no_webhook("terminated by setWebhook request")
                if self.state.updates.pending:
                    return self.state.updates.head(params.integer("limit", 100))
            if poll.over:
                return []
            await poll.wait()

    def _check_no_webhook(self, reason: str = WEBHOOK_IN_USE) -> None:
        if self.state.webhook.url:
            raise conflict(reason)

    def wake(self) -> None:
        """An update came or a webhook was set. Only in the server's thread."""
        if self.poll is not None:
            self.poll.signal.set()


class ConnectionCut(Exception):  # noqa: N818  an outcome, not an error
    """The fault wants the connection reset."""


class MethodHandler(tornado.web.RequestHandler):
    """`/bot<token>/<method>`."""

    def initialize(self, api: Api) -> None:
        self.api = api
        self.long_poll: LongPoll | None = None

    def on_connection_close(self) -> None:
        if self.long_poll is not None:
            self.long_poll.stopped = True
            self.long_poll.signal.set()

    async def get(self, token: str, name: str) -> None:
        await self.post(token, name)

    async def post(self, token: str, name: str) -> None:
        started = time.monotonic()
        params = self._params()
        with self.api.state.lock:
            call = self.api.state.log_call(name, params.shown())
        try:
            self._check_token(token)
            call.result = await self._with_fault(name, params, call)
            call.status = 200
            self._answer(200, {"ok": True, "result": call.result})
        except ApiError as error:
            call.status, call.description = error.code, error.description
            self._refuse(error, injected=call.injected)
        except ConnectionCut as cut:
            call.description = "connection reset"
            await self._cut(in_the_answer=cut.args == ("cut_answer",))
        finally:
            call.warnings = params.warnings
            call.seconds = time.monotonic() - started
            if not call.status and not call.description:
                call.status, call.description = 500, "the fake itself failed"

    def _check_token(self, token: str) -> None:
        if not TOKEN.fullmatch(token):
            raise ApiError(404, "Not Found")
        if token != self.api.state.token:
            raise ApiError(401, "Unauthorized")

    async def _with_fault(self, name: str, params: Params, call: ApiCall) -> Any:
        with self.api.state.lock:
            fault: Fault | None = self.api.state.faults.next_for(name)
        if fault is None:
            return await self._run(name, params)
        call.injected = True
        if fault.error:
            raise fault.error
        if fault.kind == "hang":
            await self._hang(fault.seconds)
        if fault.kind in ("reset", "hang"):
            raise ConnectionCut
        result = await self._run(name, params)
        if fault.kind in ("lose_answer", "cut_answer"):
            raise ConnectionCut(fault.kind)
        await asyncio.sleep(fault.seconds)
        return result

    async def _run(self, name: str, params: Params) -> Any:
        if name.lower() != "getupdates":
            return self.api.run(name, params)
        seconds = min(max(params.integer("timeout"), 0), LONG_POLL_S)
        self.long_poll = LongPoll(time.monotonic() + seconds)
        return await self.api.get_updates(params, self.long_poll)

    def _params(self) -> Params:
        if self.request.headers.get("Content-Type", "").startswith("application/json"):
            try:
                values = json.loads(self.request.body or b"{}")
            except ValueError:
                values = {}
            return Params(values if isinstance(values, dict) else {})
        values = {
            name: found[-1].decode("utf-8", "replace")
            for name, found in self.request.arguments.items()
        }
        uploads = {
            name: Upload(found[-1].filename, found[-1].content_type, found[-1].body)
            for name, found in self.request.files.items()
        }
        return Params(values, uploads)

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.write(json.dumps(body))

    def _refuse(self, error: ApiError, *, injected: bool) -> None:
        if injected and error.code == 502:
            self.set_status(502)
            self.write("<html><head><title>502 Bad Gateway</title></head></html>")
            return
        body = {"ok": False, "error_code": error.code, "description": error.description}
        if error.parameters:
            body["parameters"] = error.parameters
        self._answer(error.code, body)

    async def _hang(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.request.connection.stream.closed():
            await asyncio.sleep(0.05)

    async def _cut(self, *, in_the_answer: bool) -> None:
        stream = self.request.connection.stream
        if stream.closed():
            return
        self.detach()
        if in_the_answer:
            await stream.write(b'HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{"ok": true, "res')
        reset(stream)


def reset(stream: IOStream) -> None:
    """Close a connection so that the other end gets an error, not an end."""
    if not stream.closed():
        stream.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        stream.close()


class FileHandler(tornado.web.RequestHandler):
    """`/file/bot<token>/<path>`: the content of a file."""

    def initialize(self, api: Api) -> None:
        self.api = api

    def get(self, token: str, path: str) -> None:
        with self.api.state.lock:
            stored = self.api.state.files.get(path.rsplit("/", 1)[-1])
        if token != self.api.state.token or stored is None:
            self.set_status(404)
            return
        self.set_header("Content-Type", "application/octet-stream")
        self.write(stored.content)


def make_application(api: Api, more: list[Any] | None = None) -> tornado.web.Application:
    """The routes."""
    return tornado.web.Application(
        [
            (r"/bot([^/]+)/(\w+)/?", MethodHandler, {"api": api}),
            (r"/file/bot([^/]+)/(.+)", FileHandler, {"api": api}),
            *(more or []),
        ],
        default_handler_class=NotFoundHandler,
        log_function=lambda handler: None,
    )


class NotFoundHandler(tornado.web.RequestHandler):
    """Any other path."""

    def prepare(self) -> None:
        self.set_status(404)
        self.finish(json.dumps({"ok": False, "error_code": 404, "description": "Not Found"}))
