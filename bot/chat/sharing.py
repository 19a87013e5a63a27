"""The way in where several programs share the work: what one takes over, any of them may answer.

An update is kept in the database by whichever program Telegram sends it to, and confirmed then.
Which one handles it, and when, is found out there; see `bot.store.shared_inbox`. It is answered
once, with the exception that `bot.chat.intake` names: a program that is killed in the moment after
Telegram took its answer. While the database is away each program answers what it gets, alone.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from typing import Any

from telegram import Bot

from bot.chat.incoming import Incoming, UnreadableUpdateError, concerns_bot, read_update
from bot.chat.intake import MOST_TRIES, Intake, is_kept, row_of
from bot.chat.limits import Limits, Verdict
from bot.chat.ordering import ByChat, Waiting
from bot.chat.store_calls import StoreCalls
from bot.errors import described
from bot.store import LastMinute, Received, Replica

logger = logging.getLogger(__name__)

_AT_ONCE = 64
"""So many updates one program handles at a time; others may take the rest."""
_WAITING_OF_ALL = 1500
"""With more waiting, nothing is taken from Telegram, which keeps it."""
_LOOK_EVERY_S = 1.0
"""Whoever has something new for this program calls it; this is for what no call tells."""
_STORE_PAUSE_S = 1.0
_STORE_S = 20.0
"""Telegram waits longer. A server that is away says so much sooner: one that is only slow must not
make programs work alone, because nothing kept what they take over then."""
_ANSWERED_KEPT = 5000


class SharedIntake:
    """Takes updates over for all programs, and handles those whose turn comes to this one."""

    def __init__(
        self,
        bot: Bot,
        replica: Replica,
        order: ByChat,
        limits: Limits,
        thread: Executor,
        *,
        alone: Intake,
        changed: Callable[[], None],
    ) -> None:
        """The way in of one program.

        Args:
            bot: Belongs to every update.
            replica: The queue, and the other programs.
            order: Handles what is begun.
            limits: Of each person, counted in the database.
            thread: One thread that uses the queue.
            alone: Takes what is not kept, and all while the database is away.
            changed: Called when programs came or went, or the lead did.
        """
        self._bot = bot
        self._inbox, self._presence = replica.inbox, replica.presence
        self._order = order
        self._limits = limits
        self._store = StoreCalls(thread, _STORE_PAUSE_S, _STORE_S)
        self._alone = alone
        self._changed = changed
        self._woken = asyncio.Event()
        self._held: dict[int, int] = {}
        """Updates that this program handles, with how many programs ended over each."""
        self._done: list[int] = []
        self._answered: dict[int, None] = {}
        """What was finished lately: a server that crashes may forget it, this program does not."""
        self._claiming: asyncio.Task[None] | None = None

    @property
    def is_full(self) -> bool:
        """Whether Telegram should keep what it has."""
        return self._alone.is_full or self._inbox.waiting >= _WAITING_OF_ALL

    async def accept(self, raws: Sequence[dict[str, Any]]) -> None:
        """Take updates over; when this returns they may be confirmed."""
        alone: list[dict[str, Any]] = []
        shared: list[tuple[dict[str, Any], Waiting]] = []
        for raw in raws:
            item = self._shared(raw)
            if item:
                shared.append((raw, item))
            else:
                alone.append(raw)
        if shared and not await self._take([item for _, item in shared]):
            alone += [raw for raw, _ in shared]
        if alone:
            await self._alone.accept(alone)

    async def restore(self) -> None:
        """Take part in the work of all programs from now on."""
        loop = asyncio.get_running_loop()

        def woken() -> None:
            with suppress(RuntimeError):  # the loop was closed meanwhile
                loop.call_soon_threadsafe(self._look_around)

        self._presence.start(woken)
        self._claiming = asyncio.create_task(self._keep_claiming())

    async def is_worth_trying(self, item: Waiting) -> bool:
        """Whether an update may be handled: not if it has ended several programs already."""
        update_id = item.incoming.update_id
        is_worth = self._held.get(update_id, 0) <= MOST_TRIES
        if not is_worth:
            logger.error("update %d was never finished: skipped", update_id)
        return is_worth

    def finished(self, item: Waiting) -> None:
        """An update was handled: what it said is erased at once."""
        update_id = item.incoming.update_id
        if update_id not in self._held:
            self._alone.finished(item)
            return
        self._answered[update_id] = None
        if len(self._answered) > _ANSWERED_KEPT:
            del self._answered[next(iter(self._answered))]
        if self._inbox.finish_now(update_id):
            del self._held[update_id]
        else:
            self._done.append(update_id)  # held until that is written down
        self._woken.set()

    async def close(self) -> None:
        """Let others take what is not done."""
        if self._claiming:
            self._claiming.cancel()
        await self._erase_done()
        await self._store.call(lambda: self._inbox.leave(self._presence.number))
        await asyncio.to_thread(self._presence.stop)
        await self._alone.close()

    def _look_around(self) -> None:
        """Something is new among the programs."""
        self._changed()
        self._woken.set()

    def _shared(self, raw: dict[str, Any]) -> Waiting | None:
        """An update for the queue; None if it is nothing to keep, or known to this program."""
        update_id = raw.get("update_id")
        if not isinstance(update_id, int) or self._alone.knows(update_id):
            return None
        try:
            incoming = read_update(raw, self._bot)
        except UnreadableUpdateError:
            return None
        item = Waiting(incoming=incoming, is_late=self._order.is_late(incoming))
        concerns = concerns_bot(incoming.update, self._bot.username)
        return item if concerns and is_kept(item) else None

    async def _take(self, items: Sequence[Waiting]) -> bool:
        """Keep updates; False if the database is away."""
        incoming = {item.incoming.update_id: item.incoming for item in items}
        rows = {item.incoming.update_id: row_of(item) for item in items}  # each once
        notices: dict[int, int] = {}

        def judge(row: Received, minute: LastMinute, seconds: float) -> bool:
            sent = incoming[row.update_id]
            verdict, wait_s = self._limits.judge_by(minute, sent, seconds)
            if verdict is Verdict.NOTICE:
                notices[row.update_id] = wait_s
            return verdict is Verdict.PASS

        homes = {self._presence.home(one.chat) for one in incoming.values()}
        called = homes - {0, self._presence.number}
        new = await self._store.call(lambda: self._inbox.take([*rows.values()], judge, called))
        if new is None:
            return False
        for update_id, wait_s in notices.items():
            self._order.put(Waiting(incoming=incoming[update_id], notice_s=wait_s))
        self._woken.set()
        return True

    async def _keep_claiming(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_EVERY_S):
                    await self._woken.wait()
            self._woken.clear()
            try:
                await self._erase_done()
                await self._claim(_AT_ONCE - len(self._held))
            except Exception as error:  # noqa: BLE001 - the next round tries again
                logger.error("no turns were found: %s", described(error))  # noqa: TRY400

    async def _claim(self, room: int) -> None:
        """Begin what it is the turn of, as far as there is room."""
        if room <= 0 or not self._order.is_started or not self._presence.living:
            return
        held = frozenset(self._held)
        begun = await self._store.call(
            lambda: self._inbox.claim(self._presence, held=held, most=room)
        )
        for row in begun or []:
            self._held[row.update_id] = row.tries
            is_old = row.update_id in self._answered or self._alone.knows(row.update_id)
            incoming = None if is_old else self._readable(row)
            if incoming:
                self._order.put(Waiting(incoming=incoming))
            else:
                self._done.append(row.update_id)

    def _readable(self, row: Received) -> Incoming | None:
        try:
            return read_update(json.loads(row.payload or ""), self._bot)
        except (UnreadableUpdateError, ValueError):
            logger.error("update %d cannot be understood any more: skipped", row.update_id)  # noqa: TRY400
            return None

    async def _erase_done(self) -> None:
        done = tuple(self._done)
        if done and await self._store.call(lambda: self._inbox.finish(done)) is not None:
            self._done = self._done[len(done) :]
            for update_id in done:
                self._held.pop(update_id, None)
