"""What of the documents is used, and what is to be looked at soon."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from index import Document
from index.due import HORIZONS, Due, what_is_due


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of one topic, "" for none, and those of them that no answer cited."""

    topic: str
    held: int
    unused: tuple[str, ...]
    """By their stems."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """What is due from a first to a last day, which is `days` away; 0 for what is overdue."""

    days: int
    first: date
    last: date
    due: tuple[Due, ...]


def shelves(documents: Sequence[Document], cited: Collection[str]) -> list[Shelf]:
    """By topic, those with the most unused documents first.

    Args:
        documents: All that are served.
        cited: Stems of those that answers cite.
    """
    by_topic: dict[str, list[Document]] = {}
    for document in documents:
        by_topic.setdefault(document.metadata.topic or "", []).append(document)
    found = [
        Shelf(topic, len(held), tuple(each.stem for each in held if each.stem not in cited))
        for topic, held in by_topic.items()
    ]
    return sorted(found, key=lambda shelf: (-len(shelf.unused), shelf.topic))


def horizons(documents: Sequence[Document], today: date) -> list[Horizon]:
    """What is due, in the order of time; each document's day in one of them."""
    due = what_is_due(documents, today, HORIZONS[-1])
    overdue = tuple(one for one in due if one.day < today)
    found, first = [Horizon(0, today, today, overdue)], today
    for days in HORIZONS:
        last = today + timedelta(days)
        those = tuple(one for one in due if first <= one.day <= last)
        found.append(Horizon(days, first, last, those))
        first = last + timedelta(1)
    return found
