"""What a document has to do with the places that a list is narrowed to."""

from dataclasses import dataclass
from enum import IntEnum

from bot.lists.filters import Filter
from bot.lists.reading import city_province
from index import Document, concern

_HOME = "CN"
_OWN_RULES = frozenset({"CN-HK", "CN-MO", "CN-TW"})
"""What holds for all of China does not hold there."""


class Tie(IntEnum):
    """What a document has to do with the places wanted; the lowest is the closest."""

    THERE = 0
    """It is there, or holds there in particular."""
    FOR = 1
    """An event elsewhere that concerns that country: a partner of it, or its market."""
    LINKED = 2
    """It is elsewhere, and a partner or a developer is from there."""
    UNBOUND = 3
    """It names no place or nobody that it is for, and so may hold there as well."""


@dataclass(frozen=True, slots=True)
class _Where:
    """Where something is, as far as its facts say; `country` is empty where they do not."""

    country: str
    provinces: frozenset[str]
    cities: frozenset[str]


def tie(document: Document, wanted: Filter) -> Tie | None:
    """How a document is tied to the places wanted; None if it has nothing to do with them."""
    metadata = document.metadata
    where = _where(document)
    if not _fits_side(document, where.country, wanted):
        return None
    ties = [
        _tie_to_country(document, where, wanted),
        *_ties_in_china(document, where, wanted),
    ]
    if None not in ties:
        is_for_all = metadata.financing and wanted.audience and not metadata.financing.audience
        return Tie.UNBOUND if is_for_all else max(t for t in ties if t is not None)
    is_unbound = not metadata.provinces and set(metadata.countries) <= {_HOME}
    if metadata.financing and is_unbound and not wanted.province & _OWN_RULES:
        return Tie.UNBOUND
    return None


def _fits_side(document: Document, country: str, wanted: Filter) -> bool:
    """Whether it is in China or abroad, as wanted."""
    if document.metadata.financing:
        return "home" not in wanted.flag or not _OWN_RULES & set(document.metadata.provinces)
    if "abroad" in wanted.flag:
        return country not in ("", _HOME)
    of_others = wanted.country and "partners" not in wanted.flag
    if "home" not in wanted.flag or of_others or "park-abroad" in wanted.kind:
        return True  # "Chinese parks in Vietnam" are in Vietnam
    return country == _HOME


def _tie_to_country(document: Document, where: _Where, wanted: Filter) -> Tie | None:
    partners = _partners(document)
    there = partners if document.metadata.financing else frozenset({where.country})
    found = _tie(wanted.country, there, partners)
    if found is not Tie.LINKED:
        return found
    if "partners" in wanted.flag:
        return Tie.THERE
    return Tie.FOR if document.metadata.event else Tie.LINKED


def _ties_in_china(document: Document, where: _Where, wanted: Filter) -> list[Tie | None]:
    """The closest tie to a province or a city; nothing if none is wanted."""
    metadata = document.metadata
    around = {city_province(city) for city in wanted.city}
    provinces = wanted.province - around  # "Suzhou, Jiangsu" is Suzhou
    if not provinces and not wanted.city:
        return []
    ties = [
        _tie(provinces, where.provinces, frozenset(metadata.provinces)) if provinces else None,
        _tie(wanted.city, where.cities, frozenset(metadata.cities)) if wanted.city else None,
    ]
    if metadata.financing and not metadata.cities and around & where.provinces:
        return [Tie.THERE]  # what holds in a province holds in its cities
    return [min((t for t in ties if t is not None), default=None)]


def _tie(wanted: frozenset[str], there: frozenset[str], linked: frozenset[str]) -> Tie | None:
    if not wanted or _meet(wanted, there):
        return Tie.THERE
    return Tie.LINKED if _meet(wanted, linked) else None


def _meet(wanted: frozenset[str], places: frozenset[str]) -> bool:
    """Whether some are the same; who wants the European Union wants its members."""
    return bool(wanted & places) or ("EU" in wanted and concern(frozenset({"EU"}), places))


def _where(document: Document) -> _Where:
    metadata = document.metadata
    provinces, cities = frozenset(metadata.provinces), frozenset(metadata.cities)
    if metadata.zone:
        if metadata.zone.country == _HOME:
            return _Where(_HOME, provinces, cities)
        return _Where(metadata.zone.country, frozenset(), _one(metadata.zone.city))
    if metadata.event:
        country, city = metadata.event.country or "", metadata.event.city
        if city:
            return _Where(country, _one(city_province(city)), _one(city))
        is_known = country == _HOME
        nowhere: frozenset[str] = frozenset()
        return _Where(country, provinces if is_known else nowhere, cities if is_known else nowhere)
    return _Where(_HOME, provinces, cities)


def _one(value: str | None) -> frozenset[str]:
    return frozenset({value}) if value else frozenset()


def _partners(document: Document) -> frozenset[str]:
    metadata = document.metadata
    facts = metadata.event or metadata.zone
    partners = facts.partner_countries if facts else ()
    return frozenset((set(metadata.countries) | set(partners)) - {_HOME})
