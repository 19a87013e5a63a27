"""The values everything is made of: documents, passages, hits and the typed facts of a document.

Nothing here reads files, encodes or searches. A document is read by `index.loading`.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    model_validator,
)

from index.language import canonical
from index.partial_date import PartialDate
from index.validation import distinct, short_text, written_like


class Topic(StrEnum):
    """What a document is about; one per document, and the folder it lies in below `corpus/`."""

    FINANCING = "financing"
    EVENTS = "events"
    ZONES = "zones"
    POLICY = "policy"
    MARKET_ACCESS = "market-access"
    CUSTOMS_LOGISTICS = "customs-logistics"
    TALENT_MANAGEMENT = "talent-management"
    TRADE_FIGURES = "trade-figures"


CHECKS_FOLDER = "checks"
"""The folder below `corpus/` that holds canned checks: its YAML files are no documents."""


def _to_partial_date(value: object) -> object:
    return value if value is None or isinstance(value, PartialDate) else PartialDate.parse(value)


PartialDateField = Annotated[
    PartialDate,
    BeforeValidator(_to_partial_date),
    PlainSerializer(str, when_used="json-unless-none"),
]
CountryCode = Annotated[str, written_like(r"[A-Z]{2}", "CN (ISO 3166-1 alpha-2)")]
ProvinceCode = Annotated[str, written_like(r"[A-Z]{2}-[A-Z0-9]{1,3}", "CN-GD (ISO 3166-2)")]
CurrencyCode = Annotated[str, written_like(r"[A-Z]{3}", "USD (ISO 4217)")]
MonthDay = Annotated[str, written_like(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "04-15 (MM-DD)")]
GlossaryId = Annotated[str, written_like(r"[a-z0-9]+(-[a-z0-9]+)*", "canton-fair (glossary id)")]


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Confidence(StrEnum):
    """How a fact is known."""

    READ = "read"  # a stored copy of the source was read
    COPIED = "copied"  # another page quotes or re-posts the source, which was not seen itself
    KNOWN = "known"  # durable general knowledge without a stored source


class Source(_Facts):
    """Who says so.

    `publisher` published the page at `url`; `original_publisher` wrote it, and is set where the
    page is a copy.
    """

    title: str | None = None
    publisher: str | None = None
    original_publisher: str | None = None
    published: PartialDateField | None = None
    url: Annotated[str, written_like(r"https?://[^\s<>]+", "https://example.org/page")] | None = (
        None
    )
    confidence: Confidence = Confidence.READ

    @property
    def author(self) -> str | None:
        """Who wrote it: the name that an answer gives."""
        return self.original_publisher or self.publisher

    @model_validator(mode="after")
    def _names_someone(self) -> "Source":
        if self.confidence is Confidence.READ and not self.publisher:
            raise ValueError("a source that was read needs a publisher")
        if self.confidence is Confidence.COPIED and not self.original_publisher:
            raise ValueError("a source known from a copy needs its original_publisher")
        return self


class Certainty(StrEnum):
    """What the source says of an event's dates."""

    HELD = "held"  # reported while or after it took place
    SCHEDULED = "scheduled"  # announced with these dates; no report of it was found
    TENTATIVE = "tentative"  # announced as provisional
    USUAL = "usual"  # the usual calendar of a series, no particular year


class UsualDates(_Facts):
    """One session of a series' usual calendar, month and day."""

    start: MonthDay
    end: MonthDay


class Theme(StrEnum):
    """What an event is chiefly for."""

    COMPREHENSIVE = "comprehensive"
    SMES = "smes"
    REGIONAL = "regional"
    IMPORTS = "imports"
    EXPORTS = "exports"
    CONSUMER_GOODS = "consumer-goods"
    SERVICES = "services"
    DIGITAL_TRADE = "digital-trade"
    SUPPLY_CHAIN = "supply-chain"
    INVESTMENT = "investment"
    INDUSTRY = "industry"
    MATCHMAKING = "matchmaking"


class EventFacts(_Facts):
    """When and where an event takes place. `series` and `organisers` are glossary ids."""

    series: GlossaryId | None = None
    edition: Annotated[int, Field(ge=1)] | None = None
    start: PartialDateField | None = None
    end: PartialDateField | None = None
    usual: tuple[UsualDates, ...] = ()
    certainty: Certainty
    city: str | None = None
    country: CountryCode | None = None
    organisers: tuple[GlossaryId, ...] = ()
    partner_countries: tuple[CountryCode, ...] = ()
    theme: Theme | None = None

    @model_validator(mode="after")
    def _dates_make_sense(self) -> "EventFacts":
        if self.start and self.end and self.end.last < self.start.first:
            raise ValueError(f"end {self.end} lies before start {self.start}")
        if self.certainty is Certainty.USUAL and (self.start or self.end):
            raise ValueError("a usual calendar has no start or end: use `usual`")
        return self


class ZoneKind(StrEnum):
    """What a zone or park is; `PARK_ABROAD` is the only kind outside China."""

    SINO_FOREIGN_SME_ZONE = "sino-foreign-sme-zone"
    INDUSTRIAL_ZONE = "industrial-zone"
    FREE_TRADE_ZONE = "free-trade-zone"
    ECOMMERCE_PILOT_ZONE = "ecommerce-pilot-zone"
    BORDER_ZONE = "border-zone"
    PARK_ABROAD = "park-abroad"


class Count(_Facts):
    """A number of things and when it was true; `at_least` for "over 200", "nearly" is neither."""

    count: Annotated[int, Field(ge=0)]
    as_of: PartialDateField
    at_least: bool = False


class ZoneFacts(_Facts):
    """Where a zone is, since when, how large. `developers` are glossary ids."""

    kind: ZoneKind
    country: CountryCode
    city: str | None = None
    partner_countries: tuple[CountryCode, ...] = ()
    since: PartialDateField | None = None
    area_km2: Annotated[Decimal, Field(gt=0)] | None = None
    firms: Count | None = None
    jobs: Count | None = None
    developers: tuple[GlossaryId, ...] = ()


class FinancingKind(StrEnum):
    """What sort of help with money it is."""

    INSURANCE = "insurance"
    LOAN = "loan"
    FOREIGN_DEBT = "foreign-debt"
    HEDGING = "hedging"
    SETTLEMENT = "settlement"
    SUBSIDY = "subsidy"
    GUARANTEE = "guarantee"
    MATCHMAKING = "matchmaking"
    PLATFORM = "platform"
    POLICY = "policy"


class Audience(StrEnum):
    """Who can use a financing product."""

    SME = "sme"
    MICRO_SMALL = "micro-small"
    EXPORTER = "exporter"
    HIGH_TECH = "high-tech"
    SPECIALIZED = "specialized"  # 专精特新
    TECH_SME = "tech-sme"  # 科技型中小企业
    INNOVATION_POINTS = "innovation-points"  # 创新积分制
    PRIVATE_FIRM = "private-firm"
    LOCAL_FIRM = "local-firm"
    HONG_KONG_FIRM = "hong-kong-firm"
    FOREIGN_FIRM = "foreign-firm"
    INVESTOR_ABROAD = "investor-abroad"


class Limit(_Facts):
    """An upper or lower bound in money, as of a year."""

    amount: Annotated[Decimal, Field(gt=0)]
    currency: CurrencyCode
    year: int
    for_whom: Audience | None = None


class FinancingFacts(_Facts):
    """Who offers a financing product to whom, and its limits. `providers` are glossary ids."""

    kind: FinancingKind
    providers: tuple[GlossaryId, ...] = ()
    audience: tuple[Audience, ...] = ()
    limits: tuple[Limit, ...] = ()


MAX_NOTE_CHARS = 300
"""Longest text of `not_covered` and `caveats`, in characters."""
ShortText = Annotated[str, short_text(MAX_NOTE_CHARS)]


class ChangeKind(StrEnum):
    """What sort of rule starts or ends."""

    DUTY = "duty"
    REBATE = "rebate"
    TAX = "tax"
    VISA = "visa"
    FILING = "filing"  # investment abroad, foreign exchange, reports that are owed
    CUSTOMS = "customs"  # procedures, grades, licences, controls
    STANDARD = "standard"  # what goods, packaging and their makers must comply with
    FINANCE = "finance"


class ChangeStatus(StrEnum):
    """How certain a change is."""

    DECIDED = "decided"
    PROPOSED = "proposed"
    SUSPENDED = "suspended"


class Change(_Facts):
    """A rule that starts or ends on a day. `what` and `who` are in the document's language."""

    model_config = ConfigDict(populate_by_name=True)

    what: ShortText
    kind: ChangeKind
    start: PartialDateField | None = Field(None, alias="from")
    until: PartialDateField | None = None
    who: ShortText | None = None
    status: ChangeStatus = ChangeStatus.DECIDED

    @model_validator(mode="after")
    def _has_a_day(self) -> "Change":
        if self.start is None and self.until is None:
            raise ValueError("a change needs `from`, `until` or both")
        if self.start and self.until and self.until.last < self.start.first:
            raise ValueError(f"until {self.until} lies before from {self.start}")
        return self


class NotCovered(_Facts):
    """A thing that people may look for in a document and that no document holds.

    `question` names it, in the document's language; `note` is advice for who asks for it.
    """

    question: ShortText
    note: ShortText | None = None


class Metadata(_Facts):
    """A document's front matter; see corpus/README.md for the meaning of each key."""

    title: Annotated[str, Field(min_length=1)]
    language: Annotated[
        str,
        written_like(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", "zh-Hant (BCP 47)"),
        AfterValidator(canonical),
    ]
    topic: Topic | None = None
    countries: tuple[CountryCode, ...] = ()
    provinces: tuple[ProvinceCode, ...] = ()
    cities: tuple[str, ...] = ()
    as_of: PartialDateField | None = None
    valid_until: PartialDateField | None = None
    replaced_by: Annotated[str, written_like(r"\S+/\S+", "policy/order-837")] | None = None
    retrospective: bool = False
    review_by: PartialDateField | None = None
    changes: tuple[Change, ...] = ()
    sources: Annotated[tuple[Source, ...], Field(examples=["[{publisher: Xinhua}]"])] = ()
    event: EventFacts | None = None
    zone: ZoneFacts | None = None
    financing: FinancingFacts | None = None
    not_covered: Annotated[
        tuple[NotCovered, ...],
        Field(examples=["[{question: booth prices}]"]),
        distinct(attrgetter("question")),
    ] = ()
    caveats: Annotated[
        tuple[ShortText, ...], Field(examples=['["the page is undated"]']), distinct(str)
    ] = ()

    @model_validator(mode="after")
    def _looks_back_on_something_over(self) -> "Metadata":
        if self.retrospective and self.valid_until is None:
            raise ValueError("what is retrospective needs `valid_until`")
        return self


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """Which sources (positions in `Metadata.sources`) stand behind text[start:end]."""

    start: int
    end: int
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One corpus file (or one line of a JSON-lines file) after parsing.

    `stem` is shared by the language versions of one document; `id` is unique in a corpus.
    """

    id: str
    stem: str
    metadata: Metadata
    text: str
    source_spans: tuple[SourceSpan, ...] = ()
    """In the order of the text; none overlaps another."""

    def is_known(self, day: date, start: int = 0, end: int | None = None) -> bool:
        """Whether a source of text[start:end] was published by a day; of all if left out.

        Where none has a date, it counts as known, and so does what only looks back.
        """
        if self.metadata.retrospective:
            return True
        sources = self.metadata.sources if end is None else self.sources_of(start, end)
        published = [source.published.first for source in sources if source.published]
        return not published or min(published) <= day

    def sources_of(self, start: int, end: int) -> tuple[Source, ...]:
        """The sources behind text[start:end], first mentioned first; all if none is marked.

        A mark before the full stop (`word[^1].`) leaves the stop to the sentence behind it: what
        has no letter or digit in common with a mark's text does not rest on that mark.
        """
        positions = self._positions_of(start, end)
        return tuple(self.metadata.sources[p] for p in positions) or self.metadata.sources

    def caveats_for(self, start: int, end: int) -> list[str]:
        """The caveats that concern text[start:end]; one with marks concerns those sources only."""
        positions = self._positions_of(start, end)
        return [
            _CAVEAT_MARKS.sub("", caveat)
            for caveat in self.metadata.caveats
            if not positions or not (about := sources_named(caveat)) or about & set(positions)
        ]

    def _positions_of(self, start: int, end: int) -> tuple[int, ...]:
        """The positions of the sources behind text[start:end]; none if none is marked."""
        spans = self.source_spans
        first = bisect_right(spans, start, key=attrgetter("end"))
        last = bisect_left(spans, end, lo=first, key=attrgetter("start"))
        positions = dict.fromkeys(
            position
            for span in spans[first:last]
            if re.search(r"\w", self.text[max(start, span.start) : min(end, span.end)])
            for position in span.sources
        )
        return tuple(positions)


_CAVEAT_MARKS = re.compile(r"\s*(?:\[\^\d+\])+$")


def sources_named(caveat: str) -> set[int]:
    """Positions of the sources that a caveat names by marks at its end, as `[^2]`."""
    marks = _CAVEAT_MARKS.search(caveat)
    return {int(number) - 1 for number in re.findall(r"\d+", marks[0])} if marks else set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A contiguous span of a document: embedded, retrieved, cited.

    Invariant: `text` is the document's text[start:end].
    """

    document: str
    start: int
    end: int
    text: str
    headings: tuple[str, ...]
    language: str

    @property
    def id(self) -> str:
        """Unique in a snapshot."""
        return f"{self.document}@{self.start}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found. `score` is a cosine similarity, `rank` counts from 1."""

    passage: Passage
    score: float
    rank: int
