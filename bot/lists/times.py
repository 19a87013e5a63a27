"""Years, months, days and editions as a list request names them, with where they stand."""

import re
from collections.abc import Iterator
from datetime import date

from bot.lists.filters import EACH_YEAR, Part
from index.numbers import chinese_number

_ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NUMBERS = {name: number for number, name in enumerate(_ENGLISH, 1)}
_NUMBERS |= {"首": 1, "two": 2, "两": 2, "three": 3, "six": 6}
_NAME = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_TO = r"\s*(?:-|~|至|到|to)\s*"
_FORMS = [
    re.compile(form)
    for form in (
        rf"(?<!\d){_YEAR}(?!\d)(?:\s*[年년])?"
        rf"(?:{_TO}(?P<until>(?:19|20)\d{{2}})(?!\d)(?:\s*[年년])?)?",
        rf"(?<![\d一二三四五六七八九十第])(?:{_YEAR}\s*[年년]\s*)?(?P<month>{_MONTH})"
        rf"(?:[月월]?份?{_TO}(?P<until>{_MONTH}))?\s*[月월]份?(?!\s*\d{{1,2}}\s*[日号일])",
        rf"(?<!\d){_YEAR}[-/.](?P<month>1[0-2]|0?[1-9])(?![\d/.-])",
        rf"(?<![a-z]){_NAME}(?![a-z])\.?(?:\s*,?\s*(?:of\s+)?{_YEAR}(?!\d))?",
        rf"(?<!\d)(?:{_YEAR}\s*[年년]\s*)?(?P<month>{_MONTH})[月월]\s*(?P<day>\d{{1,2}})[日号일]",
        rf"(?<!\d){_YEAR}-(?P<month>\d{{2}})-(?P<day>\d{{2}})(?!\d)",
        r"第?(?P<edition>\d{1,3})[届回](?!归)",
        r"第(?P<edition>[一二三四五六七八九十百]{1,5})届|(?P<first>首)届",
        r"(?<!\d)(?P<edition>\d{1,3})(?:st|nd|rd|th)(?!\w)",
        r"(?:未来|接下来|今后)的?(?P<ahead>[两二三四五六七八九]|\d)个月",
        r"next (?P<ahead>two|three|six|\d) months",
    )
]


def times_in(text: str, today: date) -> Iterator[Part]:
    """The times and editions that a folded text names; they may overlap.

    Args:
        text: As `index.fold` leaves it.
        today: The day that "the next three months" are counted from.
    """
    for form in _FORMS:
        for match in form.finditer(text):
            said = {name: value for name, value in match.groupdict().items() if value}
            yield Part(match.start(), match.end(), tuple(_as_filter(said, today)))


def month_after(today: date, steps: int) -> str:
    """The month that lies so many months after today's, as `2026-12`."""
    months = 12 * today.year + today.month - 1 + steps
    return f"{months // 12}-{months % 12 + 1:02}"


def _as_filter(said: dict[str, str], today: date) -> Iterator[tuple[str, str]]:
    """What a match says, from its named groups."""
    year = said.get("year", EACH_YEAR)
    match said:
        case {"month": month, "day": day}:
            yield "day", f"{year}-{_number(month):02}-{int(day):02}"
        case {"month": month}:
            months = range(_number(month), _number(said.get("until", month)) + 1)
            yield from (("month", f"{year}-{number:02}") for number in months)
        case {"year": first}:
            last = min(int(said.get("until", first)), int(first) + 50)
            yield from (("year", str(number)) for number in range(int(first), last + 1))
        case {"edition": number} | {"first": number}:
            yield "edition", str(_number(number))
        case {"ahead": steps}:
            yield "standing", "upcoming"
            yield from (("month", month_after(today, n)) for n in range(_number(steps) + 1))


def _number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    return _NUMBERS.get(written) or _NUMBERS.get(written[:3]) or chinese_number(written)
