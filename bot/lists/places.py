"""What a document has to do with the places and the typed facts that a list is narrowed to."""

from collections.abc import Collection
from typing import Any

from bot.lists.filters import HOME, Filter
from bot.lists.kinds import Item, ListKind, Tie
from index.places import concern, province_of

_OWN_RULES = frozenset({"CN-HK", "CN-MO", "CN-TW"})
"""What holds for all of China does not hold there."""
_UNION = frozenset({"EU"})


def tie(kind: ListKind[Any], item: Item[Any], wanted: Filter) -> Tie:
    """How something of a list is tied to what is wanted."""
    facts, metadata = item.facts, item.document.metadata
    country, provinces, cities = _where(kind, item)
    if not _is_on_side(country, provinces, wanted):
        return Tie.NONE
    around = {province_of(city) for city in wanted["city"]}
    if kind.holds_in_area and not metadata.cities and around & provinces:
        cities = wanted["city"]  # what holds in a province holds in its cities
    partners = {*metadata.countries, *kind.partners(facts)} - {HOME}
    concerned = Tie.THERE if "partners" in wanted["side"] else kind.concerned
    in_china = [
        _tie(names, there, linked, Tie.LINKED)
        for names, there, linked in (
            (wanted["province"] - around, provinces, metadata.provinces),  # 江苏苏州 is 苏州
            (wanted["city"], cities, metadata.cities),
        )
        if names
    ]
    to_places = max(
        _tie(wanted["country"], {country}, partners, concerned),
        min(in_china, default=Tie.THERE),
    )
    names_no_place = not metadata.provinces and {*metadata.countries} <= {HOME}
    if kind.holds_in_area and names_no_place and not wanted["province"] & _OWN_RULES:
        to_places = min(to_places, Tie.UNBOUND)
    return max(to_places, _tie_to_facts(kind, facts, wanted))


def _where(kind: ListKind[Any], item: Item[Any]) -> tuple[str, frozenset[str], frozenset[str]]:
    """Country, provinces and cities that it is in, as far as its facts say."""
    country, city = kind.place(item.facts)
    metadata = item.document.metadata
    if country == HOME and (kind.at_home_where or not city):
        return HOME, frozenset(metadata.provinces), frozenset(metadata.cities)
    cities = frozenset({city} if city else ())
    return country or "", frozenset(map(province_of, cities)) - {""}, cities


def _is_on_side(country: str, provinces: frozenset[str], wanted: Filter) -> bool:
    """Whether it is in China or abroad, as wanted."""
    if "abroad" in wanted["side"]:
        return country not in ("", HOME)
    of_others = wanted["country"] and "partners" not in wanted["side"]
    if "home" not in wanted["side"] or of_others or "park-abroad" in wanted["kind"]:
        return True  # "Chinese parks in Vietnam" are in Vietnam
    return country == HOME and (not provinces or not provinces <= _OWN_RULES)


def _tie(
    wanted: frozenset[str], there: Collection[str], linked: Collection[str], other: Tie
) -> Tie:
    if not wanted or _meet(wanted, there):
        return Tie.THERE
    return other if _meet(wanted, linked) else Tie.NONE


def _meet(wanted: frozenset[str], places: Collection[str]) -> bool:
    """Whether some are the same; who wants the European Union wants its members."""
    return not wanted.isdisjoint(places) or concern(wanted & _UNION, frozenset(places))


def _tie_to_facts(kind: ListKind[Any], facts: object, wanted: Filter) -> Tie:
    """Whether the typed facts have one of the values wanted; what is for all is no close tie."""
    ties = {Tie.THERE}
    for name in kind.fields:
        value = getattr(facts, name)
        values = {str(v) for v in (value if isinstance(value, tuple) else (value,))}
        if wanted[name] and not wanted[name] & values:
            ties.add(Tie.NONE if values else Tie.UNBOUND)
    return max(ties)
