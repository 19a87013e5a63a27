"""The one way in: updates are known, counted, kept, and only then confirmed to Telegram.

What was kept is answered even if this program is killed: the next one takes it from the store.
Each is answered once, with one exception that nobody can decide: a program that is killed after
Telegram took an answer, and before that is written down (milliseconds), leaves an update that
looks undone; it is answered again, because nothing is worse than silence.
"""

import asyncio
import json
import logging
from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Any, Protocol

from telegram import Bot

from bot.chat.incoming import Incoming, Kind, UnreadableUpdateError, concerns_bot, read_update
from bot.chat.limits import Limits, Verdict
from bot.chat.ordering import ByChat, Waiting
from bot.chat.store_calls import StoreCalls
from bot.store import Inbox, Received, now

logger = logging.getLogger(__name__)

_SEEN_KEPT = 5000
MOST_TRIES = 3
"""An update that several programs did not survive is handled no more."""
_STORE_PAUSE_S = 10.0
"""So long a store that failed is not tried again."""


class WayIn(Protocol):
    """Takes updates over from Telegram."""

    @property
    def is_full(self) -> bool:
        """Whether Telegram should keep what it has: too much waits, or the bot is no bot yet."""

    async def accept(self, raws: Sequence[dict[str, Any]]) -> None:
        """Take updates over; when this returns they may be confirmed."""


class Intake:
    """Takes updates over from Telegram, and knows which are done."""

    def __init__(
        self, bot: Bot, inbox: Inbox, order: ByChat, limits: Limits, thread: Executor
    ) -> None:
        """The way in of one bot.

        Args:
            bot: Belongs to every update.
            inbox: Keeps them.
            order: Where they wait.
            limits: Of each person.
            thread: One thread that uses the inbox, so that what it is told keeps its order.
        """
        self._bot = bot
        self._inbox = inbox
        self._order = order
        self._limits = limits
        self._store = StoreCalls(thread, _STORE_PAUSE_S)
        self._one_at_a_time = asyncio.Lock()
        self._seen: dict[int, None] = {}
        self._done: list[int] = []
        self._erasing: asyncio.Task[None] | None = None

    @property
    def is_full(self) -> bool:
        """Whether Telegram should keep what it has: too much waits, or the bot is no bot yet."""
        return self._order.is_full or not self._order.is_started

    def knows(self, update_id: int) -> bool:
        """Whether an update was taken over lately."""
        return update_id in self._seen

    async def accept(self, raws: Sequence[dict[str, Any]]) -> None:
        """Take updates over; when this returns they may be confirmed."""
        async with self._one_at_a_time:
            items = {
                item.incoming.update_id: item for raw in raws if (item := self._admitted(raw))
            }
            rows = [row_of(item) for item in items.values() if is_kept(item)]
            new = await self._store.call(lambda: self._inbox.add(rows)) if rows else set()
            known = set() if new is None else {row.update_id for row in rows} - new
            for update_id, item in items.items():
                if update_id not in known:
                    self._put(item)
                self._remember(update_id)  # not before: what failed until here comes again

    async def restore(self) -> None:
        """Let what an earlier program left undone wait for its turn."""
        for row in await self._store.call(self._inbox.waiting) or []:
            self._remember(row.update_id)
            try:
                incoming = read_update(_raw(row), self._bot)
            except (UnreadableUpdateError, ValueError):
                logger.error("update %d cannot be understood any more: skipped", row.update_id)  # noqa: TRY400
                self._is_done(row.update_id)
                continue
            self._put(Waiting(incoming=incoming, is_late=row.is_late, is_restored=True))

    async def is_worth_trying(self, item: Waiting) -> bool:
        """Whether an update may be handled: not if it has ended several programs already."""
        if not item.is_restored:
            return True
        update_id = item.incoming.update_id
        tries = await self._store.call(lambda: self._inbox.begin_again(update_id)) or 0
        if tries > MOST_TRIES:
            logger.error("update %d was never finished: skipped", update_id)
        return tries <= MOST_TRIES

    def finished(self, item: Waiting) -> None:
        """An update was handled: what it said is erased at once."""
        update_id = item.incoming.update_id
        if is_kept(item) and not self._inbox.finish_now(update_id):
            self._is_done(update_id)

    async def close(self) -> None:
        """Erase what is done and not yet erased."""
        if self._erasing:
            await self._erasing

    def _admitted(self, raw: dict[str, Any]) -> Waiting | None:
        """An update that is to be handled; None if it is known, unreadable or too much."""
        update_id = raw.get("update_id")
        if not isinstance(update_id, int) or update_id in self._seen:
            return None
        try:
            incoming = read_update(raw, self._bot)
        except UnreadableUpdateError as error:
            self._remember(update_id)
            logger.error("update %d cannot be read (%s): skipped", update_id, error)  # noqa: TRY400
            return None
        if not concerns_bot(incoming.update, self._bot.username):
            return None
        return self._limited(incoming)

    def _limited(self, incoming: Incoming) -> Waiting | None:
        if self._order.is_late(incoming):  # of a backlog only the last few are answered anyway
            return Waiting(incoming=incoming, is_late=True)
        if not self._order.has_room_for(incoming):
            return None
        verdict, wait_s = self._limits.judge(incoming)
        if verdict is Verdict.DROP:
            return None
        return Waiting(incoming=incoming, notice_s=wait_s)

    def _put(self, item: Waiting) -> None:
        for passed_over in self._order.put(item):
            self.finished(passed_over)

    def _remember(self, update_id: int) -> None:
        self._seen[update_id] = None
        if len(self._seen) > _SEEN_KEPT:
            del self._seen[next(iter(self._seen))]

    def _is_done(self, update_id: int) -> None:
        self._done.append(update_id)
        if self._erasing is None or self._erasing.done():
            self._erasing = asyncio.create_task(self._erase_done())

    async def _erase_done(self) -> None:
        """Many that are done at the same time are one transaction."""
        while self._done:
            done, self._done = self._done, []
            if await self._store.call(lambda: self._inbox.finish(done)) is None:  # noqa: B023 - used at once
                self._done += done  # with the next one, when the store works again
                return


def row_of(item: Waiting) -> Received:
    """An update as it is kept until it is handled."""
    return Received(
        update_id=item.incoming.update_id,
        user_id=item.incoming.sender,
        chat_id=item.incoming.chat,
        is_private=item.incoming.is_private,
        payload=item.incoming.payload,
        is_late=item.is_late,
        forgets=item.incoming.kind is Kind.FORGET,
        tries=0,
        received=now(),
    )


def is_kept(item: Waiting) -> bool:
    """Nobody waits for a notice, or for an inline query of an hour ago."""
    return not item.notice_s and item.incoming.kind not in (Kind.INLINE, Kind.OTHER)


def _raw(row: Received) -> dict[str, Any]:
    raw = json.loads(row.payload or "")
    if not isinstance(raw, dict):
        raise ValueError("no object")  # noqa: TRY004 - a value that was read, no argument
    return raw
