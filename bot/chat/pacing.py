"""Keeps Telegram's limits: per chat and overall; a chat that must wait stops no other."""

import asyncio
import itertools
import logging
import random
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from functools import partial
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.ext import BaseRateLimiter

logger = logging.getLogger(__name__)

_OVERALL = (24, 1.05)
"""Messages in seconds to all chats. Source: Telegram's bot FAQ, "about 30"."""
_ONE_CHAT = (3, 3.0)
"""The same to one person: one a second, with a short burst."""
_ONE_GROUP = (18, 60.0)
"""The same to one group: 20 a minute."""
_IN_DOUBT_S = 0.02
"""Messages are handed over one after the other, so that few are under way when the program is
killed: those may have been delivered or not, and are sent again. But the next one waits no longer
than this for Telegram's answer to the one before: a connection that hangs stops no other chat."""
_CHATS_KEPT = 10_000
ONCE = 1
"""As `rate_limit_args` of a message: whoever sends it is told of every failure at once."""
_WORTH_S = 3600.0
"""How long something is worth sending: an answer that is an hour late is asked for again."""
_WORTH_LESS_S = {
    "sendChatAction": 0.0,  # only a courtesy
    "answerCallbackQuery": 30.0,  # Telegram itself takes no later one
    "answerInlineQuery": 10.0,
    "getFile": 10.0,  # somebody waits for it
    "getMe": 0.0,  # whoever calls these tries again
    "setMyCommands": 0.0,
    "deleteMyCommands": 0.0,
    "setWebhook": 0.0,
    "deleteWebhook": 0.0,
}
_FIRST_WAIT_S = 0.5
_PATIENT_WAIT_S = 4.0
_LONGEST_WAIT_S = 60.0
_JITTER = (0.75, 1.25)
"""So that not all chats try again at the same moment."""
_FINAL = (BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken)
"""What would be refused again. The first is a kind of NetworkError."""
_NO_MESSAGE = ("sendChatAction", "setMyCommands", "deleteMyCommands")
_WITHOUT_CHAT = ("getUpdates", "getFile", "getMe", "answerCallbackQuery", "answerInlineQuery")


class Pacing(BaseRateLimiter[int]):
    """Waits before a chat's next message; tries again as long as it is worth sending."""

    def __init__(self) -> None:
        self._overall = _Window(*_OVERALL)
        self._handing_over = asyncio.Semaphore(1)
        self._chats: dict[int | str, AsyncLimiter] = {}
        self._groups: dict[int | str, _Window] = defaultdict(lambda: _Window(*_ONE_GROUP))
        self._not_before: dict[int | str, float] = {}

    def share_among(self, programs: int) -> None:
        """So many programs send at the same time: Telegram's overall limit holds for all of them.

        Those of a chat are kept by the one program that handles it.
        """
        self._overall.period_s = programs * _OVERALL[1]

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
        rate_limit_args: int | None,
    ) -> Any:
        """Send one request, however often it takes; with `ONCE`, try once."""
        if endpoint == "getUpdates":
            return await callback(*args, **kwargs)
        chat = None if endpoint in _WITHOUT_CHAT else data.get("chat_id")
        began = _now()
        ends = began + _WORTH_LESS_S.get(endpoint, _WORTH_S)
        for attempt in itertools.count():
            await self._wait_for_turn(chat, refuses=rate_limit_args == ONCE)
            try:
                if chat is None or endpoint in _NO_MESSAGE:
                    return await callback(*args, **kwargs)
                await self._wait_for_room(chat)
                return await self._after_the_one_before(partial(callback, *args, **kwargs))
            except _FINAL:
                raise
            except TelegramError as error:
                wait_s = _wait_after(error, attempt, _now() - began)
                self._put_off(chat, error, wait_s)
                if _now() + wait_s > ends or rate_limit_args == ONCE:
                    raise
                if not attempt:
                    logger.warning("%s: %s, trying again", endpoint, type(error).__name__)
                await asyncio.sleep(wait_s)
        raise AssertionError("counting never ends")

    async def _after_the_one_before(self, send: Callable[[], Awaitable[Any]]) -> Any:
        await self._handing_over.acquire()
        timer = asyncio.get_running_loop().call_later(_IN_DOUBT_S, self._handing_over.release)
        try:
            return await send()
        finally:
            if timer.when() > _now() and not timer.cancelled():
                timer.cancel()
                self._handing_over.release()

    def _put_off(self, chat: int | str | None, error: TelegramError, wait_s: float) -> None:
        """After 429 whatever goes to this chat waits, and nothing else does."""
        if isinstance(error, RetryAfter) and chat is not None:
            self._not_before[chat] = _now() + wait_s

    async def _wait_for_turn(self, chat: int | str | None, *, refuses: bool) -> None:
        """Wait as long as Telegram wants this chat to, or refuse to with a RetryAfter."""
        if chat is None:
            return
        while (wait := self._not_before.get(chat, 0.0) - _now()) > 0:
            if refuses:
                raise RetryAfter(timedelta(seconds=wait))
            await asyncio.sleep(wait)  # may be put off again meanwhile
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
        self.period_s = period_s
        self._entered: deque[float] = deque(maxlen=limit)
        self._lock = asyncio.Lock()

    async def enter(self) -> None:
        """Wait until there is room."""
        async with self._lock:
            if len(self._entered) == self._entered.maxlen:
                await asyncio.sleep(self._entered[0] + self.period_s - _now())
            self._entered.append(_now())


def _wait_after(error: TelegramError, attempt: int, waited_s: float) -> float:
    """Seconds until the next attempt: as told, else longer each time, but no end of patience.

    The longest wait grows with how long Telegram has been away: who waited half a minute gets the
    answer a few seconds after Telegram is back, and a long outage is not met with many requests.
    """
    if isinstance(error, RetryAfter):
        return seconds_of(error.retry_after)
    most = min(_LONGEST_WAIT_S, max(_PATIENT_WAIT_S, waited_s / 10))
    return min(most, _FIRST_WAIT_S * 2.0 ** min(attempt, 10)) * random.uniform(*_JITTER)  # noqa: S311


def _now() -> float:
    """The event loop's clock, in seconds."""
    return asyncio.get_running_loop().time()


def seconds_of(wait: Any) -> float:
    """The time that Telegram asks to wait, in seconds, in whatever form the library has it."""
    return float(wait.total_seconds() if hasattr(wait, "total_seconds") else wait)
