"""Questions without an answer, and who asked them."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from bot.store.answers import KeptAnswer
from bot.store.models import Unanswered, UnansweredBy
from bot.store.session import now
from bot.store.upserting import count_one_more

_ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class AskedInVain:
    """A question that staff have not closed, and how often it was asked since a time."""

    row: Unanswered
    times: int


class OpenQuestions:
    """What was asked in vain, for staff. Methods raise StoreError if that cannot be told."""

    def __init__(
        self,
        write: Callable[[], AbstractContextManager[Session]],
        read: Callable[[Callable[[Session], Any]], Any],
    ) -> None:
        self._write = write
        self._read = read

    def since(self, time: datetime) -> list[AskedInVain]:
        """Asked after a time, and after it was closed if it was; the newest first."""
        counted = and_(
            KeptAnswer.question == Unanswered.question,
            KeptAnswer.status != _ANSWERED,
            KeptAnswer.created > time,
            or_(Unanswered.closed.is_(None), KeptAnswer.created > Unanswered.closed),
        )
        is_open = or_(Unanswered.closed.is_(None), Unanswered.created > Unanswered.closed)
        rows = (
            select(Unanswered, func.count(KeptAnswer.answer_id))
            .outerjoin(KeptAnswer, counted)
            .where(Unanswered.created > time, is_open)
            .group_by(Unanswered.id)
            .order_by(Unanswered.created.desc())
        )
        found = self._read(lambda session: session.execute(rows).all())
        return [AskedInVain(row, times or 1) for row, times in found]

    def close(self, ids: Collection[int], answered_by: str) -> None:
        """Staff are done with some questions, until they are asked again.

        Args:
            ids: Of the questions.
            answered_by: The document that answers them; "" if they are out of scope.
        """
        closed = update(Unanswered).where(Unanswered.id.in_(ids))
        with self._write() as session:
            session.execute(closed.values(closed=now(), closed_by=answered_by))


def count_asker(session: Session, row: Unanswered, user_hash: str | None) -> None:
    """Store a question, or count it once more if it is known."""
    newest = {"status": row.status, "reason": row.reason, "created": row.created}
    number = count_one_more(session, row, ["question"], newest)
    if user_hash is not None:
        own = UnansweredBy(question_id=number, user_hash=user_hash, times=1)
        count_one_more(session, own, ["question_id", "user_hash"])


def forget_asker(session: Session, user_hash: str) -> None:
    """Erase what somebody asked; what others asked as well stays, counted for them alone."""
    for own in session.scalars(select(UnansweredBy).where(UnansweredBy.user_hash == user_hash)):
        question = session.get(Unanswered, own.question_id, with_for_update=True)
        if question and question.times > own.times:
            question.times -= own.times
        elif question:
            session.delete(question)
        session.delete(own)


def forget_questions(session: Session, oldest: datetime) -> None:
    """Erase the questions that were last asked before a time."""
    session.execute(delete(Unanswered).where(Unanswered.created < oldest))
    session.execute(
        delete(UnansweredBy).where(UnansweredBy.question_id.not_in(select(Unanswered.id)))
    )
