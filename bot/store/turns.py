"""Which turns a follow-up, a reply or an edit goes on from."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from bot.store.models import Turn

_LOOKED_AT = 9
"""Answers of a chat are sent one after the other: few begin before the end of another."""


def questions(
    chat_id: int, user_id: int, thread_id: int | None, until: datetime, window: timedelta
) -> Select[str]:
    """What one person asked in one chat, and there in one topic, within a while; newest first."""
    return (
        select(Turn.question)
        .where(
            Turn.chat_id == chat_id,
            Turn.user_id == user_id,
            Turn.thread_id.is_(None) if thread_id is None else Turn.thread_id == thread_id,
            Turn.created > until - window,
            Turn.created <= until,
        )
        .order_by(Turn.created.desc())
    )


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
