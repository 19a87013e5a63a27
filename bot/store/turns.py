"""Which turns a follow-up, a reply or an edit goes on from."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, select, update
from sqlalchemy.orm import Session

from bot.store.models import Turn, Unanswered

_SMALL_TALK = "small_talk"
_LOOKED_AT = 9
"""Answers of a chat are sent one after the other: few begin before the end of another."""


def questions(
    session: Session,
    chat_id: int,
    user_id: int,
    thread_id: int | None,
    until: datetime,
    window: timedelta,
) -> list[str]:
    """What one person asked in one chat, and there in one topic, within a while; newest first.

    Without small talk: nothing leans on that.

    Before what was taken along from a group comes what was asked before it there.
    """
    found: list[str] = []
    for turn in session.scalars(_asked_in(chat_id, user_id, thread_id, until, window)):
        found.append(turn.question)
        origin = session.get(Turn, turn.taken_from) if turn.taken_from else None
        if origin:
            place = (origin.chat_id, origin.user_id, origin.thread_id)
            return found + questions(session, *place, origin.created, window)[1:]
    return found


def asked_since(
    session: Session, since: datetime, window: timedelta, count: int
) -> list[tuple[str, ...]]:
    """What was asked, each once and masked, with what the same person asked shortly before it.

    Args:
        session: Of the database.
        since: From when on.
        window: How long a question may lean on the one before.
        count: So many before each, at most.
    """
    found: dict[tuple[str, ...], None] = {}
    rows = select(Turn).where(Turn.created > since, Turn.status != _SMALL_TALK)
    for turn in session.scalars(rows.order_by(Turn.created)):
        place = (turn.chat_id, turn.user_id, turn.thread_id)
        found[tuple(questions(session, *place, turn.created, window)[: count + 1][::-1])] = None
    alone = select(Unanswered.question).where(Unanswered.created > since)
    known = {conversation[-1] for conversation in found}
    found |= {(question,): None for question in session.scalars(alone) if question not in known}
    return list(found)


def _asked_in(
    chat_id: int, user_id: int, thread_id: int | None, until: datetime, window: timedelta
) -> Select[Turn]:
    return (
        select(Turn)
        .where(
            Turn.chat_id == chat_id,
            Turn.user_id == user_id,
            Turn.status != _SMALL_TALK,
            Turn.thread_id.is_(None) if thread_id is None else Turn.thread_id == thread_id,
            Turn.created > until - window,
            Turn.created <= until,
        )
        .order_by(Turn.created.desc())
    )


def erase(session: Session, which: ColumnElement[bool]) -> None:
    """Erase turns, and with each what was taken along from it."""
    gone = select(Turn.answer_id).where(which)
    session.execute(delete(Turn).where(Turn.taken_from.in_(gone)))
    session.execute(delete(Turn).where(which))


def asker_of(session: Session, turn: Turn) -> int | None:
    """Whose question a turn is; None if that one's turn is gone from which it was taken along."""
    if turn.taken_from is None:
        return turn.user_id
    origin = session.get(Turn, turn.taken_from)
    return origin.user_id if origin else None


def asked_by(chat_id: int, message_id: int, since: datetime) -> Select[Turn]:
    """The newest turn that a message of a chat asked."""
    return (
        select(Turn)
        .where(Turn.chat_id == chat_id, Turn.asked == message_id, Turn.created > since)
        .order_by(Turn.created.desc())
        .limit(1)
    )


def shown_before(chat_id: int, message_id: int, since: datetime) -> Select[Turn]:
    """The last turns whose answers begin with a message or before it, newest first."""
    return (
        select(Turn)
        .where(Turn.chat_id == chat_id, Turn.shown_first <= message_id, Turn.created > since)
        .order_by(Turn.shown_first.desc(), Turn.created.desc())
        .limit(_LOOKED_AT)
    )


def keep_messages(
    session: Session, answer_id: str, asked: int | None, shown: Sequence[int]
) -> None:
    """Write down which message asked a turn and which ones, in order, answer it."""
    if shown:
        values = {"asked": asked, "shown_first": shown[0], "shown": list(shown)}
        session.execute(update(Turn).where(Turn.answer_id == answer_id).values(values))
