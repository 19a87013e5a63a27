"""What is kept of an answer: its turn for the person who asked, and for staff what it said."""

from datetime import datetime

from bot.answers.reasons import AnswerStatus
from bot.answers.values import Answer
from bot.chat.answer_view import below, short_id
from bot.chat.person import Person
from bot.explaining import digest
from bot.store import now
from bot.store.answers import KeptAnswer
from bot.store.models import Turn


def turn_of(
    person: Person,
    question: str,
    answer: Answer,
    *,
    taken_from: Turn | None,
    asked_at: datetime | None,
    replies_to: int | None,
) -> Turn:
    """A question of a conversation, as typed; the store masks it.

    Args:
        person: Who asked.
        question: As typed.
        answer: What was said to it.
        taken_from: The turn of a group that it is.
        asked_at: When it was first asked; now if left out.
        replies_to: The message that it replies to.
    """
    return Turn(
        answer_id=short_id(answer),
        chat_id=person.chat_id,
        user_id=person.user_id,
        thread_id=person.thread_id,
        question=question,
        language=answer.language,
        status=answer.status,
        passages=[hit.passage for hit in answer.hits],
        citations=quoted_of(answer),
        suggestions=list(answer.suggestions),
        created=asked_at or now(),
        taken_from=taken_from.answer_id if taken_from else None,
        as_of=answer.as_of,
        replies_to=replies_to,
        file=below(answer).file or None,
    )


def kept_of(answer: Answer) -> KeptAnswer | None:
    """What staff may see of an answer; none of small talk. The store knows whose it is."""
    if answer.status is AnswerStatus.SMALL_TALK:
        return None
    return KeptAnswer(
        answer_id=short_id(answer),
        language=answer.language,
        status=answer.status,
        reason=answer.reason,
        text=answer.text,
        citations=quoted_of(answer),
        as_of=answer.as_of,
        snapshot=answer.snapshot,
        digest=digest(answer),
        created=now(),
    )


def quoted_of(answer: Answer) -> list[list[str | int]]:
    """[document id, start, end] of each quote."""
    return [[c.document.id, c.start, c.end] for c in answer.citations]
