"""Whether an event takes place when a list wants it, as far as its dates are stated."""

from collections.abc import Iterable
from datetime import date

from bot.dates import EventStatus, event_status
from bot.lists.filters import Filter
from bot.lists.times import EACH_YEAR
from bot.lists.vocabulary import seasons_in
from index import Document, EventFacts, PartialDate

_STANDINGS = frozenset({"upcoming", "running", "past"})
"""Flags of when an event is, seen from today."""
_SEASONS = {
    "spring": (3, 4, 5),
    "summer": (6, 7, 8),
    "autumn": (9, 10, 11),
    "winter": (12, 1, 2),
}


def fits_time(document: Document, wanted: Filter, today: date) -> bool:
    """Whether an event takes place when it is wanted, as far as its dates are stated.

    An event of which only the year is known takes place in no month of it.
    """
    event = document.metadata.event
    if event is None or not _names_time(wanted):
        return True
    if event.start is None:
        return _fits_usual(event, wanted)
    if not _stands_as(event, event.start, wanted, today):
        return False
    months = _months_of(event.start, event.end)
    return (
        _on_a_day(event.start, event.end or event.start, wanted)
        and _in_season(document, months, wanted)
        and _in_year_and_month(event.start, event.end, months, wanted)
    )


def _names_time(wanted: Filter) -> bool:
    named = wanted.year or wanted.month or wanted.day or wanted.season
    return bool(named or wanted.flag & _STANDINGS)


def _stands_as(event: EventFacts, start: PartialDate, wanted: Filter, today: date) -> bool:
    """Whether it is over, running or neither, as wanted.

    Nothing is called over or running that no source says was held, or is still on today.
    """
    status = event_status(event, today)
    is_on = status is EventStatus.RUNNING or (
        status is EventStatus.OPENED and start.first <= today <= start.last
    )
    has_passed = status is not None and status.has_passed
    return (
        not ("upcoming" in wanted.flag and has_passed)
        and not ("past" in wanted.flag and status is not EventStatus.PAST)
        and not ("running" in wanted.flag and not is_on)
    )


def _fits_usual(event: EventFacts, wanted: Filter) -> bool:
    """Whether a usual calendar fits: it has months, and no year."""
    months = {m for dates in event.usual for m in _span(int(dates.start[:2]), int(dates.end[:2]))}
    if wanted.year or wanted.day or wanted.flag & _STANDINGS:
        return False
    starts = {int(dates.start[:2]) for dates in event.usual}
    if wanted.season and not starts & {m for s in wanted.season for m in _SEASONS[s]}:
        return False
    return not wanted.month or bool({f"{EACH_YEAR}-{m:02}" for m in months} & wanted.month)


def _span(first: int, last: int) -> Iterable[int]:
    return range(first, last + 1) if first <= last else (*range(first, 13), *range(1, last + 1))


def _on_a_day(start: PartialDate, end: PartialDate, wanted: Filter) -> bool:
    if not wanted.day:
        return True
    if start.first != start.last or end.first != end.last:
        return False
    years = sorted({start.first.year, end.first.year})
    days = {day.replace(EACH_YEAR, str(year)) for day in wanted.day for year in years}
    return any(start.first.isoformat() <= day <= end.last.isoformat() for day in days)


def _months_of(start: PartialDate, end: PartialDate | None) -> list[tuple[int, int]]:
    """The months that an event takes place in; none if only its year is known."""
    last = end if end and _is_month(end) else start
    if not _is_month(start):
        return []
    first_month = 12 * start.first.year + start.first.month - 1
    last_month = 12 * last.first.year + last.first.month - 1
    return [(month // 12, month % 12 + 1) for month in range(first_month, last_month + 1)]


def _is_month(day: PartialDate) -> bool:
    return (day.first.year, day.first.month) == (day.last.year, day.last.month)


def _years_of(start: PartialDate, end: PartialDate | None) -> frozenset[str]:
    return frozenset(map(str, range(start.first.year, (end or start).last.year + 1)))


def _in_year_and_month(
    start: PartialDate, end: PartialDate | None, months: list[tuple[int, int]], wanted: Filter
) -> bool:
    if wanted.month:
        return any(_is_wanted(year, month, wanted) for year, month in months)
    return not wanted.year or bool(wanted.year & _years_of(start, end))


def _is_wanted(year: int, month: int, wanted: Filter) -> bool:
    if f"{year}-{month:02}" in wanted.month:
        return True
    in_year = not wanted.year or str(year) in wanted.year
    return in_year and f"{EACH_YEAR}-{month:02}" in wanted.month


def _in_season(document: Document, months: list[tuple[int, int]], wanted: Filter) -> bool:
    """Whether it starts in a season, or is named after it, as fairs of spring and autumn are."""
    if not wanted.season:
        return True
    if months:
        return any(months[0][1] in _SEASONS[season] for season in wanted.season)
    return bool(wanted.season & seasons_in(document.metadata.title))
