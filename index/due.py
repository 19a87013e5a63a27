"""What staff must look at again: rules that end, dates that documents say to check."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from index.documents import Document
from index.partial_date import PartialDate

HORIZONS = (30, 60, 90)
"""What is due is told of within so many days."""


class DueReason(StrEnum):
    """Why a document is to be looked at."""

    REVIEW = "review"
    EXPIRES = "expires"
    STARTS = "starts"
    ENDS = "ends"


_WHY = {
    DueReason.REVIEW: "to be checked again",
    DueReason.EXPIRES: "holds until then",
    DueReason.STARTS: "starts: {what}",
    DueReason.ENDS: "ends: {what}",
}


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A document to look at by a day, and why; `what` is the rule that starts or ends."""

    day: date
    stem: str
    reason: DueReason
    what: str = ""

    def __str__(self) -> str:
        return f"{self.day}  {self.stem}: {_WHY[self.reason].format(what=self.what)}"


def what_is_due(documents: Iterable[Document], today: date, days: int) -> list[Due]:
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
        Due(day.last, stem, reason, what)
        for stem, document in versions.items()
        for day, reason, what in _days(document)
        if day.last <= last and (reason is DueReason.REVIEW or today <= day.last)
    }
    return sorted(found)


def _days(document: Document) -> Iterator[tuple[PartialDate, DueReason, str]]:
    """Days of a document, why each matters, and the rule that it is about."""
    metadata = document.metadata
    if metadata.review_by:
        yield metadata.review_by, DueReason.REVIEW, ""
    if metadata.valid_until:
        yield metadata.valid_until, DueReason.EXPIRES, ""
    for change in metadata.changes:
        if change.start:
            yield change.start, DueReason.STARTS, change.what
        if change.until:
            yield change.until, DueReason.ENDS, change.what
