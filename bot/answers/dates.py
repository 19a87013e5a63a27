"""What a day makes of documents: events that are over, rules that have expired."""

import re
from datetime import date

from babel.dates import format_date

from bot.answers.values import EventStatus
from bot.texts import LANGUAGES, text
from index import Certainty, Document, EventFacts, PartialDate, primary

_RUSSIAN_YEAR = re.compile(r"\s*г\.$")


def event_status(event: EventFacts, today: date) -> EventStatus | None:
    """Where an event stands today; None if its dates are not known."""
    if event.certainty is Certainty.USUAL:
        return EventStatus.USUAL
    last = event.end or event.start
    if event.start is None or last is None:
        return None
    if last.last < today:
        return EventStatus.PAST
    if event.start.last <= today:
        return EventStatus.RUNNING
    return (
        EventStatus.TENTATIVE if event.certainty is Certainty.TENTATIVE else EventStatus.UPCOMING
    )


def event_note(document: Document, status: EventStatus | None, language: str) -> str | None:
    """A sentence that says where the event of a document stands."""
    event = document.metadata.event
    if event is None or event.start is None or status in (None, EventStatus.USUAL):
        return None
    last = event.end or event.start
    shown = {
        EventStatus.PAST: written(last, language),
        EventStatus.RUNNING: written(last, language),
        EventStatus.UPCOMING: written(event.start, language),
        EventStatus.TENTATIVE: f"{written(event.start, language)} – {written(last, language)}",
    }[status]
    title = document.metadata.title.rstrip(".")
    return text(f"event_{status}", language, title=title, date=shown)


def has_expired(document: Document, today: date) -> bool:
    """Whether the document says that it holds only until a day before today."""
    until = document.metadata.valid_until
    return until is not None and until.last < today


def written(day: PartialDate, language: str) -> str:
    """A date as people of a language write it, no more exact than it is known."""
    code = primary(language) if primary(language) in LANGUAGES else "en"
    parts = day.text.rstrip("~").count("-")
    if parts == 0:
        return f"{day.first.year}年" if code in ("zh", "ja") else str(day.first.year)
    if code in ("zh", "ja"):
        return f"{day.first.year}年{day.first.month}月" + (
            f"{day.first.day}日" if parts == 2 else ""
        )
    locale = {"en": "en_GB"}.get(code, code)
    pattern = "long" if parts == 2 else "LLLL y"
    shown = str(format_date(day.first, format=pattern, locale=locale))
    return _RUSSIAN_YEAR.sub("", shown)  # the sentence around it has its own full stop
