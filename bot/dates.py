"""What a day makes of documents: events that are over, rules that have expired."""

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from babel.dates import format_date, format_skeleton

from bot.texts import LANGUAGES, text
from index import Document, PartialDate
from index.documents import Certainty, EventFacts
from index.language import primary

_RUSSIAN_YEAR = re.compile(r"\s*г\.$")
_DAY_OF_MONTH = re.compile(r"\d+\D+$")
"""The day of a date without its month: 10日 of 11月10日."""
_YEAR_FIRST = ("zh", "ja", "ko")
LONGEST_EVENT_DAYS = 60
"""An event without a stated end counts as over so many days after its first day.

No event of the corpus with a stated end lasts as long: the longest fair, the Canton Fair with its
three phases, takes 21 days, the longest series of meetings (known to the month) at least 33.
`pytest tests/corpus/test_corpus.py` measures them.
"""


class EventStatus(StrEnum):
    """Where an event stands on the day of the answer."""

    PAST = "past"  # it is over
    RUNNING = "running"
    PLANNED = "planned"  # its dates have come; no source says that it takes place
    OPENED = "opened"  # it has begun; no source says when it ends
    DUE = "due"  # its month or year has come; no source names the day
    UPCOMING = "upcoming"
    TENTATIVE = "tentative"  # its provisional dates have not passed
    UNCONFIRMED = "unconfirmed"  # its dates have passed; no source says that it took place
    EXPECTED = "expected"  # no dates are announced; its usual calendar says when it would be next
    USUAL = "usual"

    @property
    def has_passed(self) -> bool:
        """Whether nobody can go there any more."""
        return self in (EventStatus.PAST, EventStatus.UNCONFIRMED)


def event_status(event: EventFacts, today: date) -> EventStatus | None:
    """Where an event stands today; None if its first day is not known.

    What has no stated end is never over because its first day has passed, and what was only
    announced is never said to have taken place.
    """
    if event.certainty is Certainty.USUAL:
        return EventStatus.USUAL
    if event.start is None:
        return None
    if _dates_have_passed(event, event.start, today):
        is_reported = event.certainty is Certainty.HELD
        return EventStatus.PAST if is_reported else EventStatus.UNCONFIRMED
    if event.certainty is Certainty.TENTATIVE:
        return EventStatus.TENTATIVE
    status = _standing_by_dates(event.start, event.end, today)
    is_announced_only = event.certainty is Certainty.SCHEDULED
    is_on = status in (EventStatus.RUNNING, EventStatus.OPENED)
    return EventStatus.PLANNED if is_announced_only and is_on else status


def next_usual(event: EventFacts, today: date) -> tuple[PartialDate, PartialDate] | None:
    """The first and last day of the next session by a usual calendar that is not over today."""
    sessions = [
        _session(usual.start, usual.end, year)
        for usual in event.usual
        for year in (today.year - 1, today.year, today.year + 1)
    ]
    return min(
        ((start, end) for start, end in sessions if today <= end.last),
        key=lambda session: session[0].first,
        default=None,
    )


def _session(start: str, end: str, year: int) -> tuple[PartialDate, PartialDate]:
    """The days of a session (MM-DD) that begins in a year; it may end in the next."""
    return _day(year, start), _day(year + (end < start), end)


def _day(year: int, written_as: str) -> PartialDate:
    """A day of every year, `04-15`, in one of them; 29 February is the 28th in most."""
    month, day = map(int, written_as.split("-"))
    return PartialDate.parse(date(year, month, min(day, monthrange(year, month)[1])))


def _dates_have_passed(event: EventFacts, start: PartialDate, today: date) -> bool:
    if event.end or event.certainty is Certainty.TENTATIVE:
        return (event.end or start).last < today
    return start.last + timedelta(days=LONGEST_EVENT_DAYS) < today


def _standing_by_dates(start: PartialDate, end: PartialDate | None, today: date) -> EventStatus:
    if today < start.first:
        return EventStatus.UPCOMING
    if _may_begin_or_end(start, end, today):
        return EventStatus.DUE
    return EventStatus.RUNNING if end else EventStatus.OPENED


def _may_begin_or_end(start: PartialDate, end: PartialDate | None, today: date) -> bool:
    """Whether today lies in the month or year that is all that is known of a first or last day."""
    ends = end is not None and not end.is_day and end.first <= today
    return ends or (not start.is_day and today <= start.last)


def event_note(document: Document, status: EventStatus | None, language: str) -> str | None:
    """A sentence that says where the event of a document stands."""
    event = document.metadata.event
    if event is None or event.start is None or status in (None, EventStatus.USUAL):
        return None
    title = document.metadata.title.rstrip(".")
    if status is EventStatus.PAST and event.end is None:
        return text("past_without_end", language, title=title, date=_when(event.start, language))
    shown = {
        EventStatus.PAST: written(event.end or event.start, language),
        EventStatus.RUNNING: written(event.end or event.start, language),
        EventStatus.OPENED: _when(event.start, language),
        EventStatus.UPCOMING: written(event.start, language),
    }.get(status, written_days(event.start, event.end, language))
    return text(f"event_{status}", language, title=title, date=shown)


def written_days(start: PartialDate | None, end: PartialDate | None, language: str) -> str:
    """First and last day, as far as they are known; nothing if neither is.

    Of two days in one year the year is said once, and so is the month of two in one month:
    15 October – 4 November 2026, 5–10 November 2026.
    """
    days = [written(day, language) for day in (start, end) if day]
    if len(set(days)) < 2:
        return "".join(days[:1])
    if start and end and _are_days_of_one_year(start, end):
        in_one_month = start.first.month == end.first.month
        if _spoken(language) in _YEAR_FIRST:
            days[1] = _without_year(end.first, language)
            if in_one_month:
                days[1] = "".join(_DAY_OF_MONTH.findall(days[1]))
        elif in_one_month:
            return f"{start.first.day}–{days[1]}"
        else:
            days[0] = _without_year(start.first, language)
    return text("date_span", language, start=days[0], end=days[1])


def _are_days_of_one_year(start: PartialDate, end: PartialDate) -> bool:
    is_exact = all(day.is_day and not day.is_about for day in (start, end))
    return is_exact and start.first.year == end.first.year


def _when(day: PartialDate, language: str) -> str:
    """A date with the preposition of its language: "on 6 November 2025", "in 2025"."""
    is_day = day.first == day.last
    return text("date_day" if is_day else "date_month", language, date=written(day, language))


def has_expired(document: Document, today: date) -> bool:
    """Whether the document says that it holds only until a day before today."""
    until = document.metadata.valid_until
    return until is not None and until.last < today


def written(day: PartialDate, language: str) -> str:
    """A date as people of a language write it, no more exact than it is known."""
    shown = _written(day, language)
    return text("date_about", language, date=shown) if day.is_about else shown


def written_each_year(day: str, language: str) -> str:
    """A day of every year, `04-15`, as people of a language write it."""
    return _without_year(_day(2000, day).first, language)


def _without_year(day: date, language: str) -> str:
    return str(format_skeleton("MMMMd", day, locale=_locale(language)))


def _written(day: PartialDate, language: str) -> str:
    code = _spoken(language)
    parts = day.text.rstrip("~").count("-")
    if parts == 0:
        return f"{day.first.year}年" if code in ("zh", "ja") else str(day.first.year)
    if code in ("zh", "ja"):
        return f"{day.first.year}年{day.first.month}月" + (
            f"{day.first.day}日" if parts == 2 else ""
        )
    shown = (
        format_date(day.first, format="long", locale=_locale(language))
        if parts == 2
        else format_skeleton("yMMMM", day.first, locale=_locale(language))
    )
    if code == "vi":  # CLDR writes it as English does
        shown = shown.replace(", ", " năm ")
    return _RUSSIAN_YEAR.sub("", str(shown))  # the sentence around it has its own full stop


def _spoken(language: str) -> str:
    return primary(language) if primary(language) in LANGUAGES else "en"


def _locale(language: str) -> str:
    return {"en": "en_GB"}.get(_spoken(language), _spoken(language))
