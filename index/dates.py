"""Dates that a text speaks of, however written: 2025年11月6日, 6 November 2025, 2025-11."""

import re
from datetime import date

from index.language import half_width
from index.partial_date import PartialDate

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_NAME = rf"(?P<name>{'|'.join(_MONTHS)})"
_YEAR = r"(?<![\d/.])(?P<year>(?:19|20)\d\d)(?![\d/]|\.\d)"
_TO = r"\s*(?:to|[-–—])\s*"
_FORMS = (
    re.compile(
        rf"{_YEAR}\s*年(?:度)?(?:(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})日)?)?"
        r"(?:(?:至|到|[-–—~])(?:(?P<to_month>\d{1,2})月)?(?:(?P<to_day>\d{1,2})日)?)?"
    ),
    re.compile(rf"{_YEAR}-(?P<month>\d\d)(?:-(?P<day>\d\d))?"),
    re.compile(
        rf"(?:(?P<day>\d{{1,2}})(?:{_TO}(?P<to_day>\d{{1,2}}))?\s+)?{_NAME}\s+{_YEAR}", re.I
    ),
    re.compile(rf"{_NAME}\s+(?P<day>\d{{1,2}})(?:{_TO}(?P<to_day>\d{{1,2}}))?,?\s+{_YEAR}", re.I),
    re.compile(_YEAR),
)


Days = tuple[date, date]
"""The first and the last day that a date or a span of dates may mean."""


def dates_in(text: str) -> list[Days]:
    """Every date with a year in a text, and every span within a year, as exact as written.

    What looks like a date and is none (2025年13月) counts as its year.
    """
    text = half_width(text)
    found: list[Days] = []
    for form in _FORMS:
        found += [_days(match.groupdict()) for match in form.finditer(text)]
        text = form.sub(lambda match: " " * len(match[0]), text)
    return found


def _days(parts: dict[str, str | None]) -> Days:
    year, name = parts["year"] or "", parts.get("name")
    month = str(_MONTHS.index(name.lower()) + 1) if name else parts.get("month")
    start = _as_exact_as_possible(year, month, parts.get("day"))
    until = _as_exact_as_possible(year, parts.get("to_month") or month, parts.get("to_day"))
    is_span = (parts.get("to_month") or parts.get("to_day")) and until.last > start.last
    return start.first, (until if is_span else start).last


def _as_exact_as_possible(year: str, month: str | None, day: str | None) -> PartialDate:
    number = int(month or 0)
    if not 1 <= number <= len(_MONTHS):
        return PartialDate.parse(year)
    try:
        return PartialDate.parse(f"{year}-{number:02}-{int(day or 0):02}")
    except ValueError:  # no such day, or none is named
        return PartialDate.parse(f"{year}-{number:02}")
