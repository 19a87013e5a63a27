"""The first and the last day of each rule: the entries of `/changes`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.dates import EventStatus
from bot.lists.filters import HOME
from bot.lists.periods import Period
from index import Document, PartialDate
from index.documents import Change, ChangeStatus


@dataclass(frozen=True, slots=True)
class ChangeDay:
    """The first or the last day of a rule, which are entries of their own.

    Attributes:
        change: The rule.
        day: Its first or last.
        begins: Whether it is the first.
        country: Whose rule it is, as far as the document says: China's, or another's.
        concerned: All countries that the document names.
    """

    change: Change
    day: PartialDate
    begins: bool
    country: str
    concerned: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Of what sort the rule is."""
        return self.change.kind

    @property
    def status(self) -> str:
        """Whether it is decided."""
        return self.change.status


def change_days(document: Document) -> Sequence[ChangeDay]:
    """The first and last days of a document's rules, as far as they are stated."""
    countries = document.metadata.countries
    country = next((code for code in countries if code != HOME), HOME)
    return [
        ChangeDay(change, day, day is change.start, country, countries)
        for change in document.metadata.changes
        for day in (change.start, change.until)
        if day
    ]


def change_period(turn: ChangeDay, today: date) -> Period:
    """When a rule begins or ends, and whether it is in force today, over, or a draft."""
    has_come = turn.day.first <= today if turn.begins else turn.day.last < today
    until = turn.change.until
    is_over = until is not None and until.last < today
    status = EventStatus.PAST if has_come else EventStatus.UPCOMING
    stands = "past" if is_over else ("in_force" if has_come else "")
    if turn.status is ChangeStatus.PROPOSED:
        stands = "proposed"
    return Period(
        start=turn.day,
        status=status,
        day_key="from_day" if turn.begins else "until_day",
        stands=stands,
    )
