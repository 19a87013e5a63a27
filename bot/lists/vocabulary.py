"""The words of list requests that are in `words.yaml`, found in a text."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from bot.lists.filters import EACH_YEAR, Part
from bot.lists.times import month_after
from index import fold

LETTER = r"[a-z0-9\u00c0-\u024f\u0400-\u04ff\u0621-\u065f]"
"""Of scripts that part words by spaces."""


class Vocabulary:
    """Words with what they say."""

    def __init__(self, roles_of: Mapping[str, str]) -> None:
        """Words with their roles, as in the file.

        Args:
            roles_of: Folded form, with `*` for any ending -> roles.
        """
        self._roles_of = roles_of
        ordered = sorted(roles_of, key=len, reverse=True)
        self._pattern = re.compile(rf"(?=({'|'.join(map(_as_pattern, ordered))}))")
        self._stems = [form for form in ordered if form.endswith("*")]

    def parts_of(self, folded: str, today: date) -> Iterator[Part]:
        """All words that a folded text has; they may overlap."""
        for match in self._pattern.finditer(folded):
            roles = self._roles(match[1])
            readings = tuple(r for role in roles.split() for r in _readings(role, today))
            kind = roles.partition(".")[0]
            meaning = readings[0][1] if kind in ("year", "month") else ""
            meaning = EACH_YEAR if kind == "months" else meaning
            yield Part(match.start(1), match.end(1), readings, meaning)

    def has(self, roles: frozenset[str], folded: str, today: date) -> bool:
        """Whether a folded text may have words of all these roles."""
        found = {role for part in self.parts_of(folded, today) for role, _ in part.readings}
        return roles <= found

    def _roles(self, form: str) -> str:
        stems = (stem for stem in self._stems if form.startswith(stem[:-1]))
        return self._roles_of[form if form in self._roles_of else next(stems)]


@cache
def vocabulary(name: str) -> Vocabulary:
    """The words of one kind of list, with those of all."""
    return Vocabulary(
        {
            form: roles
            for group in ("all", name)
            for roles, languages in words()[group].items()
            for forms in languages.values()
            for form in fold(forms).split("|")
        }
    )


@cache
def words() -> dict[str, dict[str, dict[str, str]]]:
    """Group -> roles -> language -> forms, as in the file."""
    source = files(__package__).joinpath("words.yaml").read_text("utf-8")
    content: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(source)
    return content


@lru_cache(maxsize=2**9)
def seasons_in(title: str) -> frozenset[str]:
    """The seasons that a title names."""
    parts = vocabulary("all").parts_of(fold(title), date.max)
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
