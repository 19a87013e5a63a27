"""Chooses which of the sentences that were read are quoted: the deciding one, and few others."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from bot.answers.clauses import clauses
from bot.answers.evidence import Evidence, by_clause
from bot.answers.question import Question
from index import MAX_QUOTE_CHARS, Reader

MAX_QUOTES = 3


def choose(
    question: Question,
    sentences: Sequence[Evidence],
    reader: Reader,
    answers: Callable[[float], bool],
) -> list[Evidence]:
    """At most three quotes: the sentence that answers best, and what answers as well.

    A question with several clauses is read once more for each of them. What no stored source
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
    further = [s for s in [*best, *sentences[1:]] if answers(s.probability)]
    for sentence in further:
        if len(chosen) < MAX_QUOTES and _is_new(sentence, chosen):
            chosen.append(sentence)
    return sorted(chosen, key=attrgetter("is_general_knowledge"))


def _is_new(sentence: Evidence, chosen: Sequence[Evidence]) -> bool:
    is_new = all(other.quote != sentence.quote for other in chosen)
    return is_new and sum(len(e.quote) for e in [*chosen, sentence]) <= MAX_QUOTE_CHARS
