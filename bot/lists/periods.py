"""When something takes place, and whether that is when a list wants it."""

from dataclasses import dataclass
from datetime import date

from bot.dates import EventStatus
from bot.lists.filters import EACH_YEAR, TIMES, Filter
from bot.lists.times import month_after
from bot.lists.vocabulary import seasons_in
from index import PartialDate

_STANDINGS = {
    "upcoming": frozenset(status for status in EventStatus if not status.has_passed),
    "running": frozenset({EventStatus.RUNNING}),
    "past": frozenset({EventStatus.PAST}),
}
"""What is called so, seen from today: nothing is over or running that no source says is."""
_SEASONS = {
    "spring": ("03", "04", "05"),
    "summer": ("06", "07", "08"),
    "autumn": ("09", "10", "11"),
    "winter": ("12", "01", "02"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """When something takes place: its days as far as stated, or expected by a usual calendar.

    `usual` holds the first and last days of that calendar (MM-DD). `day_key` names the
    text that says what its day is, `stands` ends the name of the one that says how it stands
    today; "" if nothing is to be said.
    """

    start: PartialDate | None
    end: PartialDate | None = None
    usual: tuple[tuple[str, str], ...] = ()
    status: EventStatus | None = None
    day_key: str = ""
    stands: str = ""


def fits_time(period: Period, title: str, wanted: Filter, today: date) -> bool:
    """Whether something takes place when it is wanted, as far as its dates are stated.

    That of which only the year is known takes place in no month of it. A usual calendar has
    months and no year.
    """
    if not any(wanted[name] for name in TIMES):
        return True
    standings = wanted["standing"]
    if period.start is None:
        if not period.usual or standings or wanted["year"] or wanted["day"]:
            return False
    elif not (
        all(_stands_as(standing, period, period.start, today) for standing in standings)
        and _on_a_day(period.start, period.end or period.start, wanted["day"])
        and (wanted["month"] or _in_year(period.start, period.end, wanted["year"]))
    ):
        return False
    spans = _spans(period)
    return _in_season(spans, title, wanted["season"]) and _in_month(spans, wanted)


def _stands_as(standing: str, period: Period, start: PartialDate, today: date) -> bool:
    begins_today = period.status is EventStatus.OPENED and start.first <= today <= start.last
    return period.status in _STANDINGS[standing] or (standing == "running" and begins_today)


def _on_a_day(start: PartialDate, end: PartialDate, wanted: frozenset[str]) -> bool:
    days = {day.replace(EACH_YEAR, str(d.first.year)) for day in wanted for d in (start, end)}
    is_known = start.first == start.last and end.first == end.last
    return not days or (is_known and any(str(start.first) <= d <= str(end.last) for d in days))


def _in_year(start: PartialDate, end: PartialDate | None, wanted: frozenset[str]) -> bool:
    years = range(start.first.year, (end or start).last.year + 1)
    return not wanted or any(str(year) in wanted for year in years)


def _spans(period: Period) -> list[list[str]]:
    """The months of each time that it takes place; none of a time whose months are not known."""
    usual_spans: list[list[str]] = []
    if period.usual:
        usual = [[date.fromisoformat(f"2000-{day}") for day in span] for span in period.usual]
        usual_spans = [[EACH_YEAR + month[4:] for month in _months(*span)] for span in usual]
    if period.start is None:
        return usual_spans
    start, end = period.start, period.end or period.start
    if not _is_month(start):
        return usual_spans
    return [*usual_spans, _months(start.first, end.first if _is_month(end) else start.first)]


def _is_month(day: PartialDate) -> bool:
    return (day.first.year, day.first.month) == (day.last.year, day.last.month)


def _months(first: date, last: date) -> list[str]:
    """The months from one day to another, as `2026-12`; the last may be in the year after."""
    steps = 12 * (last.year - first.year) + last.month - first.month
    return [month_after(first, step) for step in range((steps if steps >= 0 else steps + 12) + 1)]


def _in_season(spans: list[list[str]], title: str, wanted: frozenset[str]) -> bool:
    """Whether it starts in a season, or is named after it, as fairs of spring and autumn are."""
    if not wanted or not spans:
        return not wanted or bool(wanted & seasons_in(title))
    return any(span[0][-2:] in _SEASONS[season] for span in spans for season in wanted)


def _in_month(spans: list[list[str]], wanted: Filter) -> bool:
    """Whether it takes place in a month wanted, of any year or of the one wanted."""
    years, months = wanted["year"], wanted["month"]
    dated = {month for month in months if not month.startswith(EACH_YEAR)}
    return not months or any(
        month in dated or (EACH_YEAR + month[-3:] in months and (not years or month[:4] in years))
        for span in spans
        for month in span
    )
