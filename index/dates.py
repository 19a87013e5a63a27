"""Dates that a text speaks of, however written: 2025年11月6日, 6 November 2025, 2025-11."""

import re

from index.language import half_width
from index.partial_date import PartialDate

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_NAME = rf"(?P<name>{'|'.join(_MONTHS)})"
_YEAR = r"(?<![\d/.])(?P<year>(?:19|20)\d\d)(?![\d/]|\.\d)"
_FORMS = (
    re.compile(
        rf"{_YEAR}\s*年(?:度)?(?:(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})日)?)?"
        r"(?:(?:至|到|[-–—~])(?:(?P<to_month>\d{1,2})月)?(?:(?P<to>\d{1,2})日)?)?"
    ),
    re.compile(rf"{_YEAR}-(?P<month>\d\d)(?:-(?P<day>\d\d))?"),
    re.compile(rf"(?:(?P<day>\d{{1,2}})\s+)?{_NAME}\s+{_YEAR}", re.I),
    re.compile(rf"{_NAME}\s+(?:\d{{1,2}}\s*(?:to|[-–—])\s*)?(?P<day>\d{{1,2}}),?\s+{_YEAR}", re.I),
    re.compile(_YEAR),
)


def dates_in(text: str) -> list[PartialDate]:
    """Every date with a year in a text, as exact as it is written; of a span, its last day.

    What looks like a date and is none (2025年13月) counts as its year.
    """
    text = half_width(text)
    dates: list[PartialDate] = []
    for form in _FORMS:
        dates += [_date(match.groupdict()) for match in form.finditer(text)]
        text = form.sub(lambda match: " " * len(match[0]), text)
    return dates


def _date(parts: dict[str, str | None]) -> PartialDate:
    year, name = parts["year"] or "", parts.get("name")
    month = parts.get("to_month") or parts.get("month")
    number = _MONTHS.index(name.lower()) + 1 if name else int(month or 0)
    day = int(parts.get("to") or parts.get("day") or 0)
    if not 1 <= number <= len(_MONTHS):
        return PartialDate.parse(year)
    try:
        return PartialDate.parse(f"{year}-{number:02}-{day:02}")
    except ValueError:  # no such day, or none is named
        return PartialDate.parse(f"{year}-{number:02}")
