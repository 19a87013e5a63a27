"""Chooses which of the sentences that were read are quoted: the deciding one, and few others."""

import re
from collections.abc import Sequence

from bot.answers.clauses import clauses, compares
from bot.answers.evidence import Evidence, as_read
from bot.answers.question import Question
from index import MAX_QUOTE_CHARS, Reader

MAX_QUOTES = 3
_ANSWERS = 0.35
"""From this probability on a further sentence answers as well."""
_ANSWERS_IN_PART = 0.2
"""The same where several things are asked for, of which a sentence may tell one."""
_ASKS_LIST = re.compile(
    r"哪些|哪几[个家]|有[什甚][么麼]样?的|\bwhich (?:\w+ ){0,3}\w+s\b|\bwhat (?:\w+ )?\w+s are\b|"
    r"какие|どのような|어떤",
    re.IGNORECASE,
)


def choose(question: Question, sentences: Sequence[Evidence], reader: Reader) -> list[Evidence]:
    """At most three quotes: the sentence that answers best, and what answers another part.

    A question with several clauses is read once more for each of them. Of the same document, and
    of others where several things are asked for, what answers as well is quoted too.

    Args:
        question: As read.
        sentences: As read for it, the best first, at least one.
        reader: That read them.
    """
    chosen = [sentences[0]]
    parts = clauses(question)
    further: list[Evidence] = []
    if len(parts) > 1:
        best = [as_read(reader, part, sentences)[0] for part in parts]
        further = [sentence for sentence in best if sentence.probability >= _ANSWERS]
    asks_several = _ASKS_LIST.search(question.text) or compares(question)
    least = _ANSWERS_IN_PART if asks_several else _ANSWERS
    further += [
        sentence
        for sentence in sentences[1:]
        if sentence.probability >= least
        and (asks_several or sentence.document is chosen[0].document)
    ]
    for sentence in further:
        if len(chosen) < MAX_QUOTES and _is_new(sentence, chosen):
            chosen.append(sentence)
    return chosen


def _is_new(sentence: Evidence, chosen: Sequence[Evidence]) -> bool:
    is_new = all(other.quote != sentence.quote for other in chosen)
    return is_new and sum(len(e.quote) for e in [*chosen, sentence]) <= MAX_QUOTE_CHARS
