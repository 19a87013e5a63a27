"""Documents in force that give different numbers or days for the same thing."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.dates import dates_in
from index.documents import Document, EventFacts
from index.duplicates import alike, shingles
from index.facts import Facts, facts_of
from index.glossary import Glossary
from index.language import letters_of
from index.numbers import numbers_in
from index.structure import Kind, units

_DIGITS = re.compile(r"\d+")
_LEAST_LETTERS = 12
"""A sentence with fewer, numbers left out, names nothing that could be told from other things."""
_PART_OF_YEAR = re.compile(
    r"[上下]半年|第?[一二三四1-4]季度|\bQ[1-4]\b"
    r"|\b(?:first|second|third|fourth) (?:half|quarter)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two documents of which one at most is right; `sentence` is the first line of one's."""

    document: Document
    other: Document
    sentence: str
    said_there: str


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence that gives numbers."""

    document: Document
    text: str

    def contradicts(self, other: "_Said", glossary: Glossary) -> bool:
        """Whether both are about one thing at one time, and each has a number the other lacks."""
        if self.document.stem == other.document.stem:
            return False
        mine, theirs = numbers_in(self.text), numbers_in(other.text)
        if not (mine - theirs and theirs - mine):
            return False
        return self._when() == other._when() and _named(self.text, glossary) == _named(
            other.text, glossary
        )

    def _when(self) -> tuple[list[tuple[date, date]], set[str]]:
        parts = (part.casefold() for part in _PART_OF_YEAR.findall(self.text))
        return sorted(dates_in(self.text)), set(parts)


def contradictions(
    documents: Sequence[Document], glossary: Glossary, today: date
) -> Iterator[Contradiction]:
    """What documents in force say otherwise than an earlier one in force.

    Compared are sentences of one language that differ in little but their numbers, and the days
    of one edition of an event. Other years, places and names make another thing.
    """
    live = [document for document in documents if _is_live(document, today)]
    yield from _of_events(live)
    seen: dict[str, list[int]] = defaultdict(list)
    known: list[set[str]] = []
    said: list[_Said] = []
    for sentence in _with_numbers(live):
        letters = _DIGITS.sub("", letters_of(sentence.text))
        if len(letters) < _LEAST_LETTERS:
            continue
        runs = shingles(letters)
        twins = (said[at] for at in alike(runs, seen, known))
        for twin in twins:
            if sentence.contradicts(twin, glossary):
                first_line = sentence.text.split("\n")[0]
                yield Contradiction(sentence.document, twin.document, first_line, twin.text)
                break
        for run in runs:
            seen[run].append(len(said))
        known.append(runs)
        said.append(sentence)


def _is_live(document: Document, today: date) -> bool:
    metadata = document.metadata
    is_over = metadata.valid_until is not None and metadata.valid_until.last < today
    return not is_over and metadata.replaced_by is None


def _with_numbers(documents: Sequence[Document]) -> Iterator[_Said]:
    for document in documents:
        for unit in units(document.text):
            text = document.text[unit.quote_start : unit.end]
            if unit.kind in (Kind.SENTENCE, Kind.ITEM) and _DIGITS.search(text):
                yield _Said(document, text)


def _named(text: str, glossary: Glossary) -> Facts:
    """What a text is about; bare numbers that may be codes are what is compared."""
    facts = facts_of(text, glossary)
    return replace(facts, codes=frozenset(code for code in facts.codes if not code.isdecimal()))


def _of_events(documents: Sequence[Document]) -> Iterator[Contradiction]:
    """Documents that give one edition of an event other days."""
    first: dict[tuple[str, int], Document] = {}
    for document in documents:
        event = document.metadata.event
        if not (event and event.series and event.edition):
            continue
        other = first.setdefault((event.series, event.edition), document)
        known = other.metadata.event
        if known and other.stem != document.stem and _days(event) != _days(known):
            yield Contradiction(document, other, "event:", _days(known))


def _days(event: EventFacts) -> str:
    return f"{event.start} to {event.end}"
