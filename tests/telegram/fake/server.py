"""A strict fake of Telegram: the Bot API over HTTP, and the people who use the bot.

It refuses what Telegram refuses, mostly in Telegram's words: read in the source of
tdlib/telegram-bot-api and tdlib/td, or in reports of users. Written from memory and not confirmed:
the words about descriptions, names, date formats, link previews, quotes, inline articles and their
button; that a callback is answered only once; that lengths count UTF-16 units (see `limits.py`).
It runs in a thread of its own: a test may be synchronous or asynchronous, and the bot may live in
the test's event loop, in a thread or in another process.

    with FakeTelegram() as telegram:                      # or the fixture `telegram`
        app = ApplicationBuilder().token(telegram.token).base_url(telegram.base_url)
        app = app.base_file_url(telegram.base_file_url)   # smebot run: see root_url
        li = telegram.user("Li", language_code="zh")
        li.sends("/start")
        reply = await li.wait_for_reply()                 # .text .buttons .rows .entities .file
        li.presses(reply.buttons[0])
        edited = await li.wait_for_edit()                 # also wait_for_toast()
        print(li.transcript(), li.screen())               # the history; what is on the screen

Users: sends, sends_photo, _sticker, _voice, _document, _location, _contact, _poll, _raw, forwards,
edits, presses, presses_data, blocks_bot, unblocks_bot, sees_commands. Groups:
`telegram.group("Trade", li, wang)`, then `li.sends("hello", to=group)` and
`await group.wait_for_reply()`; adds_bot, removes_bot, promotes_bot, adds, becomes_supergroup,
opens_topic (`li.sends("hello", to=topic)`, `message.topic`), admin_sends, channel_sends,
channel_posts. Also sends_album, and edits of captions.
Privacy mode is on: in groups the bot gets commands, mentions of it and replies to it. Inline mode:
`telegram.types_inline(li, "canton")`, then `wait_for_results()` and `chooses(result)`.
`wait_for_reply` returns the bot's messages one by one in their order, none is skipped unnoticed;
`unread()` returns the rest without waiting, `forget_unread()` drops it. A message is shown as it
is now (`.earlier`: its texts before edits; `.deleted`). Blocking waits for tests without an event
loop: `wait_for_reply_blocking`.

Calls: `telegram.calls` (method, params, at, status, description, warnings), `calls_of(method)`,
`refused` (what Telegram refused, injected faults left out), `warnings` (what Telegram would have
changed in silence: more than 100 entities, nested code, ...), `assert_clean()` for both.
Faults: `telegram.faults.fail("sendMessage", 429, times=2, retry_after_s=1)`, 500, 502,
`.delay(method, seconds)`, `.hang(method)`, `.reset(method)`, `.lose_answer(method)`,
`.cut_answer(method)`, `.refuse(method, error)`, `.clear()`; `reset_connections()`, all at once;
`limit_rates()` for 30/s, 1/s a chat, 20/min a group; `duplicate_next_update()`,
`deliver_again(update)`, `expire_queries()`.
Webhook: setWebhook with http is taken on 127.0.0.1; `deliver_webhook_to(url)` redirects a public
address to the port where the bot really listens.

By hand: `python -m tests.telegram.fake` (see `cli.py`). Not known here: the old parse mode
"Markdown", payments, stories, media other than documents sent by the bot.
"""

import asyncio
import itertools
import threading
from types import TracebackType
from typing import Any, Self

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from tests.telegram.fake import limits
from tests.telegram.fake.faults import Faults
from tests.telegram.fake.group import Group
from tests.telegram.fake.inline import TypedQuery
from tests.telegram.fake.model import Chat, Json
from tests.telegram.fake.people import User
from tests.telegram.fake.rates import RateLimits
from tests.telegram.fake.state import ApiCall, State
from tests.telegram.fake.waiting import describe_calls, wait
from tests.telegram.fake.webhook import WebhookSender, stop
from tests.telegram.fake.wire import Api, make_application, reset

TOKEN = "123456789:AAFakeTokenForTestsOnly_0123456789abcde"
BOT = {"id": 123456789, "is_bot": True, "first_name": "SME bot", "username": "sme_test_bot"}


class FakeTelegram:
    """The server and everybody on it. A context manager; or call start() and stop()."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "sme_test_bot",
        privacy_mode: bool = True,
        port: int = 0,
        routes: list[Any] | None = None,
    ) -> None:
        bot_id = int(token.partition(":")[0])
        self.token = token
        self.state = State(token, {**BOT, "id": bot_id, "username": username}, privacy_mode)
        self.port = port
        self._routes = routes
        self._ids = itertools.count(1_000_001)
        self._ready = threading.Event()
        self._failure: BaseException | None = None

    # --- the server ---

    @property
    def root_url(self) -> str:
        """For SMEBOT_TELEGRAM_API_URL."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """For ApplicationBuilder.base_url."""
        return f"{self.root_url}/bot"

    @property
    def base_file_url(self) -> str:
        """For ApplicationBuilder.base_file_url."""
        return f"{self.root_url}/file/bot"

    @property
    def username(self) -> str:
        return self.state.bot["username"]

    def start(self) -> Self:
        """Listen; returns when the port is open."""
        self._thread = threading.Thread(target=self._run, name="fake-telegram", daemon=True)
        self._thread.start()
        self._ready.wait()
        if self._failure:
            raise self._failure
        return self

    def stop(self) -> None:
        """Close every connection and end the thread."""
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except OSError as error:  # the port is taken
            self._failure = error
            self._ready.set()

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        api = Api(self.state)
        self.webhook_sender = WebhookSender(self.state)
        self.state.wake = lambda: self._loop.call_soon_threadsafe(self._wake, api)
        server = self._server = HTTPServer(
            make_application(api, self._routes), max_buffer_size=120 * 2**20
        )
        sockets = bind_sockets(self.port, "127.0.0.1")
        server.add_sockets(sockets)
        self.port = sockets[0].getsockname()[1]
        sending = asyncio.create_task(self.webhook_sender.run())
        self._ready.set()
        await self._stopping.wait()
        with self.state.lock:  # nobody may wake a loop that has ended
            self.state.wake = lambda: None
        await stop(sending)
        server.stop()
        await server.close_all_connections()

    def _wake(self, api: Api) -> None:
        api.wake()
        self.webhook_sender.signal.set()

    # --- people ---

    def user(
        self,
        first_name: str = "Li",
        *,
        language_code: str | None = "en",
        started: bool = False,
        **more: Any,
    ) -> User:
        """A person. `started`: has written before, so that the bot may write first."""
        json: Json = {"id": next(self._ids), "is_bot": False, "first_name": first_name, **more}
        if language_code:
            json["language_code"] = language_code
        with self.state.lock:
            user = User(self.state, json)
            user.chat.started = started
        return user

    def group(
        self, title: str, *members: User, kind: str = "supergroup", with_bot: bool = True
    ) -> Group:
        """A group; the first member made it. Kind: supergroup or group."""
        number = next(self._ids)
        chat = Chat(
            -1_000_000_000_000 - number if kind == "supergroup" else -number,
            kind,
            {"title": title},
            members={member.id: member.json for member in members},
            bot_status="member" if with_bot else "left",
        )
        with self.state.lock:
            return Group(self.state, chat, members[0])

    def types_inline(self, user: User, text: str, *, offset: str = "") -> TypedQuery:
        """A user types @bot and a text."""
        return TypedQuery(user, text, offset)

    # --- what the bot did ---

    @property
    def calls(self) -> list[ApiCall]:
        """Every call in its order, getUpdates left out."""
        with self.state.lock:
            return [call for call in self.state.calls if call.method.lower() != "getupdates"]

    def calls_of(self, method: str) -> list[ApiCall]:
        """The calls of one method."""
        with self.state.lock:
            return [call for call in self.state.calls if call.method.lower() == method.lower()]

    @property
    def refused(self) -> list[ApiCall]:
        """Calls that Telegram refuses; injected faults and conflicts of getUpdates left out."""
        return [call for call in self.calls if call.status >= 400 and not call.injected]

    @property
    def warnings(self) -> list[str]:
        """What Telegram changes without saying so."""
        return [warning for call in self.calls for warning in call.warnings]

    def assert_clean(self) -> None:
        """Nothing was refused and nothing changed in silence."""
        problems = [f"{c.method}: {c.description} {c.params}" for c in self.refused]
        problems += self.warnings
        if problems:
            raise AssertionError("\n".join(problems))

    async def wait_until_idle(self, quiet_s: float = 0.2, timeout_s: float = 10.0) -> None:
        """No update waits, and no call came for a while: for "it sent exactly one message"."""
        quiet: dict[int, float] = {}

        def probe() -> bool:
            now = asyncio.get_running_loop().time()
            with self.state.lock:
                running = any(c.status == 0 and not c.description for c in self.calls)
                count = len(self.calls) + len(self.state.updates.pending) * 1_000_000
            since = quiet.setdefault(count, now)
            waiting = count >= 1_000_000
            return not running and not waiting and now - since >= quiet_s

        await wait("quiet", probe, timeout_s, lambda: describe_calls(self.state))

    # --- faults ---

    def reset_connections(self) -> None:
        """Reset every open connection, whether it waits for an answer or for the next call."""
        done = threading.Event()

        def reset_all() -> None:
            for connection in list(self._server._connections):
                reset(connection.stream)
            done.set()

        self._loop.call_soon_threadsafe(reset_all)
        done.wait()

    @property
    def faults(self) -> Faults:
        """Order faults for the next calls of a method."""
        return self.state.faults

    def limit_rates(self, rates: RateLimits | None = None) -> None:
        """From now on count messages as Telegram does."""
        with self.state.lock:
            self.state.rates.limits = rates or RateLimits()

    def duplicate_next_update(self, times: int = 1) -> None:
        """The next updates come twice, with the same number."""
        with self.state.lock:
            self.state.updates.duplicate_next = times

    def deliver_again(self, update: Json) -> None:
        """An update that was confirmed comes once more: `telegram.delivered[-1]`."""
        with self.state.lock:
            self.state.updates.again(update)

    @property
    def delivered(self) -> list[Json]:
        """Every update that was handed to the bot, in order; a repeated one each time."""
        with self.state.lock:
            return list(self.state.updates.delivered)

    def expire_queries(self) -> None:
        """Every query that waits is now too old to be answered."""
        with self.state.lock:
            waiting = [*self.state.callbacks.values(), *self.state.inline_queries.values()]
            for query in waiting:
                query.expired = True

    def deliver_webhook_to(self, url: str) -> None:
        """Where the bot listens, when setWebhook names a public address."""
        self.webhook_sender.deliver_to = url


__all__ = ["FakeTelegram", "Group", "RateLimits", "TypedQuery", "User", "limits"]
