"""What a question names that a follow-up can put something else in the place of.

"那江苏呢？" after "上海的平台怎么落地？" names another province, "And the 137th?" another edition.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from index import (
    EDITION,
    OPPOSITES,
    PROVINCES,
    RELATIVE_YEARS,
    SIDES,
    THINGS,
    YEAR,
    Document,
    EntryKind,
    Glossary,
    cities_in,
    editions_in,
    fold,
    place_spans,
    province_of,
    regions_in,
)

IN_CHINA = "place in China"
ABROAD = "place abroad"
TIME = "year"
NUMBER = "edition"
SIDE = "side"
"""Spring or autumn, imports or exports, the first half of a year or the second."""
_NAMED = {*THINGS, EntryKind.TERM, EntryKind.POLICY}
_RELATIVE_EDITIONS = {
    "before": re.compile(
        r"[上前]一?[届屆]|\b(?:previous|preceding) (?:one|edition)", re.IGNORECASE
    ),
    "after": re.compile(r"[下后後]一?[届屆]|\b(?:next|following) (?:one|edition)", re.IGNORECASE),
}
_KIND_OF_PLACE = re.compile(r"省|市(?!场)|自治区")


@dataclass(frozen=True, slots=True)
class Slot:
    """Something named at text[start:end]; `names` tells what, the same in every language."""

    sort: str
    names: str
    start: int
    end: int
    text: str


def is_thing(slot: Slot) -> bool:
    """Whether it is a fair, a zone, a product, an institution: not only where or when."""
    return slot.sort in THINGS


def is_where_or_when(slot: Slot) -> bool:
    """Whether it is a place, a time or an edition: none that a question is about by itself."""
    return slot.sort not in _NAMED


def names_something(text: str, glossary: Glossary, today: date) -> bool:
    """Whether a text says which fair, zone, policy, place, time or edition it is about."""
    return any(slot.sort != EntryKind.TERM for slot in slots_in(text, glossary, today))


def aligned(text: str) -> str:
    """The text that slots are counted in: folded, if a letter of it folds into two (ß, ﬁ)."""
    folded = fold(text)
    return text if len(folded) == len(text) else folded


@lru_cache(maxsize=2**12)
def slots_in(text: str, glossary: Glossary, today: date) -> tuple[Slot, ...]:
    """All that a text names, in order, none within another.

    Args:
        text: Of a question or a document; the slots count in `aligned(text)`.
        glossary: Recognises names.
        today: What "this year" means.
    """
    text = aligned(text)
    places = [_place(text, *found) for found in place_spans(text) if found[0] != "CN"]
    things = [
        (mention.entry.kind.value, mention.entry.id, mention.start, mention.end)
        for mention in glossary.mentions(text)
        if mention.entry.kind in _NAMED
    ]
    found = [*places, *things, *_times(text, today)]
    kept: list[Slot] = []
    for sort, names, start, end in sorted(found, key=lambda f: f[2] - f[3]):
        if all(end <= slot.start or slot.end <= start for slot in kept):
            kept.append(Slot(sort, names, start, end, text[start:end]))
    return tuple(sorted(kept, key=lambda slot: slot.start))


def _place(text: str, name: str, start: int, end: int) -> tuple[str, str, int, int]:
    is_home = name in PROVINCES or bool(cities_in(name))
    kind = _KIND_OF_PLACE.match(text, end)
    return IN_CHINA if is_home else ABROAD, name, start, kind.end() if kind else end


def _times(text: str, today: date) -> Iterable[tuple[str, str, int, int]]:
    for match in YEAR.finditer(text):
        end = match.end() + text[match.end() :].startswith("年")
        yield TIME, match[1], match.start(), end
    for match in EDITION.finditer(text):
        yield NUMBER, str(next(filter(None, match.groups()))), *match.span()
    said = [
        *((TIME, str(today.year + step), said) for step, said in RELATIVE_YEARS.items()),
        *((NUMBER, step, said) for step, said in _RELATIVE_EDITIONS.items()),
        *(
            (f"{SIDE} {number}", side, SIDES[side])
            for number, pair in enumerate(OPPOSITES)
            for side in pair
        ),
    ]
    for sort, names, pattern in said:
        for match in pattern.finditer(text):
            yield sort, names, *match.span()


def names_all(
    slots: Sequence[Slot], document: Document, quote: str, glossary: Glossary, today: date
) -> bool:
    """Whether a quote is about what a follow-up newly names: one thing of each sort."""
    named = {s.sort for s in slots if is_named_by(s, document, quote, glossary, today)}
    return named == {slot.sort for slot in slots}


def is_named_by(
    slot: Slot, document: Document, quote: str, glossary: Glossary, today: date
) -> bool:
    """Whether a quote and its document are about what a follow-up names.

    A quote that names only another of its sort is about that one, and so is a document that has
    another in its title and only mentions this one, or that mentions a place elsewhere.
    """
    if slot.sort.startswith(SIDE):  # told by the constraints
        return True
    metadata = document.metadata
    in_quote = [each for each in slots_in(quote, glossary, today) if each.sort == slot.sort]
    if in_quote:
        return slot.names in _names_of(in_quote)
    if slot.names in _names_of(slots_in(metadata.title, glossary, today)) | _typed(document):
        return True
    if slot.sort in (IN_CHINA, ABROAD):
        return False
    if any(each.sort == slot.sort for each in slots_in(metadata.title, glossary, today)):
        return False
    return slot.names in _names_of(slots_in(document.text, glossary, today))


def _names_of(slots: Sequence[Slot]) -> frozenset[str]:
    """What is named; a city stands for its province as well, a region for its countries."""
    places = " ".join(slot.text for slot in slots if slot.sort in (IN_CHINA, ABROAD))
    provinces = {province_of(city) for city in cities_in(places)}
    return frozenset({slot.names for slot in slots} | provinces | regions_in(places))


def _typed(document: Document) -> frozenset[str]:
    """What a document is about by its typed facts; of several places none in particular is."""
    metadata, event = document.metadata, document.metadata.event
    listed = (set(metadata.countries) - {"CN"}, metadata.provinces, metadata.cities)
    found = {place for places in listed if len(places) == 1 for place in places}
    found |= {str(number) for number in editions_in(metadata.title)}
    if metadata.as_of:
        found.add(str(metadata.as_of.first.year))
    if event:
        days = (event.start, event.end)
        found |= {str(day.first.year) for day in days if day} | {event.series or ""}
        found.add(str(event.edition or ""))
    return frozenset(found)
