"""Exact lists from the typed facts: events, zones, financing. Nothing here is guessed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.lists.filters import Filter, fits_facts, ids_of
from bot.lists.mentions import telling_of
from bot.lists.periods import fits_time
from bot.lists.places import Tie, tie
from bot.lists.reading import EMPTY_ROLES, ListReader, Reading
from bot.lists.times import Part
from bot.lists.vocabulary import vocabulary
from index import Audience, Document, Glossary, Retriever, fold

SUBJECTS = ("events", "zones", "financing")
_PLACES = frozenset({"country", "province", "city"})
_ASKED_FOR = {
    "events": _PLACES | {"year", "month", "day", "season", "flag"},
    "zones": _PLACES | {"kind"},
    "financing": _PLACES | {"kind", "audience"},
}
"""What questions may narrow a list to; whoever names a fair or a bank asks about that."""
_FILTERS = {
    "events": _ASKED_FOR["events"] | {"name", "edition", "theme"},
    "zones": _ASKED_FOR["zones"] | {"name"},
    "financing": _ASKED_FOR["financing"] | {"name"},
}
"""What the words of commands may narrow a list to."""
_NARROWING = _PLACES | {"year", "month", "day", "season", "audience"}
_CERTIFIED = frozenset(
    {Audience.SPECIALIZED, Audience.HIGH_TECH, Audience.TECH_SME, Audience.HONG_KONG_FIRM}
)
"""Firms that lists are exact for; nearly all who ask are small, private and exporters."""
_ASKING = frozenset({"asks", "noun"})
"""Roles that a question for a list has."""
_FLAGS_OF_ALL = frozenset({"home", "partners"})
_EXCLUDES = re.compile(
    r"^[不非没除]|以外|之外|^外$|別|\b(?:not?|non|except|excluding|without|besides|outside|but)\b"
    r"|\b(?:не|кроме|без)\b"
)
"""Words that turn the words beside them round; a list narrowed to those would say the contrary."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a list, and what it has to do with the places wanted."""

    document: Document
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

    Those at the place wanted or for it come first, within them the latest event.
    """

    entries: tuple[Entry, ...]
    labels: tuple[Label, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListRequest:
    """A question that asks for a list: of what, narrowed to what."""

    subject: str
    wanted: Filter


def list_request(text: str, today: date, reader: ListReader) -> ListRequest | None:
    """What list a question asks for; None if it asks for none, or for one without any limit.

    It asks for a list only if every word of it asks, names what is listed, or narrows that.

    Args:
        text: The question.
        today: What "this year" means.
        reader: Reads it.
    """
    readings = {
        subject: reader.read(text, subject, today)
        for subject in SUBJECTS
        if vocabulary(subject).has(_ASKING, fold(text), today)
    }
    asked = [subject for subject, reading in readings.items() if _asks_for_list(reading)]
    if len(asked) != 1:
        return None
    (subject,) = asked
    parts = readings[subject].parts
    wanted = Filter.of(reading for part in parts for reading in part.readings)
    narrowing = {
        role
        for part in parts
        for role, value in part.readings
        if role not in EMPTY_ROLES and value not in _FLAGS_OF_ALL and not part.names_listed
    }
    is_narrowed = narrowing & _NARROWING or "upcoming" in wanted.flag
    is_exact = narrowing <= _ASKED_FOR[subject] and wanted.audience <= _CERTIFIED
    return ListRequest(subject, wanted) if is_narrowed and is_exact else None


def _asks_for_list(reading: Reading) -> bool:
    roles = reading.roles
    return roles >= _ASKING and "definition" not in roles and not reading.unread


@dataclass(frozen=True)
class Lists:
    """The lists of one snapshot. The glossary is of the same corpus."""

    retriever: Retriever
    glossary: Glossary

    def __post_init__(self) -> None:
        for subject in SUBJECTS:
            vocabulary(subject)  # so that no question has to wait for it

    @cached_property
    def reader(self) -> ListReader:
        """Reads what lists of this corpus are narrowed to."""
        documents = self.retriever.snapshot.documents.values()
        return ListReader(
            self.glossary, frozenset(city for d in documents for city in d.metadata.cities)
        )

    def requested(self, request: ListRequest, language: str, today: date) -> list[Document]:
        """The documents that a question asks for.

        Only those that are there or, where it speaks of partners, with them; events with dates.
        """
        entries = self._select(self._documents(request.subject, language), request.wanted, today)
        return [
            entry.document
            for entry in entries
            if entry.tie is Tie.THERE and _has_dates(entry.document)
        ]

    def narrowed(self, words: str, subject: str, language: str, today: date) -> Listing:
        """The list that the words after a command ask for.

        Words that are no filter narrow it to the documents that have them, if there are any;
        otherwise they are given back as not understood.

        Args:
            words: As typed.
            subject: `events`, `zones` or `financing`.
            language: Of titles.
            today: What "next month" means.
        """
        documents = self._documents(subject, language)
        reading = self.reader.read(words, subject, today)
        foreign = [part for part in reading.parts if not _is_filter(part, subject)]
        absent = [part for part in reading.parts if self._is_absent(part, documents)]
        excludes = any(_EXCLUDES.search(fold(phrase)) for phrase in reading.unread)
        if excludes:
            absent, foreign = [], [p for p in reading.parts if _narrows(p)]  # not what it is not
        parts = [part for part in reading.parts if part not in (*absent, *foreign)]
        entries = self._select(documents, Filter.of(r for p in parts for r in p.readings), today)
        labels = [
            Label(reading.said(part), part.meaning)
            for part in parts
            if Filter.of(part.readings) not in (Filter(), _PARTNERS)
        ]
        unread: list[str] = []
        names = [reading.said(part) for part in absent if part not in foreign]
        for phrase in (*names, *map(reading.said, foreign), *reading.unread):
            among = [] if excludes else [entry.document for entry in entries]
            telling = telling_of(phrase, among, self.retriever, self.glossary)
            if telling:
                labels.append(Label(phrase, is_mention=True))
                entries = [entry for entry in entries if entry.document in telling]
            elif phrase in names:
                labels.append(Label(phrase))
                entries = []
            else:
                unread.append(phrase)
        if subject == "events":
            entries.reverse()
        entries.sort(key=lambda entry: max(entry.tie, Tie.FOR))
        return Listing(tuple(entries), tuple(labels), tuple(unread))

    def _is_absent(self, part: Part, documents: Sequence[Document]) -> bool:
        """Whether it names something that no document of the list is about."""
        names = {value for role, value in part.readings if role == "name"}
        return bool(names) and not self._named(documents, names)

    def _documents(self, subject: str, language: str) -> list[Document]:
        facts = {"events": "event", "zones": "zone", "financing": "financing"}[subject]
        return [
            document
            for document in self.retriever.documents(language)
            if getattr(document.metadata, facts)
        ]

    def _select(self, documents: Sequence[Document], wanted: Filter, today: date) -> list[Entry]:
        if wanted.name:
            documents = self._named(documents, wanted.name)
        found = [
            Entry(document, how)
            for document in documents
            if fits_facts(document, wanted)
            and fits_time(document, wanted, today)
            and (how := tie(document, wanted)) is not None
        ]
        return sorted(found, key=lambda entry: _order(entry.document))

    def _named(
        self, documents: Sequence[Document], names: set[str] | frozenset[str]
    ) -> list[Document]:
        """The documents whose facts have one of these ids; if there are none, whose title does."""
        typed = [document for document in documents if names & ids_of(document)]
        return typed or [
            document
            for document in documents
            if names & {m.entry.id for m in self.glossary.mentions(document.metadata.title)}
        ]


def _is_filter(part: Part, subject: str) -> bool:
    """Whether such a list can be narrowed to it, or it narrows nothing anyway."""
    return all(
        role in EMPTY_ROLES or role in _FILTERS[subject] or value in _FLAGS_OF_ALL
        for role, value in part.readings
    )


def _narrows(part: Part) -> bool:
    return any(role not in EMPTY_ROLES for role, _ in part.readings)


_PARTNERS = Filter(flag=frozenset({"partners"}))


def _has_dates(document: Document) -> bool:
    event = document.metadata.event
    return event is None or event.start is not None


def _order(document: Document) -> tuple[str, str]:
    """Events by day, zones by country, financing by kind; then by name."""
    metadata = document.metadata
    if metadata.event:
        day = metadata.event.start.first if metadata.event.start else date.min
        return day.isoformat(), document.stem
    if metadata.zone:
        return metadata.zone.country, document.stem
    return metadata.financing.kind if metadata.financing else "", document.stem
