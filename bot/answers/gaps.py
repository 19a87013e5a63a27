"""What documents say that they do not hold: told where just that is asked for."""

from dataclasses import dataclass

from bot.answers.evidence import Evidence
from bot.answers.gates import constraints_of
from bot.answers.question import Question
from index import Document, Found, Glossary, Retriever
from index.documents import NotCovered
from index.facts import facts_of
from index.matching import sentence_matches
from index.times import editions_in, years_in

_HITS_READ = 5
_NEAR = 0.5
"""Cosine. Of 26 entries this near and nearer than any sentence to questions of
`tests/labelled/corpus`, 23 belonged to questions without an answer; of nine farther ones, six."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One entry of a document's `not_covered`, and how near it is to a question."""

    entry: NotCovered
    document: Document
    cosine: float

    def is_asked_for(self, nearest: Evidence) -> bool:
        """Whether it is nearer to the question than the nearest sentence, and near at all."""
        return self.cosine >= max(_NEAR, nearest.cosine)

    @property
    def details(self) -> dict[str, str]:
        """What is told of it."""
        return {"question": self.entry.question, "note": self.entry.note or ""}


def nearest_gap(
    question: Question, found: Found, retriever: Retriever, glossary: Glossary
) -> Gap | None:
    """The entry of the documents found that is nearest to a question; None if none may be meant.

    Args:
        question: As read.
        found: For the question.
        retriever: That found it.
        glossary: Recognises names.
    """
    asked = constraints_of(question, glossary)
    passages = {hit.passage.document: hit.passage for hit in found.hits[:_HITS_READ]}
    gaps = []
    for passage in passages.values():
        document, facts = retriever.document(passage), retriever.facts(passage)
        for entry, cosine in retriever.not_covered(found, document):
            named = facts_of(f"{document.metadata.title} {entry.question}", glossary)
            is_other = is_of_another_time(question, document, entry.question)
            if not is_other and not sentence_matches(asked, facts, named):
                gaps.append(Gap(entry=entry, document=document, cosine=cosine))
    return max(gaps, key=lambda gap: gap.cosine, default=None)


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
