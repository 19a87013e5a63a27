"""Exact lists from the typed facts: events, zones, financing. Nothing here is guessed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from bot.answers.dates import event_status
from index import (
    Audience,
    Document,
    FinancingKind,
    Retriever,
    ZoneKind,
    countries_in,
    provinces_in,
    regions_in,
)

_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list is narrowed to; empty parts narrow nothing.

    `countries` matches any of them. `zone_kinds` and `financing_kinds` are of the typed facts.
    """

    countries: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    year: int | None = None
    month: int | None = None
    upcoming: bool = False
    zone_kinds: frozenset[ZoneKind] = frozenset()
    financing_kinds: frozenset[FinancingKind] = frozenset()
    audiences: frozenset[Audience] = frozenset()


def events(retriever: Retriever, language: str, wanted: Filter, today: date) -> list[Document]:
    """Events with dates, earliest first."""
    found = [
        document
        for document in retriever.documents(language)
        if document.metadata.event
        and document.metadata.event.start
        and _fits_place(document, wanted)
        and _fits_time(document, wanted, today)
    ]
    return sorted(found, key=_first_day)


def zones(retriever: Retriever, language: str, wanted: Filter) -> list[Document]:
    """Zones and parks, by country and title."""
    found = [
        document
        for document in retriever.documents(language)
        if (zone := document.metadata.zone)
        and (not wanted.zone_kinds or zone.kind in wanted.zone_kinds)
        and _fits_place(document, wanted)
    ]
    return sorted(
        found, key=lambda d: (d.metadata.zone.country if d.metadata.zone else "", d.stem)
    )


def financing(retriever: Retriever, language: str, wanted: Filter) -> list[Document]:
    """Financing products and rules, by kind and title."""
    found = [
        document
        for document in retriever.documents(language)
        if (facts := document.metadata.financing)
        and (not wanted.financing_kinds or facts.kind in wanted.financing_kinds)
        and (not wanted.audiences or wanted.audiences & set(facts.audience))
        and _fits_place(document, wanted)
    ]
    return sorted(
        found, key=lambda d: (d.metadata.financing.kind if d.metadata.financing else "", d.stem)
    )


def _fits_place(document: Document, wanted: Filter) -> bool:
    metadata = document.metadata
    if wanted.provinces and not wanted.provinces & set(metadata.provinces):
        return False
    if not wanted.countries:
        return True
    concerned = set(metadata.countries) - {"CN"}
    if metadata.event:
        concerned |= set(metadata.event.partner_countries)
    return bool(wanted.countries & concerned)


def _fits_time(document: Document, wanted: Filter, today: date) -> bool:
    event = document.metadata.event
    if event is None or event.start is None:
        return False
    first, last = event.start.first, (event.end or event.start).last
    status = event_status(event, today)
    if wanted.upcoming and status and status.has_passed:
        return False
    if wanted.year and not first.year <= wanted.year <= last.year:
        return False
    return not wanted.month or first.month <= wanted.month <= last.month


def _first_day(document: Document) -> date:
    event = document.metadata.event
    return event.start.first if event and event.start else date.max


_LIST = re.compile(
    r"有哪些|哪些|有什么(?:展|活动|贷款|园|补贴)|列出|列一下|哪几个|清单|一览|"
    r"\b(?:which|what) (?:\w+ ){0,3}(?:events?|fairs?|expos?|exhibitions?|"
    r"zones?|parks?|loans?|subsid\w+)\b(?! (?:cent(?:re|er)|hall|venue|ground)s?\b)|"
    r"\blist\b|\bare there (?:any )?|какие|перечисли|どんな|一覧|어떤|목록|ما هي",
    re.IGNORECASE,
)
_ASKS_ELSE = re.compile(
    r"多少|利率|几家|怎么|如何|为什么|什么时候|成果|"
    r"how (?:many|much|do|can)|\bwhy\b|\bwhen\b|rates?\b|"
    r"(?:哪些|哪几个|какие |(?:which|what) )(?:国家|国|經濟體|经济体|企业|公司|城市|品牌|行业|"
    r"部门|单位|стран|компан|отрасл|льгот|countries|companies|firms|industries|sectors|cities)|具体是哪些|"
    r"第\s*\d+\s*[届屆]|\b\d+(?:st|nd|rd|th)\b|\b\d+-[йяею]\b",
    re.IGNORECASE,
)
"""Asks for a figure, a reason or something of one event, and only names a list in passing."""
_NOUNS = {
    "events": re.compile(
        r"展会|展览会|博览会|活动|对接会|会展|交易会|\b(?:events?|fairs?|expos?|exhibitions?)\b|выставк|展示会|전시회|박람회|معارض",
        re.IGNORECASE,
    ),
    "zones": re.compile(
        r"合作区|园区|产业园|工业园|经贸区|\b(?:zones?|parks?)\b|парк|зон[аы]|協力区|단지|منطقة|مناطق",
        re.IGNORECASE,
    ),
    "financing": re.compile(
        r"贷款|融资产品|融资政策|保险产品|补贴|"
        r"\b(?:loans?|subsid(?:y|ies)|financing products?)\b|кредит|субсиди",
        re.IGNORECASE,
    ),
}
_MONTH_ZH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月(?!\d*日)")
_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_YEAR = re.compile(r"(?<!\d)20\d{2}(?!\d)")
_UPCOMING = re.compile(
    r"接下来|即将|未来|还有哪些|近期|upcoming|coming up|next few", re.IGNORECASE
)
_ZONE_KINDS = {
    ZoneKind.SINO_FOREIGN_SME_ZONE: re.compile(
        r"中外中小企业合作区|sino-foreign sme|sme cooperation zone", re.I
    ),
    ZoneKind.ECOMMERCE_PILOT_ZONE: re.compile(r"跨境电商综试区|综合试验区|pilot zones?", re.I),
    ZoneKind.PARK_ABROAD: re.compile(r"境外|海外|国外|abroad|overseas", re.I),
}
_FINANCING_KINDS = {
    FinancingKind.SUBSIDY: re.compile(r"补贴|资助|subsid|grants?\b", re.I),
    FinancingKind.LOAN: re.compile(r"贷款|\bloans?\b", re.I),
    FinancingKind.FOREIGN_DEBT: re.compile(r"贷款|外债|\bloans?\b|foreign debt", re.I),
    FinancingKind.INSURANCE: re.compile(r"保险|insurance", re.I),
    FinancingKind.HEDGING: re.compile(r"避险|套保|hedg", re.I),
}
_AUDIENCES = {
    Audience.SPECIALIZED: re.compile(r"专精特新|小巨人|specialized, refined|little giants?", re.I),
    Audience.HIGH_TECH: re.compile(r"高新技术|high-tech", re.I),
    Audience.TECH_SME: re.compile(r"科技型中小企业|technology-based", re.I),
}


def filter_of(text: str, today: date | None, years: Iterable[int] = ()) -> Filter:
    """What a text narrows a list to.

    Args:
        text: A question, or the words after a command.
        today: What "this year" means, where `years` are not given.
        years: That the text names.
    """
    given = sorted(years) or ([int(y) for y in _YEAR.findall(text)] if today else [])
    folded = text.casefold()
    month = _MONTH_ZH.search(text)
    months = [n for n, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name}\b", folded)]
    return Filter(
        countries=(countries_in(text) - {"CN"}) | regions_in(text),
        provinces=provinces_in(text),
        year=given[0] if len(given) == 1 else None,
        month=int(month[1]) if month else (months[0] if len(months) == 1 else None),
        upcoming=bool(_UPCOMING.search(text)),
        zone_kinds=_matching(_ZONE_KINDS, text),
        financing_kinds=_matching(_FINANCING_KINDS, text),
        audiences=_matching(_AUDIENCES, text),
    )


@dataclass(frozen=True, slots=True)
class ListRequest:
    """A question that asks for a list: of what, narrowed to what."""

    subject: str
    wanted: Filter


def list_request(text: str, years: Iterable[int]) -> ListRequest | None:
    """What list a question asks for; None if it asks for none, or for one without any limit.

    Args:
        text: The question.
        years: That it names, also as "this year".
    """
    subjects = [subject for subject, noun in _NOUNS.items() if noun.search(text)]
    if not _LIST.search(text) or _ASKS_ELSE.search(text) or len(subjects) != 1:
        return None
    (subject,) = subjects
    wanted = filter_of(text, None, years)
    if subject != "events":
        wanted = replace(wanted, year=None, month=None, upcoming=False)
    if subject != "zones":
        wanted = replace(wanted, zone_kinds=frozenset())
    if subject != "financing":
        wanted = replace(wanted, financing_kinds=frozenset(), audiences=frozenset())
    narrowed = (
        wanted.countries or wanted.provinces or wanted.month or wanted.year or wanted.upcoming
    )
    return ListRequest(subject, wanted) if narrowed or wanted.audiences else None


def _matching(patterns: Mapping[_Kind, re.Pattern[str]], text: str) -> frozenset[_Kind]:
    return frozenset(kind for kind, pattern in patterns.items() if pattern.search(text))


def fulfil(
    request: ListRequest, retriever: Retriever, language: str, today: date
) -> Sequence[Document]:
    """The documents of a list."""
    if request.subject == "events":
        return events(retriever, language, request.wanted, today)
    if request.subject == "zones":
        return zones(retriever, language, request.wanted)
    return financing(retriever, language, request.wanted)
