"""Exact lists from the typed facts. Nothing here is guessed."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Any

from bot.dates import LONGEST_EVENT_DAYS, EventStatus
from bot.lists.filters import TIMES, Filter, Part
from bot.lists.kinds import DOCUMENTS, KINDS, Item, ListKind, Tie
from bot.lists.mentions import telling_of
from bot.lists.periods import Period, fits_time
from bot.lists.places import tie
from bot.lists.reading import ListReader
from bot.lists.request import ListRequest, list_request, narrowed_anew
from bot.lists.vocabulary import vocabulary
from index import Glossary, Retriever
from index.glossary import fold

_EXCLUDES = re.compile(
    r"^[不非没除]|以外|之外|^外$|別|\b(?:not?|non|except|excluding|without|besides|outside|but)\b"
    r"|\b(?:не|кроме|без)\b"
)
"""Words that turn the words beside them round; a list narrowed to those would say the contrary."""
_PARTNERS = ("side", "partners")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a list, and what it has to do with what is wanted."""

    item: Item[Any]
    tie: Tie


@dataclass(frozen=True, slots=True)
class Label:
    """Words that narrow a list, as typed.

    `meaning` is the month or year they mean today, `2026-12`; `is_mention` says that the words
    are no filter, but stand in the documents.
    """

    words: str
    meaning: str = ""
    is_mention: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, what it is narrowed to, and the words that were not understood.

    The closest ties come first, within them what is next, and what is over last. `past` is what
    is over and was left out, because no time was named; where all is over, nothing is left out.
    """

    entries: tuple[Entry, ...]
    labels: tuple[Label, ...]
    unread: tuple[str, ...]
    past: int = 0
    all_is_over: bool = False

    @property
    def words(self) -> str:
        """What narrows it, as typed, without the words around it."""
        return " ".join(label.words for label in self.labels)


@dataclass(frozen=True)
class Lists:
    """The lists of one snapshot. The glossary is of the same corpus."""

    retriever: Retriever
    glossary: Glossary
    kinds: tuple[ListKind[Any], ...] = KINDS

    def __post_init__(self) -> None:
        for kind in self.kinds:
            vocabulary(kind.name)  # so that no question has to wait for it

    @cached_property
    def reader(self) -> ListReader:
        """Reads what lists of this corpus are narrowed to."""
        cities = self.retriever.snapshot.documents.catalogue.cities
        return ListReader(self.glossary, frozenset(cities))

    def request(self, text: str, today: date, before: Sequence[str] = ()) -> ListRequest | None:
        """What list a question asks for, if it asks for one.

        Args:
            text: The question.
            today: What "this year" means.
            before: The turns before it: "And in November?" asks for the list before of that month.
        """
        asked: ListRequest | None = None
        for said in (*before, text):
            narrowed = narrowed_anew(asked, said, today, self.reader) if asked else None
            asked = list_request(said, today, self.reader, self.kinds) or narrowed
        return asked

    def requested(self, request: ListRequest, language: str, today: date) -> list[Item[Any]]:
        """What a question asks for, in the order of their days if they have any.

        The newest come first in some lists.

        Only those that are there or, where it speaks of partners, with them, and whose day is
        known if they have one.
        """
        kind = request.kind
        found = [
            (self.when(kind, entry.item, today), entry.item)
            for entry in self._select(kind, request.wanted, language, today)
            if entry.tie is Tie.THERE
        ]
        dated = [
            (period.start.first if period and period.start else date.min, item)
            for period, item in found
            if period is None or period.start
        ]
        ordered = sorted(dated, key=itemgetter(0), reverse=kind.newest_first)
        return [item for _, item in ordered]

    def when(self, kind: ListKind[Any], item: Item[Any], today: date) -> Period | None:
        """When something takes place; None if times say nothing about it.

        Nothing is expected by the usual calendar of a series of which an edition is announced for
        about that time or before it.
        """
        period = kind.when(item, today)
        if period is None or period.status is not EventStatus.EXPECTED:
            return period
        series, language = kind.series(item.facts), item.document.metadata.language
        edition = self.announced(kind, series, language, today)
        if edition is None or period.start is None:
            return period
        announced = kind.when(edition, today)
        if announced and announced.start:
            apart = (announced.start.first - period.start.first).days
            if apart <= LONGEST_EVENT_DAYS:
                return replace(period, start=None, end=None, status=EventStatus.USUAL)
        return period

    def announced(
        self, kind: ListKind[Any], series: str | None, language: str, today: date
    ) -> Item[Any] | None:
        """The next edition of a series, or the present one, that has dates of its own."""
        editions = [
            (period.start.first, item)
            for item in self._items(kind, language, today)
            if series
            and kind.series(item.facts) == series
            and (period := kind.when(item, today))
            and period.start
            and period.status
            and period.status is not EventStatus.EXPECTED
            and not period.status.has_passed
        ]
        return min(editions, key=itemgetter(0), default=(None, None))[1]

    def narrowed(self, said: str, kind: ListKind[Any], language: str, today: date) -> Listing:
        """The list that the words after a command ask for.

        Words that are no filter narrow it to the documents that have them, if there are any;
        otherwise they are given back as not understood.

        Args:
            said: The words, as typed.
            kind: What is listed.
            language: Of titles.
            today: What "next month" means.
        """
        reading = self.reader.read(said, kind.name, today, language)
        excludes = any(_EXCLUDES.search(fold(phrase)) for phrase in reading.unread)
        items = self._items(kind, language, today)
        filters: list[Part] = []
        absent: list[str] = []
        foreign: list[str] = []
        for part in reading.parts:
            names = {value for role, value in part.readings if role == "name"}
            if part.narrowing and (excludes or not _is_filter(part, kind)):
                foreign.append(reading.said(part))
            elif names and not self._named(kind, items, names):
                absent.append(reading.said(part))
            else:
                filters.append(part)
        wanted = Filter.of(r for part in filters for r in part.readings)
        entries = self._select(kind, wanted, language, today)
        labels = [
            Label(reading.said(part), part.meaning)
            for part in filters
            if any(r != _PARTNERS for r in part.narrowing)
        ]
        unread: list[str] = []
        for phrase in (*absent, *foreign, *reading.unread):
            among = {e.item.document.id: e.item.document for e in entries if not excludes}
            telling = telling_of(phrase, list(among.values()), self.retriever, self.glossary)
            if telling or phrase in absent:
                labels.append(Label(phrase, is_mention=bool(telling)))
                entries = [entry for entry in entries if entry.item.document in telling]
            else:
                unread.append(phrase)
        if kind.period:
            entries.sort(key=lambda entry: self.nearness(kind, entry.item, today))
        entries.sort(key=lambda entry: max(entry.tie, Tie.FOR))
        shown = entries
        if kind.period and not any(wanted[name] for name in (*TIMES, "edition", "name")):
            shown = [e for e in entries if not self._is_over(kind, e.item, today)]
        # The day of a document is that of its figures: with it, nothing is over.
        all_is_over = bool(entries) and not shown and kind is not DOCUMENTS
        shown = shown or entries
        past = len(entries) - len(shown)
        return Listing(tuple(shown), tuple(labels), tuple(unread), past, all_is_over)

    def nearness(self, kind: ListKind[Any], item: Item[Any], today: date) -> tuple[int, int]:
        """What comes next first, then what has no date, at last what is over, the latest first."""
        period = self.when(kind, item, today)
        if period is None or period.start is None:
            return 1, 0
        day = period.start.first.toordinal()
        is_over = period.status is not None and period.status.has_passed
        return (2, -day) if is_over else (0, day)

    def _is_over(self, kind: ListKind[Any], item: Item[Any], today: date) -> bool:
        period = self.when(kind, item, today)
        return period is not None and period.status is not None and period.status.has_passed

    def _items(self, kind: ListKind[Any], language: str, today: date) -> list[Item[Any]]:
        known = (d for d in self.retriever.documents(language) if d.is_known(today))
        return [item for document in known for item in kind.items(document)]

    def _select(
        self, kind: ListKind[Any], wanted: Filter, language: str, today: date
    ) -> list[Entry]:
        items = self._items(kind, language, today)
        if wanted["name"]:
            items = self._named(kind, items, wanted["name"])
        found = (
            Entry(item, tie(kind, item, wanted))
            for item in items
            if (period := self.when(kind, item, today)) is None
            or fits_time(period, kind.called(item), wanted, today)
        )
        ordered = sorted(found, key=lambda e: (kind.order(e.item.facts), e.item.document.stem))
        return [entry for entry in ordered if entry.tie is not Tie.NONE]

    def _named(
        self, kind: ListKind[Any], items: Sequence[Item[Any]], names: Set[str]
    ) -> list[Item[Any]]:
        """The items whose facts have one of these ids; if there are none, whose title does."""
        typed = [item for item in items if names & {*kind.named_by(item.facts)}]
        return typed or [
            item
            for item in items
            for title in [f"{kind.called(item)}\n{item.document.metadata.title}"]
            if any(mention.entry.id in names for mention in self.glossary.mentions(title))
        ]


def _is_filter(part: Part, kind: ListKind[Any]) -> bool:
    """Whether such a list can be narrowed to it."""
    return all(kind.has(role) for role, _ in part.narrowing)
