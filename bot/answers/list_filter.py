"""What a list is narrowed to, and what a document's typed facts say of that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from bot.answers.dates import event_status
from bot.answers.list_reading import EMPTY_ROLES, city_province, seasons_in
from bot.answers.list_times import EACH_YEAR
from bot.answers.values import EventStatus
from index import Document, EventFacts, PartialDate

_HOME = "CN"
_OWN_RULES = frozenset({"CN-HK", "CN-MO", "CN-TW"})
"""What holds for all of China does not hold there."""
_SEASONS = {
    "spring": (3, 4, 5),
    "summer": (6, 7, 8),
    "autumn": (9, 10, 11),
    "winter": (12, 1, 2),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list is narrowed to; empty parts narrow nothing, of several values any will do.

    Codes are those of the typed facts. `month` and `day` are written `2026-12`, `2026-12-01`,
    with `*` for the year where they mean any. `name` holds glossary ids. `flag` may hold
    `upcoming`, `home` (in China), `abroad`, and `partners`: countries are those to do business
    with, wherever that is.
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


class Tie(IntEnum):
    """What a document has to do with the places wanted; the lowest is the closest."""

    THERE = 0
    """It is there, or holds there in particular."""
    LINKED = 1
    """It is elsewhere, and a partner or a developer is from there."""
    UNBOUND = 2
    """It names no place or nobody that it is for, and so may hold there as well."""


@dataclass(frozen=True, slots=True)
class _Where:
    """Where something is, and what else it has to do with: countries, provinces, cities."""

    country: str
    provinces: frozenset[str]
    cities: frozenset[str]


def tie(document: Document, wanted: Filter) -> Tie | None:
    """How a document is tied to the places wanted; None if it has nothing to do with them."""
    metadata = document.metadata
    where = _where(document)
    if metadata.financing is None and not _fits_side(where.country, wanted):
        return None
    ties = [
        _tie(wanted.country, frozenset({where.country}), _partners(document)),
        *_ties_in_china(document, where, wanted),
    ]
    if None not in ties:
        is_for_all = metadata.financing and wanted.audience and not metadata.financing.audience
        return Tie.UNBOUND if is_for_all else max(t for t in ties if t is not None)
    is_unbound = not metadata.provinces and set(metadata.countries) <= {_HOME}
    if metadata.financing and is_unbound and not wanted.province & _OWN_RULES:
        return Tie.UNBOUND
    return None


def _fits_side(country: str, wanted: Filter) -> bool:
    """Whether it is in China or abroad, as wanted."""
    if "abroad" in wanted.flag:
        return country not in ("", _HOME)
    of_others = wanted.country and "partners" not in wanted.flag
    if "home" not in wanted.flag or of_others or "park-abroad" in wanted.kind:
        return True  # "Chinese parks in Vietnam" are in Vietnam
    return country == _HOME


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
    if not wanted or wanted & there:
        return Tie.THERE
    return Tie.LINKED if wanted & linked else None


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
    foreign = set(metadata.countries) - {_HOME}
    return _Where(next(iter(sorted(foreign)), _HOME), provinces, cities)


def _one(value: str | None) -> frozenset[str]:
    return frozenset({value}) if value else frozenset()


def _partners(document: Document) -> frozenset[str]:
    metadata = document.metadata
    facts = metadata.event or metadata.zone
    partners = facts.partner_countries if facts else ()
    return frozenset((set(metadata.countries) | set(partners)) - {_HOME})


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


def fits_time(document: Document, wanted: Filter, today: date) -> bool:
    """Whether an event takes place when it is wanted, as far as its dates are stated.

    An event of which only the year is known takes place in no month of it.
    """
    event = document.metadata.event
    if event is None or not _names_time(wanted):
        return True
    if event.start is None:
        return _fits_usual(event, wanted)
    if "upcoming" in wanted.flag and event_status(event, today) is EventStatus.PAST:
        return False
    months = _months_of(event.start, event.end)
    return (
        _on_a_day(event.start, event.end or event.start, wanted)
        and _in_season(document, months, wanted)
        and _in_year_and_month(event.start, event.end, months, wanted)
    )


def _names_time(wanted: Filter) -> bool:
    named = wanted.year or wanted.month or wanted.day or wanted.season
    return bool(named or "upcoming" in wanted.flag)


def _fits_usual(event: EventFacts, wanted: Filter) -> bool:
    """Whether a usual calendar fits: it has months, and no year."""
    months = {m for dates in event.usual for m in _span(int(dates.start[:2]), int(dates.end[:2]))}
    if wanted.year or wanted.day or "upcoming" in wanted.flag:
        return False
    starts = {int(dates.start[:2]) for dates in event.usual}
    if wanted.season and not starts & {m for s in wanted.season for m in _SEASONS[s]}:
        return False
    return not wanted.month or bool({f"{EACH_YEAR}-{m:02}" for m in months} & wanted.month)


def _span(first: int, last: int) -> Iterable[int]:
    return range(first, last + 1) if first <= last else (*range(first, 13), *range(1, last + 1))


def _on_a_day(start: PartialDate, end: PartialDate, wanted: Filter) -> bool:
    if not wanted.day:
        return True
    if start.first != start.last or end.first != end.last:
        return False
    years = sorted({start.first.year, end.first.year})
    days = {day.replace(EACH_YEAR, str(year)) for day in wanted.day for year in years}
    return any(start.first.isoformat() <= day <= end.last.isoformat() for day in days)


def _months_of(start: PartialDate, end: PartialDate | None) -> list[tuple[int, int]]:
    """The months that an event takes place in; none if only its year is known."""
    last = end if end and _is_month(end) else start
    if not _is_month(start):
        return []
    first_month = 12 * start.first.year + start.first.month - 1
    last_month = 12 * last.first.year + last.first.month - 1
    return [(month // 12, month % 12 + 1) for month in range(first_month, last_month + 1)]


def _is_month(day: PartialDate) -> bool:
    return (day.first.year, day.first.month) == (day.last.year, day.last.month)


def _years_of(start: PartialDate, end: PartialDate | None) -> frozenset[str]:
    return frozenset(map(str, range(start.first.year, (end or start).last.year + 1)))


def _in_year_and_month(
    start: PartialDate, end: PartialDate | None, months: list[tuple[int, int]], wanted: Filter
) -> bool:
    if wanted.month:
        return any(_is_wanted(year, month, wanted) for year, month in months)
    return not wanted.year or bool(wanted.year & _years_of(start, end))


def _is_wanted(year: int, month: int, wanted: Filter) -> bool:
    if f"{year}-{month:02}" in wanted.month:
        return True
    in_year = not wanted.year or str(year) in wanted.year
    return in_year and f"{EACH_YEAR}-{month:02}" in wanted.month


def _in_season(document: Document, months: list[tuple[int, int]], wanted: Filter) -> bool:
    """Whether it starts in a season, or is named after it, as fairs of spring and autumn are."""
    if not wanted.season:
        return True
    if months:
        return any(months[0][1] in _SEASONS[season] for season in wanted.season)
    return bool(wanted.season & seasons_in(document.metadata.title))
