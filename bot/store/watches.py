"""What people watch, and what is to be sent to them about it in the morning.

A notice is written down together with the note that it was made, begun right before it is sent,
and erased when it was: one that was begun by a program that ended may have left, and is not sent
again.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.store.masking import masked
from bot.store.models import Awaited, KnownDocument, Notice, Watch, Watcher
from bot.store.session import now
from bot.store.upserting import add_new

Result = TypeVar("Result")

MOST_WATCHES = 30
"""So many things and topics one person may watch."""
WORDS_CHARS = 120
_NOTICES_KEPT = timedelta(days=2)
_ID_BYTES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """What came of looking at all that somebody watches.

    Attributes:
        day: Theirs.
        is_digested: Whether the notices tell what is new.
        states: Of each watch the days to come and what was told, by id.
        ended: Ids of watches of what is over or gone.
        notices: To be sent.
    """

    day: date
    is_digested: bool = False
    states: Mapping[str, tuple[list[str], list[str]]] = field(default_factory=dict)
    ended: Sequence[str] = ()
    notices: Sequence[Notice] = ()


class Reading(Protocol):
    """A store's way to read."""

    def __call__(self, work: Callable[[Session], Result]) -> Result:
        """What the work finds."""


class Watches:
    """The tables of watches. Every method raises StoreError if the database cannot be used."""

    def __init__(
        self,
        write: Callable[[], AbstractContextManager[Session]],
        read: Reading,
    ) -> None:
        """Watches of one store, with its ways to write and to read."""
        self._write = write
        self._read = read

    def of(self, user_id: int) -> list[Watch]:
        """All that somebody watches, in the order in which they began to."""
        return self._read(lambda session: _watches_of(session, user_id))

    def get(self, user_id: int, watch_id: str) -> Watch | None:
        """One of them; None if it has ended, or is somebody else's."""
        return next((watch for watch in self.of(user_id) if watch.id == watch_id), None)

    def watcher(self, user_id: int) -> Watcher | None:
        """What is known of somebody who watches something."""
        return self._read(lambda session: session.get(Watcher, user_id))

    def add(
        self,
        person: Watcher,
        words: str,
        *,
        letter: str = "",
        stem: str = "",
        lead_days: int = 0,
        days: Sequence[str] = (),
    ) -> Watch | None:
        """Watch a topic or, with a list's letter and a stem, a document.

        Args:
            person: Who; where they are is kept if they watch something for the first time.
            words: The topic's, or the document's title.
            letter: Of the list that the document stands in.
            stem: Of the document.
            lead_days: How long before its days to remind of them.
            days: Those to come.

        Returns:
            The watch, maybe one that there was before; None if somebody watches too much already.
        """
        added = Watch(
            id=secrets.token_hex(_ID_BYTES),
            user_id=person.user_id,
            letter=letter,
            stem=stem,
            words=masked(words)[:WORDS_CHARS],
            lead_days=lead_days,
            days=list(days),
            told=[],
            created=now(),
        )
        with self._write() as session:
            enrol(session, person)
            present = _watches_of(session, person.user_id)
            for watch in present:
                if _thing(watch) == _thing(added):
                    return watch
            if len(present) >= MOST_WATCHES:
                return None
            session.add(added)
            return added

    def move(self, person: Watcher) -> None:
        """Somebody is in another time zone from now on."""
        with self._write() as session:
            enrol(session, person).zone = person.zone

    def set_lead(self, user_id: int, watch_id: str, lead_days: int) -> None:
        """Remind so many days before, also of days that they were reminded of already."""
        own = update(Watch).where(Watch.id == watch_id, Watch.user_id == user_id)
        with self._write() as session:
            session.execute(own.values(lead_days=lead_days, told=[]))

    def drop(self, user_id: int, watch_id: str) -> None:
        """Watch one thing no more."""
        with self._write() as session:
            session.execute(delete(Watch).where(Watch.id == watch_id, Watch.user_id == user_id))

    def watchers(self) -> list[Watcher]:
        """All who watch something, also those who sleep."""
        return self._read(lambda session: list(session.scalars(select(Watcher))))

    def keep(self, user_id: int, morning: Morning) -> None:
        """Write down what is to be sent and that it was found out; not if they were forgotten."""
        with self._write() as session:
            watcher = session.get(Watcher, user_id, with_for_update=True)
            if watcher is None:
                return
            watcher.looked_on = morning.day
            if morning.is_digested:
                watcher.digested = now()
            for watch_id, (days, told) in morning.states.items():
                own = update(Watch).where(Watch.id == watch_id)
                session.execute(own.values(days=days, told=told))
            session.execute(delete(Watch).where(Watch.id.in_(morning.ended)))
            session.add_all(morning.notices)

    def waiting(self) -> list[Notice]:
        """Notices that are to be sent, oldest first."""
        rows = select(Notice).where(Notice.is_begun.is_(False)).order_by(Notice.id)
        return self._read(lambda session: list(session.scalars(rows)))

    def begin(self, notice: Notice) -> bool:
        """Write down that a notice is sent from now on; False if it is not to be any more."""
        with self._write() as session:
            own = update(Notice).where(Notice.id == notice.id, Notice.is_begun.is_(False))
            begun = session.scalar(own.values(is_begun=True).returning(Notice.id))
            return begun is not None

    def put_back(self, notice: Notice) -> None:
        """A notice that was begun has not left for certain: it waits again."""
        with self._write() as session:
            own = update(Notice).where(Notice.id == notice.id)
            session.execute(own.values(is_begun=False))

    def finish(self, notice: Notice) -> None:
        """A notice was sent, or may have been: erase it."""
        with self._write() as session:
            session.execute(delete(Notice).where(Notice.id == notice.id))

    def drop_begun(self) -> int:
        """Erase what an ended program may have sent; how many that were."""
        with self._write() as session:
            begun = delete(Notice).where(Notice.is_begun.is_(True)).returning(Notice.id)
            return len(session.scalars(begun).all())

    def let_sleep(self, user_id: int) -> None:
        """Somebody blocked the bot: what they could not be told is due again when they write."""
        with self._write() as session:
            watcher = session.get(Watcher, user_id, with_for_update=True)
            if watcher:
                watcher.asleep_since = now()
            for notice in session.scalars(select(Notice).where(Notice.user_id == user_id)):
                _take_back(session, notice)
                session.delete(notice)

    def wake(self, user_id: int) -> None:
        """Somebody who had blocked the bot wrote to it."""
        with self._write() as session:
            own = update(Watcher).where(Watcher.user_id == user_id)
            session.execute(own.values(asleep_since=None))

    def forget(self, user_id: int) -> None:
        """Erase all about somebody whose account is gone."""
        with self._write() as session:
            forget_watches(session, user_id)

    def known_since(self, stems: Iterable[str]) -> dict[str, datetime]:
        """When documents were first served; those that nobody knew yet are from now on."""
        since = self._read(
            lambda s: {row.stem: row.since for row in s.scalars(select(KnownDocument))}
        )
        new = dict.fromkeys([stem for stem in stems if stem not in since], now())
        if new:
            with self._write() as session:
                add_new(session, (KnownDocument(stem=stem, since=at) for stem, at in new.items()))
        return since | new


def forget_watches(session: Session, user_id: int) -> None:
    """Erase all that somebody watches and waits for, and what is to be sent to them about it."""
    for table in (Watch, Awaited, Notice, Watcher):
        session.execute(delete(table).where(table.user_id == user_id))


def purge_watches(session: Session, oldest: datetime) -> None:
    """Erase watches of who sleeps for too long, notices of the past, and who waits for nothing."""
    slept = select(Watcher.user_id).where(Watcher.asleep_since < oldest)
    session.execute(delete(Notice).where(Notice.created < now() - _NOTICES_KEPT))
    for table in (Watch, Awaited):
        session.execute(delete(table).where(table.user_id.in_(slept)))
    waits = [Watcher.user_id.not_in(select(t.user_id)) for t in (Watch, Awaited, Notice)]
    session.execute(delete(Watcher).where(*waits))


def _watches_of(session: Session, user_id: int) -> list[Watch]:
    own = select(Watch).where(Watch.user_id == user_id)
    return list(session.scalars(own.order_by(Watch.created, Watch.id)))


def _thing(watch: Watch) -> tuple[str, str]:
    """Equal for watches of one thing: a document keeps its stem and may change its title."""
    return watch.letter, watch.stem or watch.words


def enrol(session: Session, person: Watcher) -> Watcher:
    """Keep where somebody is who is to be written to later; a new one knows all news so far."""
    person.digested = now()
    add_new(session, [person])
    known = session.get_one(Watcher, person.user_id, with_for_update=True)
    known.language = person.language
    return known


def _take_back(session: Session, notice: Notice) -> None:
    for watch_id, told in notice.told.items():
        watch = session.get(Watch, watch_id)
        if watch:
            watch.told = [key for key in watch.told if key not in told]
