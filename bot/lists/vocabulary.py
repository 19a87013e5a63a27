"""The words of list requests that are in `words.yaml`, found in a text."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from bot.lists.times import EACH_YEAR, Part, month_after
from index import fold

LETTER = r"[a-z0-9\u00c0-\u024f\u0400-\u04ff\u0621-\u065f]"
"""Of scripts that part words by spaces."""


class Vocabulary:
    """The words of one kind of list."""

    def __init__(self, roles: Sequence[tuple[str, str]]) -> None:
        """Words with their roles.

        Args:
            roles: (roles, forms), as in the file.
        """
        self._roles = {
            form.rstrip("*"): role for role, forms in roles for form in fold(forms).split("|")
        }
        ordered = sorted(
            {form for _, forms in roles for form in fold(forms).split("|")}, key=len, reverse=True
        )
        self._pattern = re.compile(rf"(?=({'|'.join(map(_as_pattern, ordered))}))")
        self._endless = [form.rstrip("*") for form in ordered if form.endswith("*")]

    def parts_of(self, folded: str, today: date) -> Iterator[Part]:
        """All words of the list that a folded text has; they may overlap."""
        for match in self._pattern.finditer(folded):
            form = match[1]
            roles = self._roles.get(form) or self._roles[self._stem(form)]
            readings = tuple(r for role in roles.split() for r in _readings(role, today))
            kind = roles.partition(".")[0]
            meaning = readings[0][1] if kind in ("year", "month") else ""
            meaning = EACH_YEAR if kind == "months" else meaning
            yield Part(match.start(1), match.end(1), readings, meaning)

    def has(self, roles: frozenset[str], folded: str, today: date) -> bool:
        """Whether a folded text may have words of all these roles."""
        found = {role for part in self.parts_of(folded, today) for role, _ in part.readings}
        return roles <= found

    def _stem(self, form: str) -> str:
        return next(stem for stem in self._endless if form.startswith(stem))


@cache
def vocabulary(subject: str) -> Vocabulary:
    """The words of lists of `events`, `zones` or `financing`."""
    content = _content()
    return Vocabulary(
        [
            (roles, forms)
            for group in (content["all"], content[subject])
            for roles, languages in group.items()
            for forms in languages.values()
        ]
    )


@cache
def _content() -> dict[str, dict[str, dict[str, str]]]:
    """Group -> roles -> language -> forms."""
    source = files(__package__).joinpath("words.yaml").read_text("utf-8")
    content: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(source)
    return content


@lru_cache(maxsize=2**9)
def seasons_in(title: str) -> frozenset[str]:
    """The seasons that a title names."""
    parts = vocabulary("events").parts_of(fold(title), date.min.replace(year=1000))
    return frozenset(value for part in parts for role, value in part.readings if role == "season")


def _as_pattern(form: str) -> str:
    pattern = re.escape(form.rstrip("*")) + rf"{LETTER}*" * form.endswith("*")
    return rf"(?<!{LETTER}){pattern}(?!{LETTER})" if re.match(LETTER, form) else pattern


def _readings(role: str, today: date) -> Iterator[tuple[str, str]]:
    kind, _, value = role.partition(".")
    if kind == "year":
        yield "year", str(today.year + int(value))
    elif kind == "month":
        yield "month", month_after(today, int(value))
    elif kind == "months":
        first, last = map(int, value.split("-"))
        for month in range(first, last + 1):
            yield "month", f"{EACH_YEAR}-{month:02}"
    else:
        yield kind, value
