"""What may be quoted: the sentences of the hits, and how well each answers."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.answers.gates import constraints_of
from bot.answers.question import Question
from bot.answers.sourcing import is_general
from index import Document, Found, Glossary, Reader, Retriever
from index.documents import Hit
from index.matching import sentence_matches
from index.reader import in_conversation, readable
from index.structure import Kind, units

PASSAGES_READ = 5
SENTENCES_READ = 16
"""The reader scores so many sentences of a question, the nearest ones: each takes milliseconds."""
NEAR = 0.35
"""Cosine from which on a sentence or a passage is of the same subject as a question. Of 120
questions of our kind without an answer 119 find such a sentence, of 118 about other things six."""
OTHER_VERSIONS_READ = 3
"""So many are read of the best document's other languages: is the same said there?"""

BEGINNING = 240
"""Two sentences that open a document are quoted together if they are no longer, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One span of a document that may be quoted."""

    document: Document
    start: int
    end: int
    language: str
    context: str = ""
    """Title and headings that it stands below."""
    cosine: float = 0.0
    """To the question."""
    probability: float = 1.0
    """That it answers the question, by the reader."""

    @property
    def quote(self) -> str:
        return self.document.text[self.start : self.end]

    @property
    def is_general_knowledge(self) -> bool:
        """Whether no stored source stands behind it."""
        return is_general(self.document.sources_of(self.start, self.end))

    @property
    def text(self) -> str:
        """As readers see it."""
        return readable(self.context, self.quote)


def quotable(document: Document) -> Iterator[Evidence]:
    """The sentences of a document in order, unread."""
    for unit in units(document.text):
        if unit.kind is not Kind.HEADING:
            yield Evidence(
                document=document,
                start=unit.quote_start,
                end=unit.end,
                language=document.metadata.language,
            )


def opening(document: Document) -> Evidence:
    """The first sentence of a document: the answer to "what is it"."""
    whole = Evidence(
        document=document, start=0, end=len(document.text), language=document.metadata.language
    )
    return next(quotable(document), whole)


def beginning(document: Document) -> Evidence:
    """How a document opens, with its second sentence if both are one short paragraph."""
    first = opening(document)
    later = (sentence for sentence in quotable(document) if sentence.start >= first.end)
    second = next(later, None)
    if second is None or "\n" in document.text[first.end : second.start]:
        return first
    return replace(first, end=second.end) if second.end - first.start <= BEGINNING else first


def sentences_of(
    question: Question, found: Found, retriever: Retriever, glossary: Glossary, today: date
) -> list[Evidence]:
    """The nearest sentences of the hits that name nothing else than a question does.

    What was published after today is not read: today may be a day of the past. Of the best
    document all passages are looked at: the answer may stand in one not found.
    """
    hits = found.hits[:PASSAGES_READ] + retriever.rest_of_best(found, PASSAGES_READ)
    return _nearest(question, found, hits, retriever, glossary, today)[:SENTENCES_READ]


def of_other_versions(
    best: Evidence,
    question: Question,
    found: Found,
    retriever: Retriever,
    glossary: Glossary,
    today: date,
) -> list[Evidence]:
    """The few nearest sentences of the same document in its other languages."""
    hits = retriever.other_versions(found, best.document)
    return _nearest(question, found, hits, retriever, glossary, today)[:OTHER_VERSIONS_READ]


def _nearest(
    question: Question,
    found: Found,
    hits: Sequence[Hit],
    retriever: Retriever,
    glossary: Glossary,
    today: date,
) -> list[Evidence]:
    asked = constraints_of(question, glossary)
    sentences = []
    for hit in hits:
        document, facts = retriever.document(hit.passage), retriever.facts(hit.passage)
        for span, cosine in retriever.sentences(found, hit.passage):
            start, end = (hit.passage.start + place for place in span)
            is_other = sentence_matches(asked, facts, facts.sentences[span])
            if not is_other and document.is_known(today, start, end):
                sentences.append(
                    Evidence(
                        document=document,
                        start=start,
                        end=end,
                        language=hit.passage.language,
                        context=retriever.headings(hit.passage),
                        cosine=cosine,
                    )
                )
    return sorted(sentences, key=lambda sentence: -sentence.cosine)


def as_read(reader: Reader, question: str, sentences: Sequence[Evidence]) -> list[Evidence]:
    """The same sentences, in their order, with the probability that each answers a question."""
    probabilities = reader.score(question, [sentence.text for sentence in sentences])
    return [
        replace(sentence, probability=float(probability))
        for sentence, probability in zip(sentences, probabilities, strict=True)
    ]


def in_turn(reader: Reader, clauses: Sequence[str]) -> list[str]:
    """The clauses of a question as a reader is asked them: each behind those before it."""
    if not reader.knows_conversations:
        return [*clauses]
    return [in_conversation(clause, clauses[:number]) for number, clause in enumerate(clauses)]


def as_both(first: Sequence[Evidence], second: Sequence[Evidence]) -> list[Evidence]:
    """The same sentences as read for two questions, with the geometric mean of probabilities."""
    return [
        replace(one, probability=math.sqrt(one.probability * other.probability))
        for one, other in zip(first, second, strict=True)
    ]
