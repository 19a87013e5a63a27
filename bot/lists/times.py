"""Years, months, days and editions as a list request names them, with where they stand."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from bot.lists.filters import EACH_YEAR, Part
from index import chinese_number

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_WORDS = dict(
    zip("jan feb mar apr may jun jul aug sep oct nov dec".split(), range(1, 13), strict=True)
) | {"two": 2, "three": 3, "six": 6, "两": 2}
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_TO = r"\s*(?:-|~|至|到|to)\s*"
_Readings = Iterator[tuple[str, str]]


def times_in(text: str, today: date) -> Iterator[Part]:
    """The times and editions that a folded text names; they may overlap.

    Args:
        text: As `index.fold` leaves it.
        today: The day that "the next three months" are counted from.
    """
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            yield Part(match.start(), match.end(), tuple(read(match.groupdict(), today)))


def month_after(today: date, steps: int) -> str:
    """The month that lies so many months after today's, as `2026-12`."""
    months = 12 * today.year + today.month - 1 + steps
    return f"{months // 12}-{months % 12 + 1:02}"


def _years(said: dict[str, str], _: date) -> _Readings:
    first, last = int(said["year"]), int(said["until"] or said["year"])
    return (("year", str(year)) for year in range(first, min(last, first + 50) + 1))


def _months(said: dict[str, str], _: date) -> _Readings:
    first, last = _number(said["month"]), _number(said.get("until") or said["month"])
    year = said["year"] or EACH_YEAR
    return (("month", f"{year}-{month:02}") for month in range(first, last + 1))


def _day(said: dict[str, str], _: date) -> _Readings:
    year, month = said["year"] or EACH_YEAR, _number(said["month"])
    yield "day", f"{year}-{month:02}-{int(said['day']):02}"


def _edition(said: dict[str, str], _: date) -> _Readings:
    yield "edition", str(_number(next(filter(None, said.values()), "1")))


def _months_ahead(said: dict[str, str], today: date) -> _Readings:
    yield "flag", "upcoming"
    for step in range(_number(said["months"] or said["english"]) + 1):
        yield "month", month_after(today, step)


def _number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    return _WORDS.get(written) or _WORDS.get(written[:3]) or chinese_number(written)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[dict[str, str], date], _Readings]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (
            rf"(?<!\d){_YEAR}(?!\d)(?:\s*[年년])?"
            rf"(?:{_TO}(?P<until>(?:19|20)\d{{2}})(?!\d)(?:\s*[年년])?)?",
            _years,
        ),
        (
            rf"(?<![\d一二三四五六七八九十第])(?:{_YEAR}\s*[年년]\s*)?(?P<month>{_MONTH})"
            rf"(?:[月월]?份?{_TO}(?P<until>{_MONTH}))?\s*[月월]份?(?!\s*\d{{1,2}}\s*[日号일])",
            _months,
        ),
        (rf"(?<!\d){_YEAR}[-/.](?P<month>1[0-2]|0?[1-9])(?![\d/.-])", _months),
        (
            rf"(?<![a-z])(?P<month>{_MONTHS})(?![a-z])\.?(?:\s*,?\s*(?:of\s+)?{_YEAR}(?!\d))?",
            _months,
        ),
        (
            rf"(?<!\d)(?:{_YEAR}\s*[年년]\s*)?(?P<month>{_MONTH})[月월]\s*(?P<day>\d{{1,2}})[日号일]",
            _day,
        ),
        (rf"(?<!\d){_YEAR}-(?P<month>\d{{2}})-(?P<day>\d{{2}})(?!\d)", _day),
        (
            r"第?(?P<digits>\d{1,3})[届回](?!归)|第(?P<chinese>[一二三四五六七八九十百]{1,5})届|首届"
            r"|(?<!\d)(?P<ordinal>\d{1,3})(?:st|nd|rd|th)(?!\w)",
            _edition,
        ),
        (
            r"(?:未来|接下来|今后)的?(?P<months>[两二三四五六七八九]|\d)个月"
            r"|next (?P<english>two|three|six|\d) months",
            _months_ahead,
        ),
    )
)
