"""Whether what was found misses what a question names.

A figure belongs to its year, edition and country; who asks for a rent is not helped by an area.
There is one function for each kind of thing. Each gives the reason for which something is dropped,
short enough for a trace, or None.
"""

from collections.abc import Callable, Collection, Iterable
from functools import lru_cache

from index.constraints import THINGS, Constraints
from index.documents import Metadata
from index.fact_store import PassageFacts
from index.facts import OPPOSITES, Facts
from index.glossary import EntryKind, fold
from index.places import cities_in, concern, province_of, provinces_in
from index.remark import Remark

_OWN_RULES = frozenset({"HK", "MO", "TW"})
"""Customs, taxes and subsidies there are their own: what holds for the mainland says nothing."""
Rule = Callable[[Constraints, PassageFacts], Remark | None]


def matches(constraints: Constraints, passage: PassageFacts) -> Remark | None:
    """Why a passage cannot answer, by itself or by its document; None if it may."""
    return _first(_ALWAYS, constraints, passage) or _where_and_which(constraints, passage)


def _first(rules: Iterable[Rule], asked: Constraints, at: PassageFacts) -> Remark | None:
    return next(filter(None, (rule(asked, at) for rule in rules)), None)


def _where_and_which(asked: Constraints, at: PassageFacts) -> Remark | None:
    """Another place or thing; of two that are compared, one may be named, one be where it is."""
    place, thing = _first(_PLACES, asked, at), _thing(asked, at)
    if asked.compares and asked.things:
        return place and thing
    return place or thing


def sentence_matches(
    constraints: Constraints, passage: PassageFacts, sentence: Facts
) -> Remark | None:
    """Why a sentence of a passage that may answer cannot; None if it may."""
    rules = (_other_edition, _opposite, _other_time, _other_country, _other_thing)
    return next(filter(None, (rule(constraints, passage, sentence) for rule in rules)), None)


def tells_next_dates(constraints: Constraints, metadata: Metadata) -> bool:
    """Whether a series' usual dates tell when it is held next, or in the year asked about."""
    event, as_of, years = metadata.event, metadata.as_of, constraints.years
    if not event or not event.usual or constraints.editions or not constraints.asks_date:
        return False
    return not years or (as_of is not None and min(years) >= as_of.first.year)


def _code(asked: Constraints, at: PassageFacts) -> Remark | None:
    missing = [
        code
        for code in asked.codes
        if not any(named.startswith(code) for named in at.document.codes)
    ]
    if not missing:
        return None
    return Remark.of("code_not_named", "code not named: {asked}", asked=_listed(missing))


def _year(asked: Constraints, at: PassageFacts) -> Remark | None:
    if not asked.years or asked.years & at.passage.all_years:
        return None
    if tells_next_dates(asked, at.metadata):
        return None
    return Remark.of("year_not_named", "year not named: {asked}", asked=_listed(asked.years))


def _edition(asked: Constraints, at: PassageFacts) -> Remark | None:
    missing = asked.editions - at.passage.editions
    if not missing:
        return None
    return Remark.of("edition_not_named", "edition not named: {asked}", asked=_listed(missing))


def _region(asked: Constraints, at: PassageFacts) -> Remark | None:
    regions = asked.countries & _OWN_RULES
    named = at.document.countries | set(at.metadata.countries)
    if not regions or regions & named:
        return None
    return Remark.of("region_not_named", "not of {asked}", asked=_listed(regions))


def _country(asked: Constraints, at: PassageFacts) -> Remark | None:
    own = frozenset(at.metadata.countries) - {"CN"}
    told = asked.named.countries | asked.talked_of.countries
    wanted = asked.countries or told - {"CN", "EU"}
    named = own | (wanted & at.document.countries)
    if not wanted or not own or concern(wanted, named):
        return None
    text = "other country: {named}, asked {asked}"
    return Remark.of("other_country", text, named=_listed(own), asked=_listed(wanted))


def _city(asked: Constraints, at: PassageFacts) -> Remark | None:
    cities, own = _where(asked, at).cities, _home(at.metadata)[0]
    if not cities or not own or cities & at.document.cities:
        return None
    text = "other city: {named}, asked {asked}"
    return Remark.of("other_city", text, named=_listed(own), asked=_listed(cities))


def _province(asked: Constraints, at: PassageFacts) -> Remark | None:
    where, own = _where(asked, at), _home(at.metadata)[1]
    wanted = where.provinces | where.provinces_of_cities
    if not wanted or not own or wanted & {*own, *at.document.provinces}:
        return None
    if where.cities & at.document.cities:
        return None
    text = "other province: {named}, asked {asked}"
    return Remark.of("other_province", text, named=_listed(own), asked=_listed(wanted))


def _home(metadata: Metadata) -> tuple[Collection[str], Collection[str]]:
    """The Chinese cities and provinces that a document is about.

    Of one that says of no place that it is about it, those of its title and publishers: a city's
    subsidy is not for those who ask for another city's.
    """
    if metadata.countries or metadata.provinces or metadata.cities:
        return metadata.cities, metadata.provinces
    publishers = (source.publisher or "" for source in metadata.sources)
    return _home_by_names(" ".join([metadata.title, *publishers]))


@lru_cache(maxsize=2**10)
def _home_by_names(names: str) -> tuple[frozenset[str], frozenset[str]]:
    cities = cities_in(names)
    return cities, frozenset({*provinces_in(names), *map(province_of, cities)} - {""})


def _where(asked: Constraints, at: PassageFacts) -> Facts:
    """Who asks for money must say where they sit; otherwise that is beside the question."""
    return asked.named if at.metadata.financing else asked.asking


def _place(asked: Constraints, at: PassageFacts) -> Remark | None:
    """Figures of a place stand where it is named."""
    wanted = asked.asking.places
    if not asked.asks_number or not wanted or wanted & at.document.places:
        return None
    return Remark.of("place_not_named", "place not named: {asked}", asked=_listed(wanted))


def _thing(asked: Constraints, at: PassageFacts) -> Remark | None:
    title = fold(at.metadata.title)
    is_named = asked.things & at.document.entries or any(form in title for form in asked.forms)
    if is_named or not asked.things:
        return None
    return Remark.of("thing_not_named", "not named: {asked}", asked=_listed(asked.things))


_ALWAYS: tuple[Rule, ...] = (_code, _year, _edition, _region)
_PLACES: tuple[Rule, ...] = (_country, _city, _province, _place)


def _other_edition(asked: Constraints, at: PassageFacts, sentence: Facts) -> Remark | None:
    """A sentence of an event's report is of that edition, unless it names another."""
    event = at.metadata.event
    if not event or not event.edition:
        return None
    is_talked_of = f"{EntryKind.EVENT}:{event.series}" in asked.talked_of.entries
    editions = asked.editions or (asked.talked_of.editions if is_talked_of else frozenset())
    if editions:
        if editions & {event.edition, *sentence.editions}:
            return None
        text = "other edition: {named}, asked {asked}"
        return Remark.of("other_edition", text, named=event.edition, asked=_listed(editions))
    held = {day.first.year for day in (event.start, event.end) if day}
    if not asked.years or not held or asked.years & (held | sentence.years):
        return None
    text = "edition of {named}, asked {asked}"
    return Remark.of("edition_of_year", text, named=_listed(held), asked=_listed(asked.years))


def _opposite(asked: Constraints, at: PassageFacts, sentence: Facts) -> Remark | None:
    """Imports for exports, the spring fair for the autumn fair."""
    del at
    for pair in OPPOSITES:
        for side, other in (pair, pair[::-1]):
            is_asked = side in asked.sides and other not in asked.sides
            if is_asked and other in sentence.sides and side not in sentence.sides:
                text = "{named}, asked {asked}"
                return Remark.of("opposite_side", text, named=other, asked=side)
    return None


def _other_time(asked: Constraints, at: PassageFacts, sentence: Facts) -> Remark | None:
    """A sentence may leave out the year, but it names no other one; months it must name."""
    if not (asked.asks_number or asked.asks_date) or tells_next_dates(asked, at.metadata):
        return None
    if asked.months and not asked.months & sentence.months:
        text = "month not named: {asked}"
        return Remark.of("month_not_named", text, asked=_listed(asked.months))
    if not asked.years or not sentence.years or asked.years & sentence.years:
        return None
    text, named = "other year: {named}, asked {asked}", _listed(sentence.years)
    return Remark.of("other_year", text, named=named, asked=_listed(asked.years))


def _other_country(asked: Constraints, at: PassageFacts, sentence: Facts) -> Remark | None:
    """A figure's country must be named, unless the whole document is about it alone."""
    own = frozenset(at.metadata.countries) - {"CN"}
    if not asked.asks_number or not asked.countries or (own and own <= asked.countries):
        return None
    is_named = concern(asked.countries, sentence.countries)
    if is_named:
        return None
    text = "country not named: {asked}"
    return Remark.of("country_not_named", text, asked=_listed(asked.countries))


def _other_thing(asked: Constraints, at: PassageFacts, sentence: Facts) -> Remark | None:
    """Another fair, bank or zone, where the one asked about or talked of is not named."""
    del at
    named = sentence.entries_of(THINGS)
    wanted = asked.things | asked.talked_of.entries_of(THINGS)
    missed = _kinds_of(wanted) - _kinds_of(wanted & named)
    others = [thing for thing in named if _kinds_of([thing]) & missed]
    if not others:
        return None
    text = "other: {named}, asked {asked}"
    return Remark.of("other_thing", text, named=_listed(others), asked=_listed(wanted))


def _kinds_of(entries: Iterable[str]) -> set[str]:
    return {entry.partition(":")[0] for entry in entries}


def _listed(values: Iterable[object]) -> str:
    return ", ".join(sorted(map(str, values)))
