"""Updates that were taken over from Telegram: kept until they are handled, whatever happens.

What somebody wrote lies here, unmasked, only while its answer is due; a row that is done holds
nothing but the update's number, by which a repeated delivery is recognized.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    DateTime,
    Integer,
    Text,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.errors import StoreError
from bot.store.database import Database
from bot.store.models import Base
from bot.store.upserting import add_new

_KEPT = timedelta(days=2)
"""Telegram delivers an update again for a day at most. Source: Bot API, "Getting updates"."""


class Received(Base):
    """One update. `payload`, `user_id` and `chat_id` are None once it is done."""

    __tablename__ = "inbox"
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    user_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    payload: Mapped[str | None] = mapped_column(Text)
    """The update as Telegram sent it, JSON."""
    is_late: Mapped[bool] = mapped_column(Boolean)
    """Sent before the program that took it was started."""
    forgets: Mapped[bool] = mapped_column(Boolean)
    """Somebody's wish to be forgotten."""
    tries: Mapped[int] = mapped_column(Integer, default=0)
    """How many programs began to handle it after the one that took it had ended."""
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    is_private: Mapped[bool | None] = mapped_column(Boolean)
    """Its chat is one with a single person."""
    owner: Mapped[int | None] = mapped_column(Integer)
    """The program that handles it; None where only one program uses the database."""
    received: Mapped[datetime] = mapped_column(DateTime, index=True)
    """UTC."""


DONE = {"payload": None, "user_id": None, "chat_id": None, "owner": None}
"""A private chat's id is that of its person."""
_FINISH = update(Received).where(Received.update_id == bindparam("id")).values(DONE)


class Inbox:
    """The table of updates. Every method raises StoreError if the database cannot be used."""

    def __init__(
        self, write: Callable[[], AbstractContextManager[Session]], database: Database
    ) -> None:
        """Inbox of one store.

        Args:
            write: Opens a session that is committed at its end.
            database: The same one.
        """
        self._write = write
        self._database = database

    def add(self, rows: Sequence[Received]) -> set[int]:
        """Keep updates in one transaction; returns the ids that were not known before."""
        with translated(), self._write() as session:
            return add_new(session, rows)

    def finish(self, update_ids: Sequence[int]) -> int:
        """These are handled: erase what they said; returns how many were known."""
        with translated(), self._write() as session:
            done = update(Received).where(Received.update_id.in_(update_ids)).values(DONE)
            return len(session.scalars(done.returning(Received.update_id)).all())

    def finish_now(self, update_id: int) -> bool:
        """The same for one, in well under a millisecond, or not at all: then this is False.

        The moment between Telegram's answer and this is the only one in which a killed program
        would answer twice, so no thread is waited for.
        """
        return self._database.do_now(_FINISH, {"id": update_id})

    def begin_again(self, update_id: int) -> int:
        """Count that one is handled which an earlier program took; how often that was so."""
        with translated(), self._write() as session:
            own = update(Received).where(Received.update_id == update_id)
            counted = own.values(tries=Received.tries + 1).returning(Received.tries)
            return session.scalar(counted) or 0

    def waiting(self) -> list[Received]:
        """What is not done, in Telegram's order."""
        with translated(), self._write() as session:
            rows = select(Received).where(Received.payload.is_not(None))
            return list(session.scalars(rows.order_by(Received.update_id)))


def forget_updates(session: Session, user_id: int) -> None:
    """Erase what somebody sent before the wish to be forgotten; what came after it is new."""
    own = (Received.user_id == user_id, Received.payload.is_not(None))
    newest = session.scalar(
        select(func.max(Received.update_id)).where(*own, Received.forgets.is_(True))
    )
    before = () if newest is None else (Received.update_id < newest,)
    session.execute(update(Received).where(*own, *before).values(DONE))


def purge_updates(session: Session, oldest: datetime, today: datetime) -> None:
    """Erase the numbers of what Telegram delivers no more, and whatever is older than `oldest`."""
    done = Received.payload.is_(None)
    session.execute(delete(Received).where(done, Received.received < today - _KEPT))
    session.execute(delete(Received).where(Received.received < oldest))


@contextmanager
def translated() -> Iterator[None]:
    """Database errors quote what was to be written: only their kind goes on."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(f"the database cannot be used ({type(error).__name__})") from None
