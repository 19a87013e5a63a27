"""Years, months, days and editions as a list request names them, with where they stand."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from index import chinese_number, editions_in

_NUMBER = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_YEAR = r"((?:19|20)\d{2})"
_MONTHS = (
    "jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? may june? july? aug(?:ust)? sept?(?:ember)? "
)
_ENGLISH = tuple((_MONTHS + "oct(?:ober)? nov(?:ember)? dec(?:ember)?").split())
_ENGLISH_MONTH = rf"(?<![a-z])({'|'.join(_ENGLISH)})(?![a-z])\.?"
_TO = r"\s*(?:-|~|至|到|to)\s*"
_NEXT_MONTHS = (
    r"(?:未来|接下来|今后)的?([两二三四五六七八九]|\d)个月|next (two|three|six|\d) months"
)
_DAY_FOLLOWS = r"(?!\s*\d{1,2}\s*[日号일])"

EACH_YEAR = "*"
"""Stands for the year of a month or a day that is named without one."""


@dataclass(frozen=True, slots=True)
class Part:
    """What text[start:end] says: parts of a filter, as (role, value).

    `meaning` is the month or year meant, `2026-12`, where the words depend on the day they are
    said on. `rank` decides between parts of one length; the lowest is taken.
    """

    start: int
    end: int
    readings: tuple[tuple[str, str], ...]
    meaning: str = ""
    rank: int = 0

    @property
    def names_listed(self) -> bool:
        """Whether it names what is listed, with its kind or without."""
        return any(role == "noun" for role, _ in self.readings)


def times_in(text: str, today: date) -> Iterator[Part]:
    """The times and editions that a folded text names; they may overlap.

    Args:
        text: As `index.fold` leaves it.
        today: The day that "the next three months" are counted from.
    """
    for pattern, read in _READERS:
        for match in re.finditer(pattern, text):
            if readings := tuple(read(match)):
                yield Part(match.start(), match.end(), readings)
    for match in re.finditer(_NEXT_MONTHS, text):
        steps = _number(match[1] or match[2])
        months = tuple(("month", month_after(today, step)) for step in range(steps + 1))
        yield Part(match.start(), match.end(), (("flag", "upcoming"), *months))


def month_after(today: date, steps: int) -> str:
    """The month that lies so many months after today's, as `2026-12`."""
    months = 12 * today.year + today.month - 1 + steps
    return f"{months // 12}-{months % 12 + 1:02}"


_Readings = Iterator[tuple[str, str]]


def _years(match: re.Match[str]) -> _Readings:
    first, last = int(match[1]), int(match[2] or match[1])
    return (("year", str(year)) for year in range(first, min(last, first + 50) + 1))


def _months(match: re.Match[str]) -> _Readings:
    first, last = _number(match["first"]), _number(match["last"] or match["first"])
    year = match["year"] or EACH_YEAR
    return (("month", f"{year}-{month:02}") for month in range(first, last + 1))


def _english_month(match: re.Match[str]) -> _Readings:
    number = next(n for n, name in enumerate(_ENGLISH, 1) if re.fullmatch(name, match[1]))
    yield "month", f"{match[2] or EACH_YEAR}-{number:02}"


def _day(match: re.Match[str]) -> _Readings:
    year = match["year"] or EACH_YEAR
    yield "day", f"{year}-{_number(match['month']):02}-{int(match['day']):02}"


def _edition(match: re.Match[str]) -> _Readings:
    return (("edition", str(edition)) for edition in editions_in(match[0]))


def _number(written: str) -> int:
    english = {"two": 2, "three": 3, "six": 6, "两": 2}
    if written.isdecimal():
        return int(written)
    return english.get(written) or chinese_number(written)


_READERS: tuple[tuple[str, Callable[[re.Match[str]], _Readings]], ...] = (
    (rf"(?<!\d){_YEAR}(?!\d)(?:\s*[年년])?(?:{_TO}{_YEAR}(?!\d)(?:\s*[年년])?)?", _years),
    (
        rf"(?<![\d一二三四五六七八九十第])(?:(?P<year>{_YEAR})\s*(?:年|년)\s*)?(?P<first>{_NUMBER})"
        rf"(?:[月월]?份?{_TO}(?P<last>{_NUMBER}))?\s*[月월]份?{_DAY_FOLLOWS}",
        _months,
    ),
    (
        rf"(?<!\d)(?P<year>{_YEAR})[-/.](?P<first>1[0-2]|0?[1-9])(?P<last>(?!))?(?![\d/.-])",
        _months,
    ),
    (rf"{_ENGLISH_MONTH}(?:\s*,?\s*(?:of\s+)?{_YEAR}(?!\d))?", _english_month),
    (
        rf"(?<!\d)(?:(?P<year>{_YEAR})\s*[年년]\s*)?(?P<month>{_NUMBER})[月월]\s*"
        r"(?P<day>\d{1,2})[日号일]",
        _day,
    ),
    (rf"(?<!\d)(?P<year>{_YEAR})-(?P<month>\d{{2}})-(?P<day>\d{{2}})(?!\d)", _day),
    (
        r"第?(?:\d{1,3}|[一二三四五六七八九十百]{1,5})[届回]|首届|(?<!\d)\d{1,3}(?:st|nd|rd|th)(?!\w)",
        _edition,
    ),
)
