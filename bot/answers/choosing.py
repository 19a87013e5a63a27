"""Chooses which of the sentences that were read are quoted: the deciding one, and few others."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from bot.answers.decision import log_odds
from bot.answers.evidence import Evidence
from index.structure import MAX_QUOTE_CHARS

MAX_QUOTES = 3
_BESIDE = 5.0
"""So much worse than the best, in log-odds, may a quote of another document read: of those that
read worse still, none told anything of what was asked (`tests/labelled/dev`)."""


def choose(
    sentences: Sequence[Evidence],
    of_clauses: Sequence[Evidence],
    answers: Callable[[float], bool],
) -> list[Evidence]:
    """At most three quotes: the sentence that answers best, and what answers as well.

    What another document says is left out if it reads much worse, however well it would do alone.
    What no stored source stands behind comes last.

    Args:
        sentences: As read for the question, the best first, at least one.
        of_clauses: What answers each thing that it asks, in order, if it asks several.
        answers: Whether a sentence of a probability is quoted beside the best one.
    """
    beside = [s for s in sentences[1:] if _goes_with(sentences[0], s) and answers(s.probability)]
    chosen: list[Evidence] = []
    best = sentences[:1] if answers(sentences[0].probability) or not of_clauses else ()
    for sentence in [*best, *of_clauses, *beside]:
        if len(chosen) < MAX_QUOTES and _is_new(sentence, chosen):
            chosen.append(sentence)
    return sorted(chosen, key=attrgetter("is_general_knowledge"))


def _goes_with(best: Evidence, other: Evidence) -> bool:
    is_same = other.document.stem == best.document.stem
    return is_same or log_odds(other.probability) >= log_odds(best.probability) - _BESIDE


def _is_new(sentence: Evidence, chosen: Sequence[Evidence]) -> bool:
    is_new = all(other.quote != sentence.quote for other in chosen)
    return is_new and sum(len(e.quote) for e in [*chosen, sentence]) <= MAX_QUOTE_CHARS
