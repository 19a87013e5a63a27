"""What staff must look at again: rules that end, dates that documents say to check."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from index.documents import Document
from index.partial_date import PartialDate


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A document to look at by a day, and why."""

    day: date
    stem: str
    why: str

    def __str__(self) -> str:
        return f"{self.day}  {self.stem}: {self.why}"


def due(documents: Iterable[Document], today: date, days: int) -> list[Due]:
    """What is to be looked at within some days, the earliest first.

    A review that is overdue stays until the document names a later one.

    Args:
        documents: Of the corpus; of several versions of one document, one counts.
        today: From when on.
        days: How far ahead.
    """
    last = today + timedelta(days)
    versions = {document.stem: document for document in documents}
    found = {
        Due(day.last, stem, why)
        for stem, document in versions.items()
        for day, why, stays in _days(document)
        if day.last <= last and (stays or today <= day.last)
    }
    return sorted(found)


def _days(document: Document) -> Iterator[tuple[PartialDate, str, bool]]:
    """Days of a document, why each matters, and whether it matters after it has passed."""
    metadata = document.metadata
    if metadata.review_by:
        yield metadata.review_by, "to be checked again", True
    if metadata.valid_until:
        yield metadata.valid_until, "holds until then", False
    for change in metadata.changes:
        if change.start:
            yield change.start, f"starts: {change.what}", False
        if change.until:
            yield change.until, f"ends: {change.what}", False
