"""Whose turn it is: many chats at once, each person one after the other, nobody for long."""

import asyncio
import logging
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.chat.incoming import Incoming, Kind
from bot.errors import failure
from bot.store.lanes import BACKLOG_WAIT_S, LATE_KEPT, WAITING_OF_ONE

logger = logging.getLogger(__name__)

_AT_ONCE = 4096
_WAITING_OF_ALL = 10_000
"""With more waiting, nothing is taken from Telegram, which keeps it."""
_CANCEL_S = 1.0


@dataclass(eq=False, slots=True, kw_only=True)
class Waiting:
    """An update that waits for its turn."""

    incoming: Incoming
    is_late: bool = False
    """Sent before this program was started."""
    is_restored: bool = False
    """Taken by an earlier program that did not come to it."""
    notice_s: int = 0
    """Above 0: it is not handled, its sender is told to wait so many seconds."""


Run = Callable[[Waiting], Awaitable[None]]
_Name = tuple[str, int, int]
_Key = tuple[str, int]


@dataclass(eq=False, slots=True)
class _Lane:
    """What one person sent in one chat, in order."""

    name: _Name
    busy_keys: tuple[_Key, _Key]
    """Of each at most one is handled at a time: of the chat, and of the person."""
    waiting: deque[Waiting] = field(default_factory=deque)


class ByChat:
    """Turns go round: first to whoever has waited longest since the own last turn.

    One update of a chat is handled at a time, and one of a person in private chats and one in
    groups. So whoever sends a lot delays others by no more than one answer.
    """

    def __init__(self) -> None:
        self.started = datetime.now(UTC).replace(microsecond=0)  # as Telegram dates messages
        self._run: Run | None = None
        self._lanes: dict[_Name, _Lane] = {}
        self._ready: deque[_Lane] = deque()
        self._behind: dict[_Key, list[_Lane]] = defaultdict(list)
        self._busy: set[_Key] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._of_person: Counter[int] = Counter()
        self._in_chat: Counter[int] = Counter()
        self._late: dict[int, deque[Waiting]] = defaultdict(deque)
        self._late_lanes: list[_Lane] = []
        self._last_late = 0.0
        self._backlog: asyncio.TimerHandle | None = None
        self._moved = 0.0

    @property
    def in_progress(self) -> int:
        """How many updates wait or are handled."""
        return len(self._tasks) + self._of_person.total()

    @property
    def is_full(self) -> bool:
        """Whether nothing more should be taken."""
        return self._of_person.total() >= _WAITING_OF_ALL

    @property
    def is_started(self) -> bool:
        """Whether updates are handled now."""
        return self._run is not None

    def has_room_for(self, incoming: Incoming) -> bool:
        """Whether one more of this person and chat may wait."""
        most = max(self._of_person[incoming.sender], self._in_chat[incoming.chat])
        return most < WAITING_OF_ONE or incoming.kind is Kind.FORGET

    def is_late(self, incoming: Incoming) -> bool:
        """Whether a message was sent before this program started, and may be passed over."""
        message = incoming.update.message
        if message is None or incoming.kind in (Kind.FORGET, Kind.REPLY):
            return False
        return message.date < self.started

    def start(self, run: Run) -> None:
        """From now on updates are handled, those that wait already as well.

        Args:
            run: Handles one; what it raises is logged by its name and goes no further.
        """
        self._run = run
        self._moved = _now()
        self._go()

    def put(self, item: Waiting) -> list[Waiting]:
        """Let an update wait for its turn; returns what is passed over instead of it."""
        lane = self._lane(item.incoming)
        if self.in_progress <= 1:
            self._moved = _now()
        passed_over = self._replaced(lane, item.incoming.kind)
        lane.waiting.append(item)
        self._count(item, 1)
        if item.is_late:
            passed_over += self._put_late(item)
        self._go()
        return passed_over

    def stuck_s(self) -> float:
        """For how long several have waited without anything being finished, in seconds.

        One alone may be at long work: staff rebuild the index from their chat.
        """
        return _now() - self._moved if self._run and self.in_progress > 1 else 0.0

    async def stop(self, grace_s: float) -> None:
        """Begin nothing more; what is not finished after the grace is given up."""
        self._run = None
        if self._backlog:
            self._backlog.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace_s)
        given_up = list(self._tasks)
        for task in given_up:
            task.cancel()
        if given_up:
            logger.warning("%d answers were not finished in time", len(given_up))
            await asyncio.wait(given_up, timeout=_CANCEL_S)

    def _lane(self, incoming: Incoming) -> _Lane:
        name = _name(incoming)
        lane = self._lanes.get(name)
        if lane is None:
            person = (name[0], incoming.sender)
            chat = person if incoming.kind is Kind.INLINE else ("chat", incoming.chat)
            lane = self._lanes[name] = _Lane(name, (chat, person))
            self._ready.append(lane)
        return lane

    def _count(self, item: Waiting, change: int) -> None:
        for counter, key in (
            (self._of_person, item.incoming.sender),
            (self._in_chat, item.incoming.chat),
        ):
            counter[key] += change
            if not counter[key]:
                del counter[key]

    def _remove(self, item: Waiting) -> None:
        self._lanes[_name(item.incoming)].waiting.remove(item)
        self._count(item, -1)

    def _replaced(self, lane: _Lane, kind: Kind) -> list[Waiting]:
        """Wishes to be forgotten that still wait when a newer one comes, which includes them."""
        if kind is not Kind.FORGET:
            return []
        earlier = [item for item in lane.waiting if item.incoming.kind is kind]
        for item in earlier:
            self._remove(item)
        return earlier

    def _put_late(self, item: Waiting) -> list[Waiting]:
        """Keep the last late messages of a chat; all wait until no more of anybody come."""
        self._last_late = _now()
        if self._backlog is None:
            loop = asyncio.get_running_loop()
            self._backlog = loop.call_later(BACKLOG_WAIT_S, self._backlog_is_in)
        late = self._late[item.incoming.chat]
        late.append(item)
        if len(late) <= LATE_KEPT:
            return []
        oldest = late.popleft()
        self._remove(oldest)
        return [oldest]

    def _backlog_is_in(self) -> None:
        """Let late messages go when none has come for a while."""
        loop = asyncio.get_running_loop()
        if self._last_late + BACKLOG_WAIT_S > loop.time():
            self._backlog = loop.call_at(self._last_late + BACKLOG_WAIT_S, self._backlog_is_in)
            return
        self._backlog = None
        self._late.clear()
        self._ready.extend(self._late_lanes)
        self._late_lanes.clear()
        self._go()

    def _go(self) -> None:
        """Begin whatever may begin."""
        while self._run and self._ready and len(self._tasks) < _AT_ONCE:
            lane = self._ready.popleft()
            if not lane.waiting:
                del self._lanes[lane.name]
                continue
            if lane.waiting[0].is_late and self._backlog:
                self._late_lanes.append(lane)
                continue
            busy = next((key for key in lane.busy_keys if key in self._busy), None)
            if busy:
                self._behind[busy].append(lane)
                continue
            self._begin(lane, self._run)

    def _begin(self, lane: _Lane, run: Run) -> None:
        item = lane.waiting.popleft()
        self._count(item, -1)
        self._busy.update(lane.busy_keys)
        task = asyncio.create_task(_guarded(run, item))
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._ended(done, lane))

    def _ended(self, task: asyncio.Task[None], lane: _Lane) -> None:
        self._tasks.discard(task)
        self._moved = _now()
        self._busy.difference_update(lane.busy_keys)
        for key in lane.busy_keys:
            self._ready.extend(self._behind.pop(key, ()))
        self._ready.append(lane)
        self._go()


def _name(incoming: Incoming) -> _Name:
    place = "private" if incoming.is_private else "group"
    return (
        "inline" if incoming.kind is Kind.INLINE else place,
        incoming.chat,
        incoming.sender,
    )


async def _guarded(run: Run, item: Waiting) -> None:
    try:
        await run(item)
    except Exception as error:  # noqa: BLE001 - its text may hold what somebody wrote
        logger.error(  # noqa: TRY400
            "update %(update)d failed: %(error)s",
            {"update": item.incoming.update_id, **failure(error)},
        )


def _now() -> float:
    """The event loop's clock, in seconds."""
    return asyncio.get_running_loop().time()
