"""The day that a file gives for itself, however its format writes it."""

import re
from datetime import UTC, date, datetime, timedelta

_DAY = re.compile(r"\s*(?:D:)?(\d{4})[-/.年]?(\d\d?)[-/.月]?(\d\d?)")
"""ISO 8601, the form of PDF (D:20260301...) and that of pages in Chinese."""
_EARLIEST = date(1990, 1, 1)
"""Before it no program wrote such files: a clock stood at its beginning."""
_MADE_UP = timedelta(minutes=5)
"""A time so near is what python-docx and openpyxl put where a file has none: it would make another
document of it with every build."""
_OF_TEMPLATES = (date(2013, 12, 23), date(2013, 1, 27))
"""What python-docx and python-pptx leave in every file that they make. Source: their templates."""


def day_of(*values: object) -> str:
    """The first day that is one, as YYYY-MM-DD; empty where none is.

    Args:
        values: Properties of a file, best first: times, or texts that begin with a day.
    """
    days = (_day(value) for value in values)
    return next((day.isoformat() for day in days if day and _is_sound(day)), "")


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        age = datetime.now(UTC) - (value if value.tzinfo else value.replace(tzinfo=UTC))
        return None if abs(age) < _MADE_UP else value.date()
    found = _DAY.match(str(value or ""))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:  # no such day
        return None


def _is_sound(day: date) -> bool:
    return _EARLIEST <= day <= datetime.now(UTC).date() and day not in _OF_TEMPLATES
