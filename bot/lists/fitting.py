"""What of a list fits a firm's profile, and why: by typed facts alone.

Nothing is left out for not fitting; what fits comes first.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from operator import itemgetter
from typing import Any

from bot.dates import has_expired
from bot.lists.change_days import ChangeDay
from bot.lists.filters import HOME
from bot.lists.kinds import Item, ListKind, Tie
from bot.lists.listing import Entry, Listing, Lists
from index.documents import Change, EventFacts, FinancingFacts, Metadata, ZoneFacts
from index.places import PROVINCES, REGIONS, concern, province_of

_INDUSTRIES = {
    "consumer-goods": frozenset({"consumer-goods"}),
    "industry": frozenset({"industry"}),
    "digital-trade": frozenset({"digital-trade", "ecommerce-pilot-zone"}),
    "services": frozenset({"services"}),
    "supply-chain": frozenset({"supply-chain"}),
}
"""Those that typed facts know -> what of an event's theme or a zone's kind is for them."""
_DIRECTIONS = {
    "export": frozenset({"exporter", "exports", "rebate"}),
    "invest": frozenset({"investor-abroad", "park-abroad", "investment"}),
}
"""What typed facts say is for exporters, and for who invests abroad."""
INDUSTRIES = tuple(_INDUSTRIES)
BOTH = "both"
DIRECTIONS = (*_DIRECTIONS, BOTH)
MARKET_REGIONS = ("ASEAN", "CENTRAL-ASIA", "GULF", "AFRICA")
"""Of `REGIONS` those that are offered as markets, besides countries."""
_MOST_COUNTRIES = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What somebody says of their firm, in codes; "" or nothing where they say nothing.

    `industry` is of `INDUSTRIES`, `province` of `PROVINCES`, `direction` of `DIRECTIONS`;
    `markets` are countries and names of `REGIONS`.
    """

    industry: str = ""
    province: str = ""
    direction: str = ""
    markets: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return self != Profile()


class Aspect(IntEnum):
    """What of a profile something fits; the lowest says most."""

    MARKETS = 0
    PROVINCE = 1
    INDUSTRY = 2
    DIRECTION = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something fits: the codes of the profile that its typed facts have."""

    aspect: Aspect
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fitting:
    """An entry of a list that fits a profile."""

    kind: ListKind[Any]
    item: Item[Any]
    reasons: tuple[Reason, ...]


def reasons_for(item: Item[Any], profile: Profile) -> tuple[Reason, ...]:
    """Why an entry of a list fits a profile, what says most first; nothing if it does not.

    Money and rules of some provinces fit nobody who is in another.
    """
    metadata = item.document.metadata
    is_local = bool(metadata.financing) or isinstance(item.facts, ChangeDay)
    is_elsewhere = profile.province and profile.province not in metadata.provinces
    if is_local and metadata.provinces and is_elsewhere:
        return ()
    typed = list(_typed(item))
    placed = [facts for facts in typed if isinstance(facts, EventFacts | ZoneFacts)]
    partners = (code for facts in placed for code in (facts.country, *facts.partner_countries))
    countries = frozenset(filter(None, (*metadata.countries, *partners))) - {HOME}
    provinces = {*metadata.provinces, *(province_of(facts.city or "") for facts in placed)}
    said = {value for facts in typed for value in _values(facts)}
    asked = tuple(_DIRECTIONS) if profile.direction == BOTH else (profile.direction,)
    found = {
        Aspect.MARKETS: tuple(
            market for market in profile.markets if concern(_countries(market), countries)
        ),
        Aspect.PROVINCE: (profile.province,) if profile.province in provinces - {""} else (),
        Aspect.INDUSTRY: _met((profile.industry,), _INDUSTRIES, said),
        Aspect.DIRECTION: _met(asked, _DIRECTIONS, said),
    }
    return tuple(Reason(aspect, codes) for aspect, codes in found.items() if codes)


def merged(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """One reason for each aspect that several have."""
    return tuple(
        Reason(aspect, tuple(dict.fromkeys(codes)))
        for aspect in Aspect
        if (codes := [c for reason in reasons if reason.aspect is aspect for c in reason.codes])
    )


def fitting_first(
    lists: Lists, kind: ListKind[Any], listing: Listing, profile: Profile, today: date
) -> Listing:
    """The same list; of what is equally close, to come or over, what fits comes first."""
    if not profile:
        return listing

    def place(entry: Entry) -> tuple[int, int, bool]:
        has_days = kind.period and not kind.newest_first
        standing = lists.nearness(kind, entry.item, today)[0] if has_days else 0
        fits = bool(reasons_for(entry.item, profile))
        return max(entry.tie, Tie.FOR), standing, not fits

    return replace(listing, entries=tuple(sorted(listing.entries, key=place)))


def best_fitting(
    lists: Lists, kind: ListKind[Any], profile: Profile, language: str, today: date, most: int
) -> list[Fitting]:
    """What of a list fits best and is still to come or to be had; in the list's order.

    Args:
        lists: Of a snapshot.
        kind: What is listed.
        profile: That it is to fit.
        language: Of titles.
        today: The day that this is seen from.
        most: So many at most.
    """
    found = [
        (position, Fitting(kind, entry.item, reasons))
        for position, entry in enumerate(lists.narrowed("", kind, language, today).entries)
        if not kind.period or lists.nearness(kind, entry.item, today)[0] == 0
        if not has_expired(entry.item.document, today)
        if not entry.item.document.metadata.replaced_by
        if (reasons := reasons_for(entry.item, profile))
    ]
    best = sorted(found, key=lambda each: (-len(each[1].reasons), each[1].reasons[0].aspect))
    return [fitting for _, fitting in sorted(best[:most], key=itemgetter(0))]


def known_countries(lists: Lists, language: str) -> list[str]:
    """The countries that most documents are about, those with the most first."""
    documents = lists.retriever.documents(language)
    counts = Counter(code for d in documents for code in d.metadata.countries if code != HOME)
    return [code for code, _ in counts.most_common(_MOST_COUNTRIES)]


def known_provinces(lists: Lists, language: str) -> list[str]:
    """All provinces, those that most documents are about first."""
    documents = lists.retriever.documents(language)
    counts = Counter(code for document in documents for code in document.metadata.provinces)
    return sorted(PROVINCES, key=lambda code: (-counts[code], code))


def _countries(market: str) -> frozenset[str]:
    return frozenset(REGIONS[market][1].split() if market in REGIONS else (market,))


def _met(
    codes: Sequence[str], known: Mapping[str, frozenset[str]], said: Set[str | None]
) -> tuple[str, ...]:
    return tuple(code for code in codes if known.get(code, frozenset()) & said)


def _typed(item: Item[Any]) -> Iterator[object]:
    """The typed facts of an entry; of a whole document those of all kinds."""
    if isinstance(item.facts, Metadata):
        metadata = item.facts
        yield from (metadata.event, metadata.zone, metadata.financing, *metadata.changes)
    else:
        yield item.facts.change if isinstance(item.facts, ChangeDay) else item.facts


def _values(facts: object) -> Sequence[str | None]:
    match facts:
        case EventFacts():
            return (facts.theme,)
        case FinancingFacts():
            return facts.audience
        case ZoneFacts() | Change():
            return (facts.kind,)
    return ()
