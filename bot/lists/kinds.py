"""What can be listed: one record each, which everything else asks. A new list is a new record.

Besides, a list has a block of typed facts in `index.documents`, its words in `words.yaml` and its
texts (`list_NAME`, `usable_NAME`, `command_NAME`) in `bot/texts`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from operator import attrgetter
from typing import Any, Generic, TypeVar

from bot.dates import EventStatus, event_status, next_usual
from bot.lists.change_days import ChangeDay, change_days, change_period
from bot.lists.filters import HOME, PLACES, TIMES
from bot.lists.periods import Period
from index import Document
from index.documents import Audience, EventFacts, FinancingFacts, Metadata, ZoneFacts

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


@dataclass(frozen=True, slots=True)
class Item(Generic[Facts]):
    """One thing that can be listed: a document, and those of its typed facts that are about it."""

    document: Document
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class ListKind(Generic[Facts]):
    """One list.

    Attributes:
        name: Of the command, of the words and of the texts.
        facts: The typed facts of a document, one for each entry; none if it is not of this list.
        title: What an entry is called; the document's title if left out.
        order: What entries are sorted by.
        named_by: Glossary ids that it is found by: the series, who organises or provides it.
        fields: Of the facts, besides places, times and names; an empty tuple there limits nothing.
        exact: Of some fields the values that documents are complete for: who asks about others
            gets no list for an answer, only after the command.
        place: Country and city that the facts state.
        partners: Further countries that it concerns.
        period: When it takes place, seen from a day; None if times say nothing about it.
        series: What it is an edition of, as a glossary id.
    newest_first: Whether questions for it are answered with what is newest first.
        at_home_where: Whether the places of the document, too, say where in China it is.
        concerned: What it is to a country that it concerns and is not in.
        holds_in_area: It is no place but holds in one: in all cities of a province, and
            everywhere if it names no place.
    """

    name: str
    facts: Callable[[Document], Sequence[Facts]]
    order: Callable[[Facts], str]
    named_by: Callable[[Facts], Iterable[str | None]]
    fields: tuple[str, ...]
    title: Callable[[Facts], str] | None = None
    exact: Mapping[str, frozenset[str]] = field(default_factory=dict)
    place: Callable[[Facts], tuple[str | None, str | None]] = lambda _: (HOME, None)
    partners: Callable[[Facts], Iterable[str]] = lambda _: ()
    period: Callable[[Facts, date], Period] | None = None
    series: Callable[[Facts], str | None] = lambda _: None
    newest_first: bool = False
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

    def items(self, document: Document) -> Iterator[Item[Facts]]:
        """What a document has for this list."""
        return (Item(document, facts) for facts in self.facts(document))

    def called(self, item: Item[Facts]) -> str:
        """What an entry is called."""
        return self.title(item.facts) if self.title else item.document.metadata.title

    def when(self, item: Item[Facts], today: date) -> Period | None:
        """When it takes place; None if times say nothing about it."""
        return self.period(item.facts, today) if self.period else None


_BEGAN = (EventStatus.OPENED, EventStatus.PAST)


def _period(event: EventFacts, today: date) -> Period:
    usual = tuple((dates.start, dates.end) for dates in event.usual)
    expected = None if event.start else next_usual(event, today)
    if expected:
        start, end = expected
        return Period(
            start=start,
            end=end,
            usual=usual,
            status=EventStatus.EXPECTED,
            stands=EventStatus.EXPECTED,
        )
    day, status = event.start, event_status(event, today)
    has_no_end = event.end is None and day is not None and day.is_day and status in _BEGAN
    return Period(
        start=day,
        end=event.end,
        status=status,
        day_key="from_day" if has_no_end else "",
        stands=status or "",
    )


def _as_of(metadata: Metadata, today: date) -> Period:
    """Of when a document's figures are, or its newest source."""
    del today
    published = [source.published for source in metadata.sources if source.published]
    newest = metadata.as_of or max(published, key=attrgetter("last"), default=None)
    return Period(start=newest, status=EventStatus.PAST)


def _one(facts: Facts | None) -> tuple[Facts, ...]:
    return () if facts is None else (facts,)


EVENTS: ListKind[EventFacts] = ListKind(
    name="events",
    facts=lambda document: _one(document.metadata.event),
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
    facts=lambda document: _one(document.metadata.zone),
    order=lambda zone: zone.country,
    named_by=lambda zone: zone.developers,
    fields=("kind",),
    place=lambda zone: (zone.country, zone.city),
    partners=lambda zone: zone.partner_countries,
)
FINANCING: ListKind[FinancingFacts] = ListKind(
    name="financing",
    facts=lambda document: _one(document.metadata.financing),
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
CHANGES: ListKind[ChangeDay] = ListKind(
    name="changes",
    facts=change_days,
    title=lambda turn: turn.change.what,
    order=lambda turn: turn.day.first.isoformat(),
    named_by=lambda _: (),
    fields=("kind", "status"),
    place=lambda turn: (turn.country, None),
    partners=lambda turn: turn.concerned,
    period=change_period,
    concerned=Tie.THERE,
)
DOCUMENTS: ListKind[Metadata] = ListKind(
    name="documents",
    facts=lambda document: (document.metadata,),
    order=lambda metadata: metadata.title,
    named_by=lambda _: (),
    fields=("topic",),
    partners=lambda metadata: metadata.countries,
    period=_as_of,
    concerned=Tie.THERE,
    newest_first=True,
)
KINDS: tuple[ListKind[Any], ...] = (EVENTS, ZONES, FINANCING, CHANGES, DOCUMENTS)
"""All lists, in the order of the menu."""
