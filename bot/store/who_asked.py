"""Questions without an answer, and who asked them."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.store.models import Unanswered, UnansweredBy


def count_asker(session: Session, row: Unanswered, user_hash: str | None) -> None:
    """Store a question, or count it once more if it is known."""
    known = session.scalar(select(Unanswered).where(Unanswered.question == row.question))
    if known:
        known.times += 1
        known.status, known.reason, known.created = row.status, row.reason, row.created
    else:
        session.add(row)
        session.flush()  # gives it its number
    if user_hash is None:
        return
    key = ((known or row).id, user_hash)
    own = session.get(UnansweredBy, key)
    if own:
        own.times += 1
    else:
        session.add(UnansweredBy(question_id=key[0], user_hash=user_hash, times=1))


def forget_asker(session: Session, user_hash: str) -> None:
    """Erase what somebody asked; what others asked as well stays, counted for them alone."""
    for own in session.scalars(select(UnansweredBy).where(UnansweredBy.user_hash == user_hash)):
        question = session.get(Unanswered, own.question_id)
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
