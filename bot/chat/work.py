"""Computing answers beside the event loop: first come first served, with the typing sign."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.chat.person import Place
from index.processors import cores

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

_AT_ONCE = max(2, cores())
"""More would only share the same processors: all would wait longer instead of half of them."""
_UNNOTICED_S = 0.2
"""Who waits longer sees the typing sign; before that the answer itself comes sooner."""
_LAST_S = 1.0
_SIGN_S = 4.5
"""Telegram shows the sign for five seconds."""


class Threads(ThreadPoolExecutor):
    """Threads that hold up no end: what they still compute then, the next program does again."""

    def __init__(self, max_workers: int | None = None) -> None:
        super().__init__(max_workers)
        self._unfinished: set[Future[Any]] = set()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As in the standard library."""
        future = super().submit(fn, *args, **kwargs)
        self._unfinished.add(future)
        future.add_done_callback(self._unfinished.discard)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:
        """Begin nothing more; wait for what is begun, but not for long."""
        super().shutdown(wait=False, cancel_futures=cancel_futures)
        if wait:
            wait_for(list(self._unfinished), timeout=_LAST_S)

    @property
    def is_busy(self) -> bool:
        """Whether something is still computed."""
        return bool(self._unfinished)


class Work:
    """Runs what takes time in threads, so many at once as there are processors."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._signs: set[asyncio.Task[None]] = set()
        """Held here, because the event loop holds its tasks only weakly."""

    async def do(self, bot: Bot, place: Place, work: Callable[[], Result]) -> Result:
        """The work's result; the chat sees that the bot is typing until it is there."""
        async with self.sign(bot, place), self._turns:
            return await asyncio.to_thread(work)

    @asynccontextmanager
    async def sign(self, bot: Bot, place: Place) -> AsyncIterator[None]:
        """The chat sees that the bot is typing, until the end of the `with`."""
        done = asyncio.Event()
        sign = asyncio.create_task(_typing(bot, place, done))
        self._signs.add(sign)
        sign.add_done_callback(self._signs.discard)
        try:
            yield
        finally:
            done.set()  # no answer waits for its sign; that ends by itself


async def _typing(bot: Bot, place: Place, done: asyncio.Event) -> None:
    await _set_within(done, _UNNOTICED_S)
    while not done.is_set():
        try:
            await bot.send_chat_action(
                place.chat_id, ChatAction.TYPING, message_thread_id=place.thread_id
            )
        except TelegramError as error:  # only a courtesy
            logger.info("no typing sign: %s", type(error).__name__)
        await _set_within(done, _SIGN_S)


async def _set_within(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
