"""Answers as they were given, for staff: kept longer than the turn behind their buttons.

No row names anybody: who asked is a salted hash, with which it is erased.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Date, DateTime, String, Text, delete, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.models import Base, Feedback, Turn, Vote
from bot.store.upserting import put

_CONVERSATION = timedelta(days=1)
"""What a question leans on was asked within it."""


class KeptAnswer(Base):
    """One answer, masked. Small talk has none: nothing is to be learned from it."""

    __tablename__ = "answers"
    answer_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    asker_hash: Mapped[str] = mapped_column(String(64), index=True)
    question: Mapped[str] = mapped_column(Text)
    leans_on: Mapped[list[str]] = mapped_column(JSON)
    """Ids of the answers to the questions before, oldest first.

    Ids and not words: in groups those may be another person's, and are erased with that one.
    """
    language: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    citations: Mapped[list[list[Any]]] = mapped_column(JSON)
    """[document id, start, end] of each quote."""
    as_of: Mapped[date] = mapped_column(Date)
    snapshot: Mapped[str] = mapped_column(String(64))
    digest: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Of the trace: `step` that ended the question, and `scores` that it was decided by."""
    created: Mapped[datetime] = mapped_column(DateTime, index=True)

    @property
    def cited(self) -> list[str]:
        """Ids of the documents that it quotes, each once, in order."""
        return list(dict.fromkeys(document for document, _, _ in self.citations))


class KeptAnswers:
    """The table, as staff read it. Methods raise StoreError if it cannot be read."""

    def __init__(self, read: Callable[[Callable[[Session], Any]], Any]) -> None:
        self._read = read

    def get(self, answer_id: str) -> KeptAnswer | None:
        """One by its id; None if it is erased, or never was."""
        found: KeptAnswer | None = self._read(lambda session: session.get(KeptAnswer, answer_id))
        return found

    def since(self, time: datetime) -> list[KeptAnswer]:
        """All after a time, oldest first."""
        rows = select(KeptAnswer).where(KeptAnswer.created > time).order_by(KeptAnswer.created)
        return list(self._read(lambda session: list(session.scalars(rows))))

    def conversations(self, time: datetime) -> list[tuple[str, ...]]:
        """What was asked after a time, each once, behind the questions that it leans on."""
        asked = ((*self.history_of(row), row.question) for row in self.since(time))
        return list(dict.fromkeys(asked))

    def history_of(self, kept: KeptAnswer) -> list[str]:
        """The questions before, oldest first, without those that are erased."""
        rows = select(KeptAnswer).where(KeptAnswer.answer_id.in_(kept.leans_on))
        found = {
            row.answer_id: row.question for row in self._read(lambda s: list(s.scalars(rows)))
        }
        return [found[answer_id] for answer_id in kept.leans_on if answer_id in found]

    def ids_of(self, questions: list[str]) -> list[str]:
        """Of the answers to some questions, by whomever they were asked."""
        rows = select(KeptAnswer.answer_id).where(KeptAnswer.question.in_(questions))
        return list(self._read(lambda session: list(session.scalars(rows))))

    def is_disliked(self, answer_id: str) -> bool:
        """Whether anybody's last vote on an answer is 👎."""
        rows = select(Feedback.vote).where(Feedback.answer_id == answer_id, Feedback.vote < 0)
        return self._read(lambda session: session.scalar(rows.limit(1))) is not None

    def disliked_since(self, time: datetime) -> int:
        """How many answers have a 👎 that was given after a time."""
        rows = select(func.count()).select_from(Feedback)
        wanted = rows.where(Feedback.vote < 0, Feedback.created > time)
        return int(self._read(lambda session: session.scalar(wanted)))

    def votes(self, feedback: Feedback) -> list[Vote]:
        """All that one person voted on one answer, oldest first."""
        own = select(Vote).filter_by(answer_id=feedback.answer_id, user_hash=feedback.user_hash)
        return list(self._read(lambda session: list(session.scalars(own.order_by(Vote.id)))))


def keep_answer(session: Session, kept: KeptAnswer, history: Sequence[str]) -> None:
    """Store an answer, beside those that its question leans on.

    Args:
        session: Writes.
        kept: Masked, with whose it is.
        history: The questions before, masked, oldest first.
    """
    since, ids = kept.created - _CONVERSATION, []
    for question in history:
        before = (KeptAnswer.question == question, KeptAnswer.created > since)
        newest = select(KeptAnswer.answer_id).where(*before).order_by(KeptAnswer.created.desc())
        ids.append(session.scalar(newest.limit(1)))
    kept.leans_on = [answer_id for answer_id in ids if answer_id]
    put(session, kept)


def keep_vote(session: Session, feedback: Feedback) -> None:
    """Store how somebody votes on an answer now, and that it is new if it is."""
    before = session.get(Feedback, (feedback.answer_id, feedback.user_hash))
    if before is None or (before.vote, before.reason) != (feedback.vote, feedback.reason):
        session.add(
            Vote(
                answer_id=feedback.answer_id,
                user_hash=feedback.user_hash,
                vote=feedback.vote,
                reason=feedback.reason,
                created=feedback.created,
            )
        )
    put(session, feedback)


def drop_answer(session: Session, answer_id: str) -> None:
    """Erase one, and what was taken along from it: its question was changed."""
    taken = select(Turn.answer_id).where(Turn.taken_from == answer_id)
    gone = or_(KeptAnswer.answer_id == answer_id, KeptAnswer.answer_id.in_(taken))
    session.execute(delete(KeptAnswer).where(gone))


def forget_answers(session: Session, user_hash: str) -> None:
    """Erase what somebody was answered, and how they voted."""
    session.execute(delete(KeptAnswer).where(KeptAnswer.asker_hash == user_hash))
    session.execute(delete(Vote).where(Vote.user_hash == user_hash))


def purge_answers(session: Session, oldest: datetime) -> None:
    """Erase what is older than it may be."""
    session.execute(delete(KeptAnswer).where(KeptAnswer.created < oldest))
    session.execute(delete(Vote).where(Vote.created < oldest))
