"""Whether something takes place when a list wants it, as far as its dates are stated."""

from datetime import date

from bot.dates import EventStatus
from bot.lists.filters import EACH_YEAR, TIMES, Filter
from bot.lists.kinds import Period
from bot.lists.vocabulary import seasons_in
from index import PartialDate

_STANDINGS = frozenset({"upcoming", "running", "past"})
"""Flags of when something is, seen from today."""
_SEASONS = {
    "spring": (3, 4, 5),
    "summer": (6, 7, 8),
    "autumn": (9, 10, 11),
    "winter": (12, 1, 2),
}
_Months = list[tuple[str, int]]


def fits_time(period: Period, title: str, wanted: Filter, today: date) -> bool:
    """Whether something takes place when it is wanted, as far as its dates are stated.

    That of which only the year is known takes place in no month of it. A usual calendar has
    months and no year.
    """
    standings = wanted["flag"] & _STANDINGS
    if not standings and not any(wanted[name] for name in TIMES - {"flag"}):
        return True
    spans = _spans(period)
    if period.start is None:
        if not spans or standings or wanted["year"] or wanted["day"]:
            return False
    elif not (
        all(_stands_as(standing, period, period.start, today) for standing in standings)
        and _on_a_day(period.start, period.end or period.start, wanted["day"])
    ):
        return False
    return _in_season(spans, title, wanted["season"]) and _in_time(period, spans, wanted)


def _stands_as(standing: str, period: Period, start: PartialDate, today: date) -> bool:
    """Whether it is over, running or neither.

    Nothing is called over or running that no source says was held, or is still on today.
    """
    status = period.status
    if standing == "upcoming":
        return status is None or not status.has_passed
    if standing == "past":
        return status is EventStatus.PAST
    is_opening = status is EventStatus.OPENED and start.first <= today <= start.last
    return status is EventStatus.RUNNING or is_opening


def _on_a_day(start: PartialDate, end: PartialDate, wanted: frozenset[str]) -> bool:
    if not wanted:
        return True
    days = {day.replace(EACH_YEAR, str(d.first.year)) for day in wanted for d in (start, end)}
    is_known = start.first == start.last and end.first == end.last
    return is_known and any(str(start.first) <= day <= str(end.last) for day in days)


def _spans(period: Period) -> list[_Months]:
    """The months of each time that it takes place; none of a time whose months are not known."""
    if period.start is None:
        usual = [[int(day[:2]) - 1 for day in span] for span in period.usual]
        return [_months(first, last + 12 * (last < first), EACH_YEAR) for first, last in usual]
    end = period.end if period.end and _is_month(period.end) else period.start
    if not _is_month(period.start):
        return []
    first, last = (12 * day.first.year + day.first.month - 1 for day in (period.start, end))
    return [_months(first, last)]


def _months(first: int, last: int, year: str = "") -> _Months:
    return [(year or str(month // 12), month % 12 + 1) for month in range(first, last + 1)]


def _is_month(day: PartialDate) -> bool:
    return (day.first.year, day.first.month) == (day.last.year, day.last.month)


def _in_season(spans: list[_Months], title: str, seasons: frozenset[str]) -> bool:
    """Whether it starts in a season, or is named after it, as fairs of spring and autumn are."""
    if not seasons or not spans:
        return not seasons or bool(seasons & seasons_in(title))
    return any(span[0][1] in _SEASONS[season] for span in spans for season in seasons)


def _in_time(period: Period, spans: list[_Months], wanted: Filter) -> bool:
    """Whether it takes place in a month wanted; in a year wanted if no month is."""
    years, months = wanted["year"], wanted["month"]
    if months:
        return any(
            f"{year}-{month:02}" in months
            or ((not years or year in years) and f"{EACH_YEAR}-{month:02}" in months)
            for span in spans
            for year, month in span
        )
    if not years or period.start is None:
        return True
    last = (period.end or period.start).last.year
    return bool(years & set(map(str, range(period.start.first.year, last + 1))))
