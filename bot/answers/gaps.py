"""What documents say that no document holds: told where just that is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.evidence import NAMED_WEIGHT, Evidence, best_of, weigh
from bot.answers.gates import constraints_of
from bot.answers.question import Question
from bot.answers.sentence_scoring import SentenceFeatures, shipped_sentence_fit
from index import (
    Document,
    Found,
    Glossary,
    NotCovered,
    Retriever,
    editions_in,
    facts_of,
    primary,
    sentence_matches,
    years_in,
)

_HITS_READ = 5
"""The documents of so many hits are looked at, as for quotes."""
_MOST = 0.5
"""Share of the question's weight that an entry must carry where no sentence may answer."""
_CLEARLY = 0.5
"""How much better an entry must match than a sentence that would be quoted, in logarithms of
odds. Chosen on tests/labelled/own and the canned checks: it costs no answer, 0.25 costs nine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One entry of a document's `not_covered`, and how well it matches a question."""

    entry: NotCovered
    document: Document
    coverage: float
    """Share of the question's weight that it carries with the document's title."""
    score: float
    """To be compared with that of the best sentence."""

    @property
    def details(self) -> dict[str, str]:
        """What is told of it."""
        return {"question": self.entry.question, "note": self.entry.note or ""}


def nearest_gap(
    question: Question, found: Found, retriever: Retriever, glossary: Glossary
) -> Gap | None:
    """The entry of the documents found that matches a question best; None if none fits it."""
    weights = weigh(question, retriever, glossary)
    asked = constraints_of(question, glossary)
    passages = {hit.passage.document: hit.passage for hit in found.hits[:_HITS_READ]}
    gaps = []
    for passage in passages.values():
        document, facts = retriever.document(passage), retriever.facts(passage)
        title = document.metadata.title
        is_other = primary(document.metadata.language) != primary(question.language)
        for entry, cosine in retriever.not_covered(found, document):
            named = facts_of(f"{title} {entry.question}", glossary)
            if is_of_another_time(question, document, entry.question) or sentence_matches(
                asked, facts, named
            ):
                continue
            coverage = weights.coverage(title, entry.question)
            score = _match(coverage, cosine, is_other=is_other)
            gaps.append(Gap(entry=entry, document=document, coverage=coverage, score=score))
    return max(gaps, key=lambda gap: gap.score, default=None)


def told_instead(
    question: Question,
    found: Found,
    candidates: Sequence[Evidence],
    retriever: Retriever,
    glossary: Glossary,
    *,
    of_answer: bool,
) -> Gap | None:
    """The entry that matches a question better than the best sentence does, if one does.

    Args:
        question: As read.
        found: For the question.
        candidates: The sentences that may answer.
        retriever: That found them.
        glossary: Recognises names.
        of_answer: Sentences would be quoted: then only what matches clearly better is told.
    """
    gap = nearest_gap(question, found, retriever, glossary)
    if gap is None:
        return None
    if not candidates:  # they were of other years or editions
        return gap if gap.coverage >= _MOST and names_time(question, gap.entry.question) else None
    best = best_of(candidates)
    is_other = primary(best.language) != primary(question.language)
    cosine = best.features.cosine if best.features else 0.0
    of_best = _match(best.coverage, cosine, is_other=is_other)
    return gap if gap.score > of_best + _CLEARLY * of_answer else None


def names_time(question: Question, entry: str) -> bool:
    """Whether an entry names a year or an edition that a question asks for."""
    return bool(question.years & years_in(entry) or question.editions & editions_in(entry))


def is_of_another_time(question: Question, document: Document, entry: str) -> bool:
    """Whether an entry is about another year or edition than a question.

    That next year's dates are not held says nothing of this year's: a year or an edition that
    the document itself never names must be asked for.
    """
    own = f"{document.metadata.title}\n{document.text}"
    is_foreign = asks_foreign = False
    for named_in, asked in ((years_in, question.years), (editions_in, question.editions)):
        named = named_in(entry)
        if named and asked and not named & asked:
            return True
        is_foreign = is_foreign or not named <= named_in(own)
        asks_foreign = asks_foreign or not asked <= named_in(own)
    return is_foreign and not asks_foreign


def _match(coverage: float, cosine: float, *, is_other: bool) -> float:
    """How well a text matches a question by its words and its meaning alone.

    Args:
        coverage: Share of the question's weight that it carries with its title.
        cosine: Of the text to the question.
        is_other: It is in another language than the question.
    """
    features = SentenceFeatures(
        coverage=coverage, cosine=cosine, passage_cosine=0.0, has_number=0.0, has_date=0.0
    )
    score = shipped_sentence_fit().weights(is_other=is_other).score(features)
    return score + NAMED_WEIGHT * (is_other and coverage)
