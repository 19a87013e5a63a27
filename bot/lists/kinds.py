"""What can be listed: one record each, which everything else asks. A new list is a new record.

Besides, a list has a block of typed facts in `index.documents`, its words in `words.yaml` and its
texts (`list_NAME`, `usable_NAME`, `command_NAME`) in `bot/texts`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any, Generic, TypeVar

from bot.dates import EventStatus, event_status, next_usual
from bot.lists.filters import PLACES, TIMES
from index import Audience, Document, EventFacts, FinancingFacts, PartialDate, ZoneFacts

HOME = "CN"
Facts = TypeVar("Facts")


class Tie(IntEnum):
    """What a document has to do with what a list is narrowed to; the lowest is the closest."""

    THERE = 0
    """It is there, or holds there in particular."""
    FOR = 1
    """It is elsewhere and concerns that country: an event for its market."""
    LINKED = 2
    """It is elsewhere, and a partner or a developer is from there."""
    UNBOUND = 3
    """It names no place or nobody that it is for, and so may hold there as well."""
    NONE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """When something takes place: its days as far as stated, or expected by a usual calendar.

    `usual` holds the first and last days of that calendar (MM-DD).
    """

    start: PartialDate | None
    end: PartialDate | None = None
    usual: tuple[tuple[str, str], ...] = ()
    status: EventStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListKind(Generic[Facts]):
    """One list.

    Attributes:
        name: Of the command, of the words and of the texts.
        facts: The typed facts of a document; None if it is not of this list.
        order: What entries are sorted by.
        named_by: Glossary ids that it is found by: the series, who organises or provides it.
        fields: Of the facts, besides places, times and names; an empty tuple there limits nothing.
        exact: Of some fields the values that documents are complete for: who asks about others
            gets no list for an answer, only after the command.
        place: Country and city that the facts state.
        partners: Further countries that it concerns.
        period: When it takes place, seen from a day; None if times say nothing about it.
        series: What it is an edition of, as a glossary id.
        at_home_where: Whether the places of the document, too, say where in China it is.
        concerned: What it is to a country that it concerns and is not in.
        holds_in_area: It is no place but holds in one: in all cities of a province, and
            everywhere if it names no place.
    """

    name: str
    facts: Callable[[Document], Facts | None]
    order: Callable[[Facts], str]
    named_by: Callable[[Facts], Iterable[str | None]]
    fields: tuple[str, ...]
    exact: Mapping[str, frozenset[str]] = field(default_factory=dict)
    place: Callable[[Facts], tuple[str | None, str | None]] = lambda _: (HOME, None)
    partners: Callable[[Facts], Iterable[str]] = lambda _: ()
    period: Callable[[Facts, date], Period] | None = None
    series: Callable[[Facts], str | None] = lambda _: None
    at_home_where: bool = True
    concerned: Tie = Tie.LINKED
    holds_in_area: bool = False

    @property
    def command(self) -> str:
        """What lists all of them."""
        return f"/{self.name}"

    @property
    def letter(self) -> str:
        """What its buttons carry."""
        return self.name[0]

    def has(self, role: str) -> bool:
        """Whether words after the command may narrow it so."""
        is_time = self.period is not None and role in TIMES
        return is_time or role in PLACES or role == "name" or role in self.fields

    def is_exact(self, role: str, value: str) -> bool:
        """Whether a question that names this can be answered with a list."""
        return role != "name" and self.has(role) and value in self.exact.get(role, {value})

    def when(self, document: Document, today: date) -> Period | None:
        """When it takes place; None if times say nothing about it."""
        facts = self.facts(document)
        return self.period(facts, today) if self.period and facts else None


def _period(event: EventFacts, today: date) -> Period:
    usual = tuple((dates.start, dates.end) for dates in event.usual)
    expected = None if event.start else next_usual(event, today)
    if expected:
        start, end = expected
        return Period(start=start, end=end, usual=usual, status=EventStatus.EXPECTED)
    return Period(start=event.start, end=event.end, status=event_status(event, today))


EVENTS: ListKind[EventFacts] = ListKind(
    name="events",
    facts=lambda document: document.metadata.event,
    order=lambda event: event.start.first.isoformat() if event.start else "",
    named_by=lambda event: (event.series, *event.organisers),
    fields=("edition", "theme"),
    exact={"edition": frozenset(), "theme": frozenset()},
    place=lambda event: (event.country, event.city),
    partners=lambda event: event.partner_countries,
    period=_period,
    series=lambda event: event.series,
    at_home_where=False,
    concerned=Tie.FOR,
)
ZONES: ListKind[ZoneFacts] = ListKind(
    name="zones",
    facts=lambda document: document.metadata.zone,
    order=lambda zone: zone.country,
    named_by=lambda zone: zone.developers,
    fields=("kind",),
    place=lambda zone: (zone.country, zone.city),
    partners=lambda zone: zone.partner_countries,
)
FINANCING: ListKind[FinancingFacts] = ListKind(
    name="financing",
    facts=lambda document: document.metadata.financing,
    order=lambda financing: financing.kind,
    named_by=lambda financing: financing.providers,
    fields=("kind", "audience"),
    # nearly all who ask are small, private or exporters, and many documents do not say so
    exact={
        "audience": frozenset(
            {Audience.SPECIALIZED, Audience.HIGH_TECH, Audience.TECH_SME, Audience.HONG_KONG_FIRM}
        )
    },
    concerned=Tie.THERE,
    holds_in_area=True,
)
KINDS: tuple[ListKind[Any], ...] = (EVENTS, ZONES, FINANCING)
"""All lists, in the order of the menu."""
