"""Which of a quote's sources can have said it: the order in which they are shown."""

from collections.abc import Sequence

from index import PartialDate, Source, dates_in


def by_fit(sources: Sequence[Source], quote: str) -> tuple[Source, ...]:
    """The sources behind a quote, the one whose date fits what it says first.

    A page cannot have stated a figure of a later day: sources published not before the newest
    date of the quote come first, the closest to it before the others; then those without a date,
    then the older ones, the newest of them first. A quote without a date changes no order.
    """
    newest = max(dates_in(quote), key=lambda day: day.first, default=None)
    if newest is None:
        return tuple(sources)
    return tuple(sorted(sources, key=lambda source: _misfit(source.published, newest)))


def _misfit(published: PartialDate | None, newest: PartialDate) -> tuple[int, int]:
    """Sort key: kind of misfit, then days between publication and the newest date."""
    if published is None:
        return 1, 0
    days = abs((published.last - newest.last).days)
    return (0, days) if published.last >= newest.first else (2, days)
