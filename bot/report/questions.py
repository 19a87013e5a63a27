"""Questions counted: by time, language, topic, and how they ended."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from bot.answers.reasons import AnswerStatus, Reason
from bot.report.values import Asked, Material

_MOST_COLUMNS = 92
"""So many columns can still be told apart on a phone: a quarter of a year by days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many questions ended how, coarsely."""

    answered: int = 0
    missed: int = 0
    """Were about the documents' subject and had no valid answer."""
    other: int = 0
    """Declined, or small talk."""

    @classmethod
    def of(cls, asked: Iterable[Asked]) -> "Tally":
        """Count them."""
        those = list(asked)
        answered = sum(one.status is AnswerStatus.ANSWERED for one in those)
        missed = sum(one.was_missed for one in those)
        return cls(answered=answered, missed=missed, other=len(those) - answered - missed)

    @property
    def total(self) -> int:
        """All."""
        return self.answered + self.missed + self.other

    @property
    def share_answered(self) -> float | None:
        """Of those that were to be answered; None if there were none."""
        tried = self.answered + self.missed
        return self.answered / tried if tried else None


@dataclass(frozen=True, slots=True)
class Column:
    """The questions of one day, or of several where the time is long."""

    first: date
    last: date
    tally: Tally


@dataclass(frozen=True, slots=True)
class Row:
    """The questions of one language or topic; "" for those that have none."""

    name: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Ending:
    """The questions that ended with one status, and the reasons behind, most frequent first."""

    status: AnswerStatus
    count: int
    reasons: tuple[tuple[Reason | None, int], ...]


def columns(material: Material) -> list[Column]:
    """Questions in the order of time, in columns of equally many days."""
    width = ceil(material.days / _MOST_COLUMNS)
    by_column: dict[int, list[Asked]] = {}
    for one in material.asked:
        by_column.setdefault((one.day - material.first).days // width, []).append(one)
    found = []
    for number in range(ceil(material.days / width)):
        begin = material.first + timedelta(number * width)
        end = min(begin + timedelta(width - 1), material.last)
        found.append(Column(begin, end, Tally.of(by_column.get(number, ()))))
    return found


def by_language(asked: Sequence[Asked]) -> list[Row]:
    """The language most asked in first."""
    return _rows(asked, lambda one: [one.language])


def by_topic(asked: Sequence[Asked], topics: Mapping[str, str]) -> list[Row]:
    """By the topic of the document that an answer cites first; without those that cite none.

    Args:
        asked: All of them.
        topics: Of the documents, by stem.
    """
    return _rows(asked, lambda one: [topics[stem] for stem in one.cited[:1]])


def endings(asked: Sequence[Asked]) -> list[Ending]:
    """Every status that occurs, in the order in which statuses are declared."""
    found = []
    for status in AnswerStatus:
        reasons = Counter(one.reason for one in asked if one.status is status)
        if reasons:
            found.append(Ending(status, reasons.total(), tuple(reasons.most_common())))
    return found


def _rows(asked: Sequence[Asked], names_of: Callable[[Asked], Iterable[str]]) -> list[Row]:
    groups: dict[str, list[Asked]] = {}
    for one in asked:
        for name in names_of(one):
            groups.setdefault(name, []).append(one)
    rows = [Row(name, Tally.of(those)) for name, those in groups.items()]
    return sorted(rows, key=lambda row: (not row.name, -row.tally.total, row.name))
