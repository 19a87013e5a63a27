"""Which unanswered questions are the same one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.grouping import Grouper
from bot.answers.reasons import Reason
from bot.report.values import InVain
from index import Retriever
from index.glossary import fold


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are the same one, the most frequent wording first; at least one."""

    wordings: tuple[InVain, ...]

    @property
    def times(self) -> int:
        """How often it was asked."""
        return sum(each.times for each in self.wordings)

    @property
    def others(self) -> tuple[str, ...]:
        """Its questions in other words than the first."""
        by_letters = {_letters(each): each.question for each in self.wordings[::-1]}
        return tuple(text for text in by_letters.values() if text != self.wordings[0].question)

    @property
    def languages(self) -> tuple[str, ...]:
        """In which it was asked, each once."""
        return tuple(dict.fromkeys(each.language for each in self.wordings))

    @property
    def last(self) -> date:
        """When it was asked last."""
        return max(each.last for each in self.wordings)

    @property
    def reason(self) -> Reason | None:
        """Why its first wording had no answer."""
        return self.wordings[0].reason

    @property
    def nearest(self) -> tuple[str, ...]:
        """What was offered instead, each once."""
        return tuple(dict.fromkeys(title for each in self.wordings for title in each.nearest))


_MOST_ENCODED = 300

Grouping = Callable[[Sequence[InVain]], list[list[InVain]]]
"""Puts together what is the same question: each is in exactly one list."""


def by_text(questions: Sequence[InVain]) -> list[list[InVain]]:
    """Those with the same letters and digits, whatever stands between them."""
    groups: dict[str, list[InVain]] = {}
    for one in questions:
        groups.setdefault(_letters(one), []).append(one)
    return list(groups.values())


def by_meaning(retriever: Retriever, grouper: Grouper) -> Grouping:
    """Puts together what asks the same in whatever words and languages.

    Of the most frequent questions only: each new one takes some milliseconds to encode.
    """

    def together(questions: Sequence[InVain]) -> list[list[InVain]]:
        same = sorted(by_text(questions), key=lambda one: -sum(each.times for each in one))
        read, rest = same[:_MOST_ENCODED], same[_MOST_ENCODED:]
        asked = [each[0] for each in read]
        same_as = grouper.grouped([(one.question, one.language) for one in asked], retriever)
        return [[one for row in rows for one in read[row]] for rows in same_as] + rest

    return together


def groups(questions: Sequence[InVain], grouping: Grouping) -> list[Group]:
    """The most frequent first, of equally frequent ones the newest."""
    found = [
        Group(tuple(sorted(each, key=lambda one: -one.times))) for each in grouping(questions)
    ]
    return sorted(found, key=lambda group: (-group.times, -group.last.toordinal()))


def _letters(one: InVain) -> str:
    """Its letters and digits; the whole question where it has none."""
    return "".join(filter(str.isalnum, fold(one.question))) or one.question
