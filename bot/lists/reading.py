"""Reads what a list is narrowed to: a word is of a filter, empty, or not understood.

The words are in `words.yaml`; places, times and the glossary's names are read besides.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.lists.filters import EACH_YEAR, Part
from bot.lists.times import times_in
from bot.lists.vocabulary import LETTER, words_in
from index import Glossary
from index.glossary import EntryKind, fold
from index.lexical import words
from index.places import PROVINCES, REGIONS, place_spans

_HAN = r"[\u3400-\u9fff]"
_PHRASE = re.compile(r"[^\W_]+(?:[ \-'’&./]{1,2}[^\W_]+)*")
_ENDING = re.compile(rf"(?<={_HAN})(?:省|市|自治区|特别行政区)|(?<!{_HAN}){LETTER}*")
_NAMES = "institution company programme product event zone".split()
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


@dataclass(frozen=True, slots=True)
class ListReader:
    """Reads the words of list requests.

    Attributes:
        glossary: Whose names are recognised.
        cities: Further cities that a list can be narrowed to, by their English names.
    """

    glossary: Glossary
    cities: frozenset[str] = frozenset()

    def read(self, text: str, name: str, today: date, language: str = "") -> Reading:
        """Read a text.

        Args:
            text: A question, or the words after a command.
            name: Of the list, whose words are read.
            today: The day that "next month" is counted from.
            language: Of the text, if it is known: countries have names in each.
        """
        folded = fold(text)
        written = text if len(text) == len(folded) else folded
        found = [
            *words_in(folded, name, today),
            *times_in(folded, today),
            *_places(folded, language),
            *self._names(folded),
        ]
        parts = _with_years(_without_parts_of_words(folded, _longest(found)), today)
        unread = _PHRASE.findall(_masked(written, parts))
        return Reading(written, parts, tuple(dict.fromkeys(unread)))

    def _names(self, folded: str) -> Iterator[Part]:
        for mention in self.glossary.mentions(folded):
            entry = mention.entry
            if entry.kind in _NAMES:
                yield Part(mention.start, mention.end, (("name", entry.id),), rank=3)
            elif entry.kind is EntryKind.PLACE and entry.en in self.cities:
                yield Part(mention.start, mention.end, (("city", entry.en),), rank=_rank(entry.en))


def _rank(city: str) -> int:
    """Before the country where the city is a word for it: fairs in Dubai are not in Abu Dhabi."""
    readings = {role for part in _places(fold(city)) for role, _ in part.readings}
    return 0 if "country" in readings else 2


def _places(folded: str, language: str = "") -> Iterator[Part]:
    for place, start, end in place_spans(folded, language):
        ending = _ENDING.match(folded, end)
        yield Part(start, ending.end() if ending else end, tuple(_as_filter(place)), rank=1)
        if folded[start] == "中" and end - start == 2 and place not in PROVINCES:
            yield Part(start, end, (("country", place), ("side", "partners")))


def _as_filter(place: str) -> Iterator[tuple[str, str]]:
    if place in REGIONS:
        yield from (("country", country) for country in REGIONS[place][1].split())
    elif place == "CN":
        yield "side", "home"
    else:
        yield (
            ("province" if place in PROVINCES else "country" if place.isupper() else "city"),
            place,
        )


def _longest(found: Sequence[Part]) -> list[Part]:
    """From left to right the longest part at each place, the one of lowest rank of several."""
    chosen: list[Part] = []
    for part in sorted(found, key=lambda p: (p.start, -p.end, p.rank)):
        if not chosen or chosen[-1].end <= part.start:
            chosen.append(part)
    return chosen


def _without_parts_of_words(folded: str, chosen: Sequence[Part]) -> list[Part]:
    """Without single characters that belong to a word beside them: 在 of 在建, not of 在苏州."""
    weak = {part.start for part in chosen if part.readings == (("weak", ""),)}
    rest = _masked(folded, [part for part in chosen if part.start not in weak])
    dropped: set[int] = set()
    for run in re.finditer(_HAN + "{2,}", rest):
        inside = weak & set(range(*run.span()))
        if 0 < len(inside) < len(run[0]):
            alone = words(run[0])
            dropped.update(start for start in inside if folded[start] not in alone)
    return [part for part in chosen if part.start not in dropped]


def _with_years(chosen: Sequence[Part], today: date) -> tuple[Part, ...]:
    """Months with the year that is said of another, 2025年5月和6月.

    Halves, quarters and ends of a year are those of this year where none is named.
    """
    said = [r for part in chosen if not part.meaning for r in part.readings]
    years = {v[:4] for role, v in said if role in ("month", "day") and v[0] != EACH_YEAR}
    if any(role == "year" for part in chosen for role, _ in part.readings):
        years = {EACH_YEAR}
    this_year = str(today.year)
    if len(years) == 1:
        return tuple(_in_year(part, min(years), "") for part in chosen)
    return tuple(
        _in_year(p, this_year, this_year) if p.meaning == EACH_YEAR else p for p in chosen
    )


def _in_year(part: Part, year: str, meaning: str) -> Part:
    """A part of a year that is not named, in this one."""
    readings = tuple((role, value.replace(EACH_YEAR, year)) for role, value in part.readings)
    meaning = meaning if part.meaning == EACH_YEAR else part.meaning
    return replace(part, readings=readings, meaning=meaning)


def _masked(text: str, parts: Sequence[Part]) -> str:
    """The text with a line end for each character of the parts."""
    letters = list(text)
    for part in parts:
        letters[part.start : part.end] = "\n" * (part.end - part.start)
    return "".join(letters)
