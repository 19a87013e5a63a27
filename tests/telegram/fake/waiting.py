"""Waiting for what the bot does; what did not come is shown with the chat and the last calls."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from tests.telegram.fake.model import Chat, Json, Message, Topic
from tests.telegram.fake.state import ApiCall, State
from tests.telegram.fake.transcript import history, screen

T = TypeVar("T")
STEP_S = 0.003
TIMEOUT_S = 5.0


def _attempts(timeout_s: float) -> Iterator[None]:
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        yield
    yield


class ChatView:
    """What a test sees of one chat. `wait_...` are awaited; `..._blocking` are for threads."""

    topic: Topic | None = None
    """Where in a forum people write who write here."""

    def __init__(self, state: State, chat: Chat) -> None:
        self.state = state
        self.chat = chat

    @property
    def chat_id(self) -> int:
        return self.chat.id

    @property
    def messages(self) -> list[Message]:
        """Every message that is still there, oldest first."""
        with self.state.lock:
            return [each for each in self.chat.messages.values() if not each.deleted]

    @property
    def bot_messages(self) -> list[Message]:
        """Those of the bot."""
        return [message for message in self.messages if message.from_bot]

    @property
    def actions(self) -> list[str]:
        """Chat actions so far: "typing" and others."""
        with self.state.lock:
            return [event.detail for event in self.chat.events if event.kind == "action"]

    def transcript(self) -> str:
        """The history: messages as they were sent, edits, buttons pressed, typing."""
        with self.state.lock:
            return history(self.chat)

    def screen(self) -> str:
        """What people see now."""
        with self.state.lock:
            return screen(self.chat)

    def unread(self) -> list[Message]:
        """The bot's new messages that no wait returned yet; they count as read now."""
        with self.state.lock:
            messages = list(self.chat.unread)
            self.chat.unread.clear()
        return messages

    def forget_unread(self) -> None:
        """From here on only what comes next is waited for."""
        with self.state.lock:
            self.chat.unread.clear()
            self.chat.unread_edits.clear()
            self.chat.unread_toasts.clear()

    async def wait_for_reply(self, timeout_s: float = TIMEOUT_S, containing: str = "") -> Message:
        """The bot's next new message, in order; with `containing`, the next that has this text."""
        probe = self._probe(self.chat.unread, lambda message: containing in message.text)
        return await self._wait("a reply", probe, timeout_s)

    def wait_for_reply_blocking(
        self, timeout_s: float = TIMEOUT_S, containing: str = ""
    ) -> Message:
        """The same for tests of a bot in another process."""
        probe = self._probe(self.chat.unread, lambda message: containing in message.text)
        return wait_blocking("a reply", probe, timeout_s, self._explain)

    async def wait_for_edit(self, timeout_s: float = TIMEOUT_S) -> Message:
        """The next edit of a message."""
        probe = self._probe(self.chat.unread_edits, lambda message: True)
        return await self._wait("an edit", probe, timeout_s)

    async def wait_for_toast(self, timeout_s: float = TIMEOUT_S) -> Json:
        """The next answer to a pressed button: {"text", "show_alert", "user"}."""
        probe = self._probe(self.chat.unread_toasts, lambda toast: True)
        return await self._wait("an answer to the button", probe, timeout_s)

    async def _wait(self, what: str, probe: Callable[[], T | None], timeout_s: float) -> T:
        return await wait(what, probe, timeout_s, self._explain)

    def _probe(self, queue: deque[T], wanted: Callable[[T], bool]) -> Callable[[], T | None]:
        """Takes what is wanted, and drops what stood before it."""

        def probe() -> T | None:
            with self.state.lock:
                if not any(wanted(item) for item in queue):
                    return None
                while not wanted(item := queue.popleft()):
                    pass
                return item

        return probe

    def _explain(self) -> str:
        return f"The chat:\n{self.transcript()}\n{describe_calls(self.state)}"


async def wait(
    what: str,
    probe: Callable[[], T | None],
    timeout_s: float,
    explain: Callable[[], str] = str,
) -> T:
    """Until the probe returns something that is true."""
    for _ in _attempts(timeout_s):
        found = probe()
        if found:
            return found
        await asyncio.sleep(STEP_S)
    raise AssertionError(f"{what} did not come within {timeout_s} s. {explain()}")


def wait_blocking(
    what: str,
    probe: Callable[[], T | None],
    timeout_s: float,
    explain: Callable[[], str] = str,
) -> T:
    """The same without an event loop."""
    for _ in _attempts(timeout_s):
        found = probe()
        if found:
            return found
        time.sleep(STEP_S)
    raise AssertionError(f"{what} did not come within {timeout_s} s. {explain()}")


def describe_calls(state: State, last: int = 15) -> str:
    """The newest calls of the bot, one a line."""
    with state.lock:
        calls: list[ApiCall] = state.calls[-last:]
    lines = [
        f"  {call.method} {_short(call.params)} -> {call.status or '...'} {call.description}"
        for call in calls
    ]
    return "The last calls:\n" + "\n".join(lines)


def _short(params: Any) -> str:
    text = str(params)
    return text if len(text) <= 160 else text[:157] + "..."
