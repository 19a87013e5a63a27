"""What comes of things and topics that somebody watches."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.dates import EventStatus
from bot.lists.kinds import DOCUMENTS, Item, ListKind, Tie
from bot.lists.listing import Entry, Lists
from bot.lists.periods import Period
from index import PartialDate


@dataclass(frozen=True, slots=True)
class Coming:
    """A day still to come of something that is watched, and all that is known of when it is."""

    title: str
    day: PartialDate
    period: Period

    @property
    def key(self) -> str:
        """Stays the same as long as the day does."""
        return f"{self.period.day_key}:{self.day}"


@dataclass(frozen=True, slots=True)
class Topic:
    """Words that narrow a list, as typed, and those that were not understood."""

    words: str
    unread: tuple[str, ...]


def day_of(key: str) -> PartialDate:
    """The day of the key of something that was to come."""
    return PartialDate.parse(key.rpartition(":")[2])


def coming(
    lists: Lists, kind: ListKind[Any], stem: str, language: str, today: date
) -> list[Coming]:
    """The days of a document that are not over, the next one first; none if it is gone.

    Of a series of which an edition is announced they are those of that edition.

    Args:
        lists: Of a snapshot.
        kind: The list that the document stands in.
        stem: Of the document.
        language: Of titles.
        today: The day that this is seen from.
    """
    document = lists.retriever.version(stem, language)
    found = []
    for item in kind.items(document) if document else ():
        shown, period = _dated(lists, kind, item, today)
        if period and period.start and today <= period.start.last:
            found.append(Coming(kind.called(shown), period.start, period))
    return sorted(found, key=lambda each: each.day.first)


def _dated(
    lists: Lists, kind: ListKind[Any], item: Item[Any], today: date
) -> tuple[Item[Any], Period | None]:
    period = lists.when(kind, item, today)
    if period and period.status is EventStatus.USUAL:
        language = item.document.metadata.language
        edition = lists.announced(kind, kind.series(item.facts), language, today)
        if edition:
            return edition, lists.when(kind, edition, today)
    return item, period


def read_topic(lists: Lists, said: str, language: str, today: date) -> Topic:
    """What of the words after `/watch` narrows the list that understands most of them."""
    listings = [lists.narrowed(said, kind, language, today) for kind in lists.kinds]
    best = min(listings, key=lambda listing: sum(map(len, listing.unread)))
    return Topic(best.words, best.unread)


def entries_on(
    lists: Lists, words: str, language: str, today: date
) -> Iterator[tuple[ListKind[Any], Entry]]:
    """What each list that understands all words of a topic has on it, if it is not over."""
    told: set[str] = set()
    for kind in lists.kinds:
        listing = lists.narrowed(words, kind, language, today)
        entries = listing.entries if listing.labels and not listing.unread else ()
        for entry in entries:
            stem = entry.item.document.stem
            is_told = kind is DOCUMENTS and stem in told  # a fair is in the list of fairs
            if entry.tie <= Tie.FOR and not is_told:
                told.add(stem)
                yield kind, entry
