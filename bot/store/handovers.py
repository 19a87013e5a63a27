"""Questions that were passed on to staff: whose they are, and which messages belong to them.

No word of anybody lies here: both sides' messages stay in their chats.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    DateTime,
    Integer,
    String,
    and_,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.models import Base
from bot.store.session import now
from bot.store.upserting import put


class Handover(Base):
    """One conversation between an asker and staff. No number is given to another one later."""

    __tablename__ = "handovers"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    user_id: Mapped[int] = mapped_column(BigInteger, index=True)
    """Who asks; in a private chat that is the chat's id as well."""
    answer_id: Mapped[str] = mapped_column(String(32))
    """Of the turn whose question was passed on."""
    language: Mapped[str] = mapped_column(String(16))
    """The asker's interface language."""
    created: Mapped[datetime] = mapped_column(DateTime, index=True)
    last_word: Mapped[datetime] = mapped_column(DateTime, index=True)
    ended: Mapped[datetime | None] = mapped_column(DateTime, index=True)


class HandoverMessage(Base):
    """A message of the bot that belongs to a handover: replies to it go to the other side."""

    __tablename__ = "handover_messages"
    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    handover_id: Mapped[int] = mapped_column(Integer, index=True)
    for_staff: Mapped[bool] = mapped_column(Boolean)
    """It stands in staff's chat."""
    copy_of: Mapped[int | None] = mapped_column(BigInteger)
    """The message on the other side that it passes on."""


class Handovers:
    """The tables. Methods raise StoreError if the database cannot be used, unless they say so."""

    def __init__(
        self,
        write: Callable[[], AbstractContextManager[Session]],
        read: Callable[[Callable[[Session], Any]], Any],
        read_if_possible: Callable[[Callable[[Session], Any], Any], Any],
    ) -> None:
        """Handovers of one store.

        Args:
            write: Opens a session that is committed at its end.
            read: Returns what its argument finds.
            read_if_possible: The same; its second argument if the database cannot be read.
        """
        self._write = write
        self._read = read
        self._read_if_possible = read_if_possible

    def begin(self, user_id: int, answer_id: str, language: str) -> Handover:
        """Keep that a question is passed on."""
        begun = Handover(
            user_id=user_id,
            answer_id=answer_id,
            language=language,
            created=now(),
            last_word=now(),
        )
        with self._write() as session:
            session.add(begun)
        return begun

    def get(self, number: int) -> Handover | None:
        """One by its number, ended ones too."""
        found: Handover | None = self._read(lambda session: session.get(Handover, number))
        return found

    def open_of(self, user_id: int) -> Handover | None:
        """The one of somebody that has not ended."""
        own = select(Handover).where(Handover.user_id == user_id, Handover.ended.is_(None))
        found: Handover | None = self._read(lambda session: session.scalar(own.limit(1)))
        return found

    def open_about(self, answer_ids: Sequence[str]) -> list[Handover]:
        """Those that have not ended and were begun below one of these answers."""
        about = Handover.answer_id.in_(answer_ids)
        own = select(Handover).where(about, Handover.ended.is_(None)).order_by(Handover.id)
        return list(self._read(lambda session: list(session.scalars(own))))

    def count(self, user_id: int, since: datetime) -> int:
        """How many somebody has begun since a time."""
        own = and_(Handover.user_id == user_id, Handover.created > since)
        count = select(func.count()).select_from(Handover).where(own)
        return int(self._read(lambda session: session.scalar(count)))

    def quiet_since(self, time: datetime) -> list[Handover]:
        """Those that have not ended and in which nobody has said anything since."""
        quiet = select(Handover).where(Handover.ended.is_(None), Handover.last_word < time)
        return list(self._read(lambda session: list(session.scalars(quiet))))

    def end(self, number: int) -> bool:
        """End one; whether it had not ended before."""
        still_open = (Handover.id == number, Handover.ended.is_(None))
        with self._write() as session:
            ended = session.execute(update(Handover).where(*still_open).values(ended=now()))
            return bool(ended.rowcount)  # type: ignore[attr-defined]  # of an UPDATE

    def add_messages(
        self,
        number: int,
        chat_id: int,
        message_ids: Sequence[int],
        *,
        for_staff: bool,
        copy_of: int | None = None,
    ) -> None:
        """Keep which messages of the bot belong to one, in order; it is no longer quiet.

        Args:
            number: Of the handover.
            chat_id: Where the messages stand.
            message_ids: Parts of one text.
            for_staff: Whether that is staff's chat.
            copy_of: The message on the other side that they pass on.
        """
        with self._write() as session:
            for message_id in message_ids:
                put(
                    session,
                    HandoverMessage(
                        chat_id=chat_id,
                        message_id=message_id,
                        handover_id=number,
                        for_staff=for_staff,
                        copy_of=copy_of,
                    ),
                )
            own = update(Handover).where(Handover.id == number)
            session.execute(own.values(last_word=now()))

    def belonging(self, chat_id: int, message_id: int) -> tuple[Handover, HandoverMessage] | None:
        """What a message of the bot belongs to; None also if the database cannot be read."""

        def find(session: Session) -> tuple[Handover, HandoverMessage] | None:
            message = session.get(HandoverMessage, (chat_id, message_id))
            handover = session.get(Handover, message.handover_id) if message else None
            return (handover, message) if message and handover else None

        found: tuple[Handover, HandoverMessage] | None = self._read_if_possible(find, None)
        return found

    def messages(
        self, number: int, *, for_staff: bool, copy_of: int | None = None
    ) -> list[HandoverMessage]:
        """Messages of one handover on one side, in order.

        Args:
            number: Of the handover.
            for_staff: On which side.
            copy_of: Only those that pass on this message of the other side.
        """
        own = select(HandoverMessage).where(
            HandoverMessage.handover_id == number, HandoverMessage.for_staff.is_(for_staff)
        )
        if copy_of is not None:
            own = own.where(HandoverMessage.copy_of == copy_of)
        ordered = own.order_by(HandoverMessage.message_id)
        return list(self._read(lambda session: list(session.scalars(ordered))))


def forget_handovers(session: Session, user_id: int) -> None:
    """Erase all of somebody."""
    _erase(session, Handover.user_id == user_id)


def purge_handovers(session: Session, oldest: datetime) -> None:
    """Erase what ended before a time, and what was never ended but is as old."""
    is_old = or_(
        Handover.ended < oldest, and_(Handover.ended.is_(None), Handover.last_word < oldest)
    )
    _erase(session, is_old)


def _erase(session: Session, which: Any) -> None:
    gone = select(Handover.id).where(which)
    session.execute(delete(HandoverMessage).where(HandoverMessage.handover_id.in_(gone)))
    session.execute(delete(Handover).where(which))
