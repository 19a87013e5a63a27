"""Are the days of a document's front matter possible?"""

from collections.abc import Iterator
from datetime import date

from index.documents import Document
from index.fact_check import Fault
from index.remark import Remark

_EARLIEST = date(1949, 1, 1)


def odd_dates(document: Document, today: date) -> Iterator[Fault]:
    """What is wrong with each day that a document names, as of today."""
    metadata = document.metadata
    if metadata.as_of and metadata.as_of.first > today:
        text = "as_of {day} lies in the future"
        yield "as_of", Remark.of("as_of_in_future", text, day=metadata.as_of)
    if (
        metadata.valid_until
        and metadata.as_of
        and metadata.valid_until.last < metadata.as_of.first
    ):
        yield "valid_until", Remark.of("ends_before_as_of", "valid_until lies before as_of")
    for source in metadata.sources:
        day = source.published
        if day and not _EARLIEST <= day.first <= today:
            yield (
                "published",
                Remark.of("odd_date", "a source of {day}: is the date right?", day=day),
            )
