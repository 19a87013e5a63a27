"""The inbox as a queue of several programs: each update is taken over, and handled, by one.

Rows stay in the table until they are done. `owner` says which program handles one; that it is
alive is told by a lock that the server takes from it when it ends, however it does; see
`bot.store.presence`.
"""

import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import delete, func, or_, select, text, update
from sqlalchemy.orm import Session

from bot.store.inbox import DONE, Inbox, Received, translated
from bot.store.lanes import BACKLOG_WAIT_S, WAITING_OF_ONE, Choice, Lane, Waits, choose
from bot.store.models import Minute
from bot.store.upserting import add_new

CHANNEL = "smebot"
"""On which programs call each other."""
_TURNS_LOCK = 0x736D66
"""Key of the advisory lock that is held while it is found out whose turn it is."""
_LOOKED_AT = 2000
"""So many of what waits, oldest first, are looked at for turns."""
_LANES_KEPT = 10_000


@dataclass(slots=True)
class LastMinute:
    """How much somebody sent lately: [when, weight] oldest first, and when they were told."""

    taken: deque[tuple[float, float]] = field(default_factory=deque)
    told: float = float("-inf")


Judge = Callable[[Received, LastMinute, float], bool]
"""Whether an update may wait; the minute, which it may change, counts in the seconds given."""


class Who(Protocol):
    """A program among the others; see `bot.store.presence`."""

    number: int

    def is_home(self, chat_id: int) -> bool:
        """Whether this program handles a chat."""

    def is_gone(self, number: int) -> bool:
        """Whether the program of a number has ended."""


class SharedInbox:
    """Methods raise StoreError if the database cannot be used; safe to use from one thread."""

    def __init__(self, write: Callable[[], AbstractContextManager[Session]], inbox: Inbox) -> None:
        """The queue of one program.

        Args:
            write: Opens a session that is committed at its end.
            inbox: The same table, for a program that is alone.
        """
        self._write = write
        self._inbox = inbox
        self._last_turn: dict[Lane, float] = {}
        self.waiting = 0
        """How many were not done when it was last found out whose turn it is; up to a limit."""

    def take(
        self, rows: Sequence[Received], judge: Judge, called: Collection[int] = ()
    ) -> set[int]:
        """Keep updates, each once, whichever program gets it; returns the ids of new ones.

        Those that may not wait are done at once. All in one transaction.

        Args:
            rows: In Telegram's order; late ones are not judged.
            judge: Tells whether one may wait.
            called: Numbers of the programs that are told of it.
        """
        with self._session() as session:
            seconds = _clock(session)
            for row in rows:
                row.received = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
            new = add_new(session, rows)
            for row in rows:
                is_judged = row.update_id in new and not row.is_late
                if is_judged and not _may_wait(session, row, judge, seconds):
                    _finish(session, [row.update_id])
            for number in called:
                session.execute(select(func.pg_notify(CHANNEL, str(number))))
            return new

    def claim(self, who: Who, *, held: Collection[int], most: int) -> list[Received]:
        """Take what this program handles next; its `tries` counts programs that ended over it.

        Args:
            who: This program among the others.
            held: What it handles already.
            most: So many at most.
        """

        def is_free(one: Waits) -> bool:
            if one.owner is None or one.owner == who.number:  # its own, but it never heard so
                return one.update_id not in held
            return who.is_gone(one.owner)

        with self._session() as session:
            session.execute(text(f"SELECT pg_advisory_xact_lock({_TURNS_LOCK})"))
            found = _waiting(session)
            self.waiting = len(found)
            choice = choose(
                found,
                is_free=is_free,
                is_home=who.is_home,
                last_turn=self._last_turn,
                most=most,
                waits_for_late=_late_may_come(session),
            )
            _finish(session, choice.passed_over)
            begun = self._begin(session, choice, who.number)
        self._remember(found, choice)
        return begun

    def finish(self, update_ids: Collection[int]) -> int:
        """These are handled: erase what they said; returns how many were known."""
        return self._inbox.finish(list(update_ids))

    def finish_now(self, update_id: int) -> bool:
        """The same for one, at once or not at all: then this is False."""
        return self._inbox.finish_now(update_id)

    def leave(self, number: int) -> None:
        """This program handles nothing more: others may take what it has not done."""
        with self._session() as session:
            own = update(Received).where(Received.owner == number, Received.payload.is_not(None))
            session.execute(own.values(owner=None))

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with translated(), self._write() as session:
            yield session

    def _begin(self, session: Session, choice: Choice, number: int) -> list[Received]:
        if not choice.begun:
            return []
        before = func.coalesce(Received.owner, number)
        own = update(Received).where(Received.update_id.in_(choice.begun))
        begun = own.values(
            owner=number, tries=Received.tries + func.abs(func.sign(before - number))
        )
        return sorted(session.scalars(begun.returning(Received)), key=lambda row: row.update_id)

    def _remember(self, found: Sequence[Waits], choice: Choice) -> None:
        begun = {*choice.begun}
        for one in found:
            if one.update_id in begun:
                self._last_turn[one.lane] = time.monotonic()
        while len(self._last_turn) > _LANES_KEPT:
            del self._last_turn[next(iter(self._last_turn))]


def _clock(session: Session) -> float:
    """The server's time, in seconds: those of the programs may differ."""
    seconds = select(func.extract("epoch", func.clock_timestamp()))
    return float(session.execute(seconds).scalar_one())


def _waiting(session: Session) -> list[Waits]:
    columns = (
        Received.update_id,
        func.coalesce(Received.chat_id, Received.user_id, 0).label("chat_id"),
        func.coalesce(Received.user_id, 0).label("user_id"),
        func.coalesce(Received.is_private, True).label("is_private"),
        Received.is_late,
        Received.owner,
    )  # earlier versions kept no chat
    undone = select(*columns).where(Received.payload.is_not(None))
    oldest = undone.order_by(Received.update_id).limit(_LOOKED_AT)
    handled = undone.where(Received.owner.is_not(None))
    rows = {row.update_id: row for row in session.execute(oldest)}
    rows |= {row.update_id: row for row in session.execute(handled)}
    return [Waits(**rows[number]._mapping) for number in sorted(rows)]


def _late_may_come(session: Session) -> bool:
    late = select(func.extract("epoch", func.max(Received.received))).where(
        Received.payload.is_not(None), Received.is_late.is_(True)
    )
    newest = session.scalar(late)
    return newest is not None and float(newest) + BACKLOG_WAIT_S > _clock(session)


def _may_wait(session: Session, row: Received, judge: Judge, seconds: float) -> bool:
    of_one = or_(Received.user_id == row.user_id, Received.chat_id == row.chat_id)
    undone = select(func.count()).where(Received.payload.is_not(None), of_one)
    if not row.forgets and (session.scalar(undone) or 0) > WAITING_OF_ONE:
        return False
    add_new(session, [Minute(user_id=row.user_id, taken=[], told=0.0)])
    kept = session.get_one(Minute, row.user_id, with_for_update=True, populate_existing=True)
    minute = LastMinute(deque((when, weight) for when, weight in kept.taken), kept.told)
    may_wait = judge(row, minute, seconds)
    kept.taken, kept.told = [[*each] for each in minute.taken], minute.told
    session.flush()
    return may_wait


def _finish(session: Session, update_ids: Sequence[int]) -> None:
    if update_ids:
        done = update(Received).where(Received.update_id.in_(update_ids))
        session.execute(done.values(DONE))


def forget_minutes(session: Session, user_id: int) -> None:
    """Erase how much somebody sent in the last minute."""
    session.execute(delete(Minute).where(Minute.user_id == user_id))


def purge_minutes(session: Session) -> None:
    """Erase all: who is within a minute of it may send a little more in that one."""
    session.execute(delete(Minute))
