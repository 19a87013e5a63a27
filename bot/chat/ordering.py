"""Many chats at once, one update after the other within each."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable
from datetime import UTC, datetime

from telegram import Update
from telegram.ext import BaseUpdateProcessor

_AT_ONCE = 4096
_SEEN_KEPT = 5000
_LATE_KEPT = 3
"""Of what a chat sent while the bot was down, so many of the last messages are answered."""
_NEVER_PASSED_OVER = "/forget"
_BACKLOG_WAIT_S = 0.7
"""Late messages wait for the rest of the backlog until none has come for so long."""


class ByChat(BaseUpdateProcessor):
    """Keeps the order within a chat, and passes over all but the last late messages of each."""

    def __init__(self) -> None:
        super().__init__(_AT_ONCE)
        self._locks: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._late: Counter[int] = Counter()
        self._users: Counter[int] = Counter()
        self.started = datetime.now(UTC).replace(microsecond=0)  # as Telegram dates messages
        self.in_progress = 0
        self._seen: dict[int, None] = {}
        self._awaited: set[int] = set()
        self._last_late = 0.0

    async def do_process_update(self, update: object, coroutine: "Awaitable[object]") -> None:
        """Run one update's handlers when its chat's turn has come."""
        if self._is_repeated(update):
            _close(coroutine)
            return
        key = _chat_of(update)
        if key is None:
            await coroutine
            return
        is_late = self.is_late(update)
        if is_late:
            self._late[key] += 1
            self._last_late = _now()
        self._users[key] += 1
        self.in_progress += 1
        try:
            async with self._locks[key]:
                if is_late:
                    if key not in self._awaited:
                        self._awaited.add(key)
                        await self._backlog_is_in()
                    self._late[key] -= 1
                    if self._late[key] >= _LATE_KEPT:
                        _close(coroutine)
                        return
                await coroutine
        finally:
            self.in_progress -= 1
            self._users[key] -= 1
            if not self._users[key]:
                self._locks.pop(key, None)
                self._users.pop(key, None)
                self._late.pop(key, None)

    async def _backlog_is_in(self) -> None:
        """Returns when no late message of anybody has come for a while."""
        while (wait := self._last_late + _BACKLOG_WAIT_S - _now()) > 0:  # noqa: ASYNC110 - more may come
            await asyncio.sleep(wait)

    def _is_repeated(self, update: object) -> bool:
        """Telegram may deliver an update twice, when our confirmation was lost."""
        if not isinstance(update, Update):
            return False
        if update.update_id in self._seen:
            return True
        self._seen[update.update_id] = None
        if len(self._seen) > _SEEN_KEPT:
            del self._seen[next(iter(self._seen))]
        return False

    def is_late(self, update: object) -> bool:
        """Whether a message was sent before this program started, and may be passed over."""
        message = update.message if isinstance(update, Update) else None
        if message is None or (message.text or "").startswith(_NEVER_PASSED_OVER):
            return False
        return message.date < self.started

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""


def _now() -> float:
    """The event loop's clock, in seconds."""
    return asyncio.get_running_loop().time()


def _chat_of(update: object) -> int | None:
    if not isinstance(update, Update):
        return None
    if update.effective_chat:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user else None


def _close(coroutine: "Awaitable[object]") -> None:
    close = getattr(coroutine, "close", None)
    if close:
        close()
