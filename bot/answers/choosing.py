"""Chooses which of the sentences that were read are quoted: the deciding one, and few others."""

import re
from collections.abc import Sequence

from bot.answers.clauses import clauses
from bot.answers.evidence import Evidence, as_read
from bot.answers.question import Question
from index import MAX_QUOTE_CHARS, Reader

MAX_QUOTES = 3
_ANSWERS = 0.5
"""From this probability on a further sentence answers as well."""
_ASKS_LIST = re.compile(
    r"哪些|哪几[个家]|有[什甚][么麼]样?的|\bwhich (?:\w+ ){0,3}\w+s\b|\bwhat (?:\w+ )?\w+s are\b|"
    r"какие|どのような|어떤",
    re.IGNORECASE,
)


def choose(question: Question, sentences: Sequence[Evidence], reader: Reader) -> list[Evidence]:
    """At most three quotes: the sentence that answers best, and what answers another part.

    A question with several clauses is read once more for each of them; one that asks for several
    things gets all sentences that answer it.

    Args:
        question: As read.
        sentences: As read for it, the best first, at least one.
        reader: That read them.
    """
    chosen = [sentences[0]]
    parts = clauses(question)
    further: list[Evidence] = []
    if len(parts) > 1:
        best = [as_read(reader, part.text, sentences)[0] for part in parts]
        further = [sentence for sentence in best if sentence.probability >= _ANSWERS]
    elif _ASKS_LIST.search(question.text):
        further = [s for s in sentences[1:] if s.probability >= _ANSWERS]
    for sentence in further:
        if len(chosen) < MAX_QUOTES and _is_new(sentence, chosen):
            chosen.append(sentence)
    return chosen


def _is_new(sentence: Evidence, chosen: Sequence[Evidence]) -> bool:
    is_new = all(other.quote != sentence.quote for other in chosen)
    return is_new and sum(len(e.quote) for e in [*chosen, sentence]) <= MAX_QUOTE_CHARS
