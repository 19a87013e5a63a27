"""Answers by the votes they got."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.report.values import Asked, Voted

_NAMED = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer, by its question, and what people thought of it."""

    answer_id: str
    question: str
    helpful: int
    unhelpful: int
    reasons: tuple[str, ...]
    """As people wrote them."""
    cited: tuple[str, ...]
    """Stems of the documents in it, as far as that is still kept."""


def judged(votes: Sequence[Voted], asked: Sequence[Asked]) -> list[Judged]:
    """Every answer that was voted on.

    Args:
        votes: All of them.
        asked: Tell what the answers cite.
    """
    cited = {one.answer_id: one.cited for one in asked}
    by_answer: dict[str, list[Voted]] = {}
    for vote in votes:
        by_answer.setdefault(vote.answer_id, []).append(vote)
    return [
        Judged(
            answer_id,
            next((vote.question for vote in those if vote.question), ""),
            sum(vote.vote > 0 for vote in those),
            sum(vote.vote < 0 for vote in those),
            tuple(dict.fromkeys(vote.reason for vote in those if vote.reason)),
            cited.get(answer_id, ()),
        )
        for answer_id, those in by_answer.items()
    ]


def best(answers: Sequence[Judged]) -> list[Judged]:
    """Those that more people found helpful than not, the most helpful first."""
    liked = [each for each in answers if each.helpful > each.unhelpful]
    return sorted(liked, key=lambda each: (each.unhelpful - each.helpful, each.question))[:_NAMED]


def worst(answers: Sequence[Judged]) -> list[Judged]:
    """Those that more people found unhelpful than helpful, the least helpful first."""
    disliked = [each for each in answers if each.unhelpful > each.helpful]
    return sorted(disliked, key=lambda each: (each.helpful - each.unhelpful, each.question))[
        :_NAMED
    ]
