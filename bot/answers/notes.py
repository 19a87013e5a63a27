"""What is said below an answer: expired, in another language, over or still to come."""

from collections.abc import Sequence

from bot.answers.dates import event_note, written
from bot.answers.question import Question
from bot.answers.values import AnswerStatus, Citation, EventStatus
from bot.texts import text
from index import primary


def notes_for(
    question: Question,
    citations: Sequence[Citation],
    status: AnswerStatus,
    *,
    with_events: bool,
) -> list[str]:
    """The lines below an answer.

    Args:
        question: As read.
        citations: What is quoted.
        status: Of the answer.
        with_events: Whether to tell of each event if it is over, running or to come.
    """
    language = question.language
    notes: list[str] = []
    if status is AnswerStatus.OUT_OF_DATE:
        until = citations[0].document.metadata.valid_until
        if until:
            notes.append(text("out_of_date", language, until=written(until, language)))
    others = {c.language for c in citations if primary(c.language) != primary(language)}
    if others:
        names = [
            text(f"language_{code}", language) for code in sorted(others & {"zh", "en", "zh-Hant"})
        ]
        if names:
            notes.append(text("other_language", language, language=", ".join(names)))
    events = (
        {}
        if not with_events
        else {c.document.stem: c for c in citations if c.event_status is not EventStatus.USUAL}
    )
    for citation in events.values():
        note = event_note(citation.document, citation.event_status, language)
        if note:
            notes.append(note)
    known = [str(c.number) for c in citations if c.is_general_knowledge]
    if known:
        notes.append(text("general_knowledge", language, numbers=", ".join(known)))
    return notes
