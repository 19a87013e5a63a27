"""What a document has to do with the places and the typed facts that a list is narrowed to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.lists.filters import Filter
from bot.lists.kinds import HOME, ListKind, Tie
from index import Document, concern, province_of

_OWN_RULES = frozenset({"CN-HK", "CN-MO", "CN-TW"})
"""What holds for all of China does not hold there."""


@dataclass(frozen=True, slots=True)
class _Where:
    """Where something is, as far as its facts say; `country` is empty where they do not."""

    country: str
    provinces: frozenset[str]
    cities: frozenset[str]


def tie(kind: ListKind[Any], document: Document, wanted: Filter) -> Tie | None:
    """How a document of a list is tied to what is wanted; None if it has nothing to do with it."""
    where = _where(kind, document)
    if not _is_on_side(where, wanted):
        return None
    ties = [
        _tie_to_facts(kind, document, wanted),
        _tie_to_country(kind, document, where, wanted),
        _tie_in_china(kind, document, where, wanted),
    ]
    found = [tie for tie in ties if tie is not None]
    if len(found) == len(ties):
        return max(found)
    metadata = document.metadata
    names_no_place = not metadata.provinces and set(metadata.countries) <= {HOME}
    may_hold = kind.holds_in_area and names_no_place and not wanted["province"] & _OWN_RULES
    return Tie.UNBOUND if may_hold and ties[0] is not None else None


def _where(kind: ListKind[Any], document: Document) -> _Where:
    country, city = kind.place(kind.facts(document))
    metadata = document.metadata
    if country == HOME and (kind.at_home_where or not city):
        return _Where(HOME, frozenset(metadata.provinces), frozenset(metadata.cities))
    province = province_of(city) if city else ""
    return _Where(country or "", _known(province), _known(city))


def _known(value: str | None) -> frozenset[str]:
    return frozenset({value}) if value else frozenset()


def _is_on_side(where: _Where, wanted: Filter) -> bool:
    """Whether it is in China or abroad, as wanted."""
    if "abroad" in wanted["flag"]:
        return where.country not in ("", HOME)
    of_others = wanted["country"] and "partners" not in wanted["flag"]
    if "home" not in wanted["flag"] or of_others or "park-abroad" in wanted["kind"]:
        return True  # "Chinese parks in Vietnam" are in Vietnam
    is_outside = bool(where.provinces) and where.provinces <= _OWN_RULES
    return where.country == HOME and not is_outside


def _tie_to_facts(kind: ListKind[Any], document: Document, wanted: Filter) -> Tie | None:
    """Whether the typed facts have one of the values wanted; closer if they name any at all."""
    facts = kind.facts(document)
    named = [name for name in kind.fields if wanted[name]]
    values = {name: getattr(facts, name) for name in named}
    if not all(v == () or wanted[name] & set(_texts(v)) for name, v in values.items()):
        return None
    return Tie.UNBOUND if () in values.values() else Tie.THERE


def _texts(value: object) -> Iterable[str]:
    return map(str, value if isinstance(value, tuple) else (value,))


def _tie_to_country(
    kind: ListKind[Any], document: Document, where: _Where, wanted: Filter
) -> Tie | None:
    partners = {*document.metadata.countries, *kind.partners(kind.facts(document))} - {HOME}
    found = _tie(wanted["country"], {where.country}, partners)
    if found is not Tie.LINKED:
        return found
    return Tie.THERE if "partners" in wanted["flag"] else kind.concerned


def _tie_in_china(
    kind: ListKind[Any], document: Document, where: _Where, wanted: Filter
) -> Tie | None:
    """The closest tie to a province or a city."""
    metadata = document.metadata
    around = {province_of(city) for city in wanted["city"]}
    provinces = wanted["province"] - around  # "Suzhou, Jiangsu" is Suzhou
    if kind.holds_in_area and not metadata.cities and around & where.provinces:
        return Tie.THERE  # what holds in a province holds in its cities
    ties = [
        _tie(names, there, set(linked))
        for names, there, linked in (
            (provinces, where.provinces, metadata.provinces),
            (wanted["city"], where.cities, metadata.cities),
        )
        if names
    ]
    return min((t for t in ties if t is not None), default=None) if ties else Tie.THERE


def _tie(wanted: frozenset[str], there: set[str] | frozenset[str], linked: set[str]) -> Tie | None:
    if not wanted or _meet(wanted, there):
        return Tie.THERE
    return Tie.LINKED if _meet(wanted, linked) else None


def _meet(wanted: frozenset[str], places: set[str] | frozenset[str]) -> bool:
    """Whether some are the same; who wants the European Union wants its members."""
    return bool(wanted & places) or (
        "EU" in wanted and concern(frozenset({"EU"}), frozenset(places))
    )
