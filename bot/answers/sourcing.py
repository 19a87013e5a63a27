"""Which of a quote's sources can have said it: the order in which they are shown."""

from collections.abc import Sequence
from datetime import date

from index import Source
from index.dates import dates_in
from index.documents import Confidence


def is_general(sources: Sequence[Source]) -> bool:
    """Whether something is general knowledge: none of its sources was read."""
    known = [source.confidence is Confidence.KNOWN for source in sources]
    return bool(known) and all(known)


def by_fit(sources: Sequence[Source], quote: str) -> tuple[Source, ...]:
    """The sources behind a quote, the one whose date fits what it says first.

    A page cannot have stated a figure of a later day: sources published not before the newest
    date of the quote come first, the closest to its end before the others; then those without a
    date, then the older ones, the newest of them first. If the quote has no date, the order is
    that of the document. General knowledge comes after all that was read.
    """
    newest = max(dates_in(quote), default=None)
    return tuple(sorted(sources, key=lambda source: _misfit(source, newest)))


def _misfit(source: Source, newest: tuple[date, date] | None) -> tuple[int, int]:
    """Sort key: kind of misfit, then days between publication and the end of the newest date."""
    if source.confidence is Confidence.KNOWN:
        return 3, 0
    if newest is None or source.published is None:
        return 1, 0
    first, last = newest
    days = abs((source.published.last - last).days)
    return (0, days) if source.published.last >= first else (2, days)
