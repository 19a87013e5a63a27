"""Who wants to be told when a question that had no answer has one."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.store.models import Awaited, Notice, Unanswered, User, Watcher
from bot.store.session import now
from bot.store.upserting import put
from bot.store.watches import enrol


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who wants to be told, with the question as it is stored: masked."""

    user_id: int
    question: str
    language: str
    """Of the interface."""


class AwaitedAnswers:
    """The wishes to be told. Methods raise StoreError if the database cannot be used."""

    def __init__(
        self,
        write: Callable[[], AbstractContextManager[Session]],
        read: Callable[[Callable[[Session], Any]], Any],
    ) -> None:
        self._write = write
        self._read = read

    def add(self, person: Watcher, question: str) -> bool:
        """Somebody agreed to be told, once; False if the question is not kept any more.

        Args:
            person: Who, and where they are.
            question: As it is stored.
        """
        wanted = select(Unanswered.id).where(Unanswered.question == question)
        with self._write() as session:
            identity = session.scalar(wanted)
            if identity is None:
                return False
            enrol(session, person)
            put(session, Awaited(question_id=identity, user_id=person.user_id, created=now()))
            return True

    def of(self, ids: Collection[int]) -> list[Waiting]:
        """Who waits for an answer to any of these questions; each person once."""
        rows = (
            select(Awaited.user_id, Unanswered.question, User.language, Watcher.language)
            .join(Unanswered, Unanswered.id == Awaited.question_id)
            .join(Watcher, Watcher.user_id == Awaited.user_id)
            .outerjoin(User, User.user_id == Awaited.user_id)
            .where(Awaited.question_id.in_(ids))
            .order_by(Awaited.created.desc())
        )
        found = self._read(lambda session: session.execute(rows).all())
        people = {user: Waiting(user, said, own or usual) for user, said, own, usual in found}
        return [*people.values()]

    def tell(self, ids: Collection[int], notices: Sequence[Notice], answered_by: str) -> int:
        """Close questions, and write down what is to be sent to who waits: all of it or nothing.

        Args:
            ids: Of the questions.
            notices: One for each who waits; not sent to who has been told or forgotten meanwhile.
            answered_by: The document that answers; "" where staff answered themselves.

        Returns:
            How many are told.
        """
        told = 0
        with self._write() as session:
            closed = update(Unanswered).where(Unanswered.id.in_(ids))
            session.execute(closed.values(closed=now(), closed_by=answered_by))
            for notice in notices:
                own = delete(Awaited).where(
                    Awaited.question_id.in_(ids), Awaited.user_id == notice.user_id
                )
                if session.scalars(own.returning(Awaited.user_id)).all():
                    session.add(notice)
                    told += 1
        return told


def purge_awaited(session: Session, oldest: datetime) -> None:
    """Erase wishes of before a time, and those about questions that are erased."""
    session.execute(delete(Awaited).where(Awaited.created < oldest))
    kept = select(Unanswered.id)
    session.execute(delete(Awaited).where(Awaited.question_id.not_in(kept)))
