"""Keeps Telegram's limits: per chat and overall; a chat that must wait stops no other."""

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

logger = logging.getLogger(__name__)

_OVERALL = (24, 1.05)
"""Messages in seconds to all chats. Source: Telegram's bot FAQ, "about 30"."""
_ONE_CHAT = (3, 3.0)
"""The same to one person: one a second, with a short burst."""
_ONE_GROUP = (18, 60.0)
"""The same to one group: 20 a minute."""
_CHATS_KEPT = 10_000
_RETRIES = 6
_FIRST_WAIT_S = 0.5
_LONGEST_WAIT_S = 60.0
_NO_MESSAGE = ("sendChatAction", "setMyCommands")
_WITHOUT_CHAT = ("getUpdates", "getMe", "answerCallbackQuery", "answerInlineQuery")


class Pacing(BaseRateLimiter[int]):
    """Waits before a chat's next message, and tries again after 429 and network errors."""

    def __init__(self) -> None:
        self._overall = _Window(*_OVERALL)
        self._chats: dict[int | str, AsyncLimiter] = {}
        self._groups: dict[int | str, _Window] = defaultdict(lambda: _Window(*_ONE_GROUP))
        self._not_before: dict[int | str, float] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,  # noqa: ARG002 - the library's signature
    ) -> Any:
        """Send one request, however often it takes."""
        if endpoint == "getUpdates":
            return await callback(*args, **kwargs)
        chat = None if endpoint in _WITHOUT_CHAT else data.get("chat_id")
        for attempt in range(_RETRIES - 1):
            await self._wait_for_turn(chat)
            if chat is not None and endpoint not in _NO_MESSAGE:
                await self._wait_for_room(chat)
            try:
                return await callback(*args, **kwargs)
            except (BadRequest, Forbidden):  # kinds of NetworkError and TelegramError: final
                raise
            except RetryAfter as error:
                await self._put_off(chat, _seconds(error.retry_after))
            except NetworkError as error:
                logger.warning("%s: %s, trying again", endpoint, type(error).__name__)
                await asyncio.sleep(min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2**attempt))
        await self._wait_for_turn(chat)
        return await callback(*args, **kwargs)

    async def _put_off(self, chat: int | str | None, wait_s: float) -> None:
        """After 429: only this chat waits."""
        if chat is None:
            await asyncio.sleep(wait_s)
        else:
            self._not_before[chat] = _now() + wait_s

    async def _wait_for_turn(self, chat: int | str | None) -> None:
        if chat is None:
            return
        while (wait := self._not_before.get(chat, 0.0) - _now()) > 0:  # noqa: ASYNC110 - may be put off again meanwhile
            await asyncio.sleep(wait)
        self._not_before.pop(chat, None)

    async def _wait_for_room(self, chat: int | str) -> None:
        if isinstance(chat, int) and chat < 0:
            await self._groups[chat].enter()
        else:
            if len(self._chats) > _CHATS_KEPT:
                self._chats.clear()
            await self._chats.setdefault(chat, AsyncLimiter(*_ONE_CHAT)).acquire()
        await self._overall.enter()


class _Window:
    """At most so many entries in any stretch of so many seconds."""

    def __init__(self, limit: int, period_s: float) -> None:
        self._period_s = period_s
        self._entered: deque[float] = deque(maxlen=limit)
        self._lock = asyncio.Lock()

    async def enter(self) -> None:
        """Wait until there is room."""
        async with self._lock:
            if len(self._entered) == self._entered.maxlen:
                await asyncio.sleep(self._entered[0] + self._period_s - _now())
            self._entered.append(_now())


def _now() -> float:
    """The event loop's clock, in seconds."""
    return asyncio.get_running_loop().time()


def _seconds(wait: Any) -> float:
    return float(wait.total_seconds() if hasattr(wait, "total_seconds") else wait)
