"""The words of list requests that are in `words.yaml`, found in a text."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from bot.lists.filters import EACH_YEAR, Part
from bot.lists.times import month_after
from bot.shipped import parsed
from index.glossary import fold

LETTER = r"[a-z0-9\u00c0-\u024f\u0400-\u04ff\u0621-\u065f]"
"""Of scripts that part words by spaces."""


def words_in(folded: str, name: str, today: date) -> Iterator[Part]:
    """All words that a folded text has of one list and of all lists; they may overlap."""
    pattern, roles_of = vocabulary(name)
    for match in pattern.finditer(folded):
        form = match[1]
        written = (form, *(f"{form[:length]}*" for length in range(len(form), 0, -1)))
        roles = next(roles_of[form] for form in written if form in roles_of)
        readings = tuple(r for role in roles.split() for r in _readings(role, today))
        dated = {"year": readings[0][1], "month": readings[0][1], "months": EACH_YEAR}
        yield Part(*match.span(1), readings, dated.get(roles.partition(".")[0], ""))


@cache
def vocabulary(name: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """The forms of one list and of all as a pattern, and what roles each has."""
    roles_of = {
        form: roles
        for group in ("all", name)
        for roles, languages in words()[group].items()
        for forms in languages.values()
        for form in fold(forms).split("|")
    }
    ordered = sorted(roles_of, key=len, reverse=True)
    spaced = [_as_pattern(form) for form in ordered if re.match(LETTER, form)]
    others = [_as_pattern(form) for form in ordered if not re.match(LETTER, form)]
    whole_words = rf"(?<!{LETTER})(?:{'|'.join(spaced)})(?!{LETTER})"
    return re.compile(rf"(?=({'|'.join([whole_words, *others])}))"), roles_of


@cache
def words() -> dict[str, dict[str, dict[str, str]]]:
    """Group -> roles -> language -> forms, as in the file."""
    source = files(__package__).joinpath("words.yaml").read_text("utf-8")
    content: dict[str, dict[str, dict[str, str]]] = parsed(source)
    return content


@lru_cache(maxsize=2**9)
def seasons_in(title: str) -> frozenset[str]:
    """The seasons that a title names."""
    readings = (r for part in words_in(fold(title), "all", date.max) for r in part.readings)
    return frozenset(value for role, value in readings if role == "season")


def _as_pattern(form: str) -> str:
    return re.escape(form.rstrip("*")) + rf"{LETTER}*" * form.endswith("*")


def _readings(role: str, today: date) -> Iterator[tuple[str, str]]:
    name, _, value = role.partition(".")
    if name == "year":
        yield "year", str(today.year + int(value))
    elif name == "month":
        yield "month", month_after(today, int(value))
    elif name == "months":
        first, last = map(int, value.split("-"))
        yield from (("month", f"{EACH_YEAR}-{month:02}") for month in range(first, last + 1))
    else:
        yield name, value
