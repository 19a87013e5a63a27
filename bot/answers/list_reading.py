"""Reads what a list is narrowed to: a word is of a filter, empty, or not understood.

The words are in `list_words.yaml`; places, times and the glossary's names are read besides.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from bot.answers.list_times import EACH_YEAR, Part, month_after, times_in
from index import (
    PROVINCES,
    REGIONS,
    EntryKind,
    Glossary,
    fold,
    place_spans,
    province_of,
    words,
)

EMPTY_ROLES = frozenset({"asks", "definition", "stop", "weak", "noun"})
"""Roles of words that narrow nothing."""
LETTER = r"[a-z0-9\u00c0-\u024f\u0400-\u04ff\u0621-\u065f]"
"""Of scripts that part words by spaces."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_PHRASE = re.compile(r"[^\W_]+(?:[ \-'’&./]{1,2}[^\W_]+)*")
_ENDING = re.compile(rf"{LETTER}*")
_SUFFIX = re.compile(r"省|市|自治区|特别行政区")
_NAMES = frozenset(
    {
        EntryKind.INSTITUTION,
        EntryKind.COMPANY,
        EntryKind.PROGRAMME,
        EntryKind.PRODUCT,
        EntryKind.EVENT,
        EntryKind.ZONE,
    }
)
"""Kinds of glossary entries that a list can be narrowed to."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read as the request for a list.

    Attributes:
        text: As written, so that text[part.start:part.end] is what was read as a part.
        parts: In order of the text, none overlapping another.
        unread: What was not understood, as written.
    """

    text: str
    parts: tuple[Part, ...]
    unread: tuple[str, ...]

    def said(self, part: Part) -> str:
        """The words of a part, as written."""
        return self.text[part.start : part.end]

    @property
    def roles(self) -> frozenset[str]:
        """The roles of all parts."""
        return frozenset(role for part in self.parts for role, _ in part.readings)


@dataclass(frozen=True, slots=True)
class ListReader:
    """Reads the words of list requests.

    Attributes:
        glossary: Whose names are recognised.
        cities: Further cities that a list can be narrowed to, by their English names.
    """

    glossary: Glossary
    cities: frozenset[str] = frozenset()

    def read(self, text: str, subject: str, today: date) -> Reading:
        """Read a text.

        Args:
            text: A question, or the words after a command.
            subject: What is listed: `events`, `zones` or `financing`.
            today: The day that "next month" is counted from.
        """
        folded = fold(text)
        written = text if len(text) == len(folded) else folded
        found = [
            *vocabulary(subject).parts_of(folded, today),
            *times_in(folded, today),
            *_places(folded),
            *self._entries(folded),
        ]
        chosen = _without_parts_of_words(folded, _longest(found))
        return Reading(written, chosen, _unread(written, chosen))

    def _entries(self, folded: str) -> Iterator[Part]:
        for mention in self.glossary.mentions(folded):
            entry = mention.entry
            if entry.kind in _NAMES:
                yield Part(mention.start, mention.end, (("name", entry.id),), rank=3)
            elif entry.kind is EntryKind.PLACE and entry.en in self.cities:
                yield Part(mention.start, mention.end, (("city", entry.en),), rank=2)


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
            named = roles.partition(".")[0] in ("year", "month")
            meaning = readings[0][1] if named else ""
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
    source = files(__package__).joinpath("list_words.yaml").read_text("utf-8")
    content: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(source)
    return Vocabulary(
        [
            (roles, forms)
            for group in (content["all"], content[subject])
            for roles, languages in group.items()
            for forms in languages.values()
        ]
    )


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


def _places(folded: str) -> Iterator[Part]:
    for place, start, end in place_spans(folded):
        rest = (_SUFFIX if _HAN.match(folded[end - 1]) else _ENDING).match(folded, end)
        yield Part(start, rest.end() if rest else end, tuple(_place_readings(place)), rank=1)
        if folded[start] == "中" and end - start == 2 and place not in PROVINCES:
            yield Part(start, end, (("country", place), ("flag", "partners")))


def _place_readings(place: str) -> Iterator[tuple[str, str]]:
    if place in PROVINCES:
        yield "province", place
    elif place in REGIONS:
        for country in REGIONS[place][1].split():
            yield "country", country
    elif place == "CN":
        yield "flag", "home"
    elif place.isupper():
        yield "country", place
    else:
        yield "city", place


def city_province(city: str) -> str:
    """ISO 3166-2 code of the province of a Chinese city; nothing where it is not known."""
    try:
        return province_of(city)
    except KeyError:
        return next((code for code, names in PROVINCES.items() if city in names), "")


def _longest(found: Sequence[Part]) -> list[Part]:
    """From left to right the longest part at each place, the one of lowest rank of several."""
    chosen: list[Part] = []
    for part in sorted(found, key=lambda p: (p.start, -p.end, p.rank)):
        if not chosen or chosen[-1].end <= part.start:
            chosen.append(part)
    return chosen


def _without_parts_of_words(folded: str, chosen: Sequence[Part]) -> tuple[Part, ...]:
    """Without single characters that belong to a word beside them: 在 of 在建, not of 在苏州."""
    weak = {part.start: part for part in chosen if part.readings == (("weak", ""),)}
    rest = _masked(folded, [part for part in chosen if part.start not in weak])
    dropped: set[int] = set()
    for run in re.finditer(r"[\u3400-\u9fff]{2,}", rest):
        inside = [start for start in weak if run.start() <= start < run.end()]
        if 0 < len(inside) < run.end() - run.start():
            alone = words(run[0])
            dropped.update(start for start in inside if folded[start] not in alone)
    return tuple(part for part in chosen if part.start not in dropped)


def _unread(written: str, chosen: Sequence[Part]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_PHRASE.findall(_masked(written, chosen))))


def _masked(text: str, parts: Sequence[Part]) -> str:
    """The text with a line end for each character of the parts."""
    letters = list(text)
    for part in parts:
        letters[part.start : part.end] = "\n" * (part.end - part.start)
    return "".join(letters)
