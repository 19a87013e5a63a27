"""Which list a question asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.lists.filters import EACH_YEAR, PLACES, TIMES, Filter, Part
from bot.lists.kinds import KINDS, ListKind
from bot.lists.reading import ListReader, Reading
from bot.lists.vocabulary import words_in
from index.glossary import fold

_ASKING = (frozenset({"asks", "noun"}), frozenset({"when", "standing"}))
"""Roles of the words that ask for a list: which there are, or when the next one is."""
_NAMED = frozenset({"when", "name"})
"""Who asks when the next one is has to name it."""
_TOO_LITTLE = frozenset({"kind", "side", "standing"})
"""Who names no more than one of these asks for a list without any limit."""


@dataclass(frozen=True, slots=True)
class ListRequest:
    """A question that asks for a list: of what, narrowed to what."""

    kind: ListKind[Any]
    wanted: Filter
    words: str = ""
    """What narrows it, as written: behind the list's command they ask for the same."""

    @property
    def places(self) -> frozenset[str]:
        """The countries, provinces and cities that it is narrowed to."""
        return self.wanted["country"] | self.wanted["province"] | self.wanted["city"]


def list_request(
    text: str, today: date, reader: ListReader, kinds: Iterable[ListKind[Any]] = KINDS
) -> ListRequest | None:
    """What list a question asks for; None if it asks for none, or for one without any limit.

    It asks for a list only if every word of it asks, names what is listed, or narrows that.

    Args:
        text: The question.
        today: What "this year" means.
        reader: Reads it.
        kinds: What it may ask for; none if it asks for two of them.
    """
    folded = fold(text)
    asked = [
        (kind, reading)
        for kind in kinds
        if _asks(_roles(words_in(folded, kind.name, today)))
        and _asks_for_list(reading := reader.read(text, kind.name, today))
    ]
    if len(asked) != 1:
        return None
    ((kind, reading),) = asked
    narrowed = [part for part in reading.parts if part.narrowing and not part.names_listed]
    narrowing = [r for part in narrowed for r in part.narrowing]
    is_narrowed = any(r not in _TOO_LITTLE or v == "upcoming" for r, v in narrowing)
    exactly_named = {"name"} if _roles(reading.parts) >= _NAMED else set()
    is_exact = all(kind.is_exact(r, value) or r in exactly_named for r, value in narrowing)
    wanted = Filter.of(r for part in reading.parts for r in part.readings)
    words = " ".join(map(reading.said, narrowed))
    return ListRequest(kind, wanted, words) if is_narrowed and is_exact else None


def narrowed_anew(
    before: ListRequest, text: str, today: date, reader: ListReader
) -> ListRequest | None:
    """The list before, narrowed to what a text names instead; None if it says anything else.

    Args:
        before: What was asked for.
        text: What was said then.
        today: What "this year" means.
        reader: Reads it.
    """
    reading = reader.read(text, before.kind.name, today)
    years = {
        *before.wanted["year"],
        *(month.partition("-")[0] for month in before.wanted["month"]),
    } - {EACH_YEAR}
    year = min(years) if len(years) == 1 else EACH_YEAR
    named = Filter.of(
        (role, value.replace(EACH_YEAR, year) if role in TIMES else value)
        for part in reading.parts
        for role, value in part.readings
    ).values
    if reading.unread or not named or set(named) <= _TOO_LITTLE:
        return None
    is_exact = all(before.kind.is_exact(field, v) for field in named for v in named[field])
    kept = {k: v for k, v in before.wanted.values.items() if _group(k) not in map(_group, named)}
    words = " ".join(reading.said(part) for part in reading.parts if part.narrowing)
    return ListRequest(before.kind, Filter({**kept, **named}), words) if is_exact else None


def _group(field: str) -> frozenset[str]:
    """The fields of which a new value takes the place of any other: of places, of times."""
    return next((each for each in (PLACES, TIMES) if field in each), frozenset({field}))


def _asks_for_list(reading: Reading) -> bool:
    roles = _roles(reading.parts)
    is_whole = "definition" not in roles and not reading.unread
    return is_whole and _asks(roles) and (roles >= _NAMED or "when" not in roles)


def _asks(roles: set[str]) -> bool:
    return any(roles >= asking for asking in _ASKING)


def _roles(parts: Iterable[Part]) -> set[str]:
    return {role for part in parts for role, _ in part.readings}
