"""What a list is narrowed to, and whether the typed facts of a document fit that."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.lists.reading import EMPTY_ROLES
from index import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list is narrowed to; empty parts narrow nothing, of several values any will do.

    Codes are those of the typed facts. `month` and `day` are written `2026-12`, `2026-12-01`,
    with `*` for the year where they mean any. `name` holds glossary ids. `flag` may hold
    `upcoming`, `running`, `past`, `home` (in China), `abroad`, and `partners`: countries are
    those to do business with, wherever that is.
    """

    country: frozenset[str] = frozenset()
    province: frozenset[str] = frozenset()
    city: frozenset[str] = frozenset()
    year: frozenset[str] = frozenset()
    month: frozenset[str] = frozenset()
    day: frozenset[str] = frozenset()
    season: frozenset[str] = frozenset()
    edition: frozenset[str] = frozenset()
    name: frozenset[str] = frozenset()
    kind: frozenset[str] = frozenset()
    audience: frozenset[str] = frozenset()
    theme: frozenset[str] = frozenset()
    flag: frozenset[str] = frozenset()

    @classmethod
    def of(cls, readings: Iterable[tuple[str, str]]) -> "Filter":
        """A filter of (field, value), words without meaning among them."""
        values: dict[str, set[str]] = {}
        for role, value in readings:
            if role not in EMPTY_ROLES:
                values.setdefault(role, set()).add(value)
        return cls(**{role: frozenset(found) for role, found in values.items()})


def fits_facts(document: Document, wanted: Filter) -> bool:
    """Whether its kind, audience, theme and edition are among those wanted."""
    metadata = document.metadata
    zone, event, financing = metadata.zone, metadata.event, metadata.financing
    if wanted.kind and not wanted.kind & {f.kind for f in (zone, financing) if f}:
        return False
    audience = financing.audience if financing else ()
    if wanted.audience and audience and not wanted.audience & set(audience):
        return False
    if wanted.theme and (event is None or event.theme not in wanted.theme):
        return False
    return not wanted.edition or (event is not None and str(event.edition) in wanted.edition)


def ids_of(document: Document) -> frozenset[str]:
    """Glossary ids in the typed facts: the series, who organises, develops or provides it."""
    metadata = document.metadata
    named: set[str | None] = set()
    if metadata.event:
        named |= {metadata.event.series, *metadata.event.organisers}
    if metadata.zone:
        named |= set(metadata.zone.developers)
    if metadata.financing:
        named |= set(metadata.financing.providers)
    return frozenset(name for name in named if name)
