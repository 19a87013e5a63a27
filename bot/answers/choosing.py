"""Chooses which of the sentences that were read are quoted: the deciding one, and few others."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from bot.answers.clauses import clauses
from bot.answers.decision import log_odds
from bot.answers.evidence import Evidence, by_clause
from bot.answers.question import Question
from index import Reader
from index.structure import MAX_QUOTE_CHARS

MAX_QUOTES = 3
_BESIDE = 5.0
"""So much worse than the best, in log-odds, may a quote of another document read: of those that
read worse still, none told anything of what was asked (`tests/labelled/dev`)."""


def choose(
    question: Question,
    sentences: Sequence[Evidence],
    reader: Reader,
    answers: Callable[[float], bool],
) -> list[Evidence]:
    """At most three quotes: the sentence that answers best, and what answers as well.

    A question with several clauses is read once more for each of them. What another document says
    is left out if it reads much worse, however well it would do alone. What no stored source
    stands behind comes last.

    Args:
        question: As read.
        sentences: As read for it, the best first, at least one.
        reader: That read them.
        answers: Whether a sentence of a probability is quoted beside the best one.
    """
    chosen = [sentences[0]]
    asked = clauses(question)
    best = [
        max(read, key=attrgetter("probability"))
        for read in by_clause(reader, asked[1:] and asked, sentences)
    ]
    beside = [s for s in sentences[1:] if _goes_with(sentences[0], s)]
    further = [s for s in [*best, *beside] if answers(s.probability)]
    for sentence in further:
        if len(chosen) < MAX_QUOTES and _is_new(sentence, chosen):
            chosen.append(sentence)
    return sorted(chosen, key=attrgetter("is_general_knowledge"))


def _goes_with(best: Evidence, other: Evidence) -> bool:
    is_same = other.document.stem == best.document.stem
    return is_same or log_odds(other.probability) >= log_odds(best.probability) - _BESIDE


def _is_new(sentence: Evidence, chosen: Sequence[Evidence]) -> bool:
    is_new = all(other.quote != sentence.quote for other in chosen)
    return is_new and sum(len(e.quote) for e in [*chosen, sentence]) <= MAX_QUOTE_CHARS
