"""Chooses the sentences that answer: of all that might, at most three exact quotes."""

import re
from collections.abc import Sequence
from itertools import product

from bot.answers.evidence import (
    Evidence,
    Place,
    best_of,
    candidates_in,
    weigh,
)
from bot.answers.gates import constraints_of
from bot.answers.naming import words_of
from bot.answers.question import Question
from index import MAX_QUOTE_CHARS, Document, Found, Glossary, Retriever

MAX_QUOTES = 3
_PASSAGES_READ = 5
_GOOD_ENOUGH = 6.0
"""How far a further sentence may lie below the best one, in logarithms of odds."""
_AS_RELEVANT = 0.7
"""Share of the best quote's coverage that one of another document must reach."""
_OF_LIST = 0.5
"""The same where several things are asked for."""
_ASKS_LIST = re.compile(
    r"哪些|哪几[个家]|有[什甚][么麼]样?的|\bwhich (?:\w+ ){0,3}\w+s\b|\bwhat (?:\w+ )?\w+s are\b|"
    r"какие|どのような|어떤",
    re.IGNORECASE,
)
_AS_NEAR = 0.5
"""Share of the highest coverage that a sentence of another document must reach."""
_TOO_ALIKE = 0.7
_DOCUMENTS_READ = 3
"""So many of the documents found are read once more for each part of a question."""
_BEST_FOR_PART = 4
"""So many sentences are considered for each part of a question."""
_DOCUMENT = 0.5
"""What the best sentence of its document, for the whole question, adds to a sentence's own."""
_WHOLE = 0.25
"""What answering the whole question adds to answering one part of it."""


def candidates_for(
    question: Question, found: Found, retriever: Retriever, glossary: Glossary
) -> list[Evidence]:
    """The sentences found that may answer a question, or one part of it.

    Of the best document all are read: the answer may stand in a paragraph that was not found.
    """
    hits = found.hits[:_PASSAGES_READ] + retriever.rest_of_best(found, _PASSAGES_READ)
    asked = constraints_of(question, glossary)
    weights = weigh(question, retriever, glossary)
    return [
        evidence
        for hit in hits
        for evidence in candidates_in(question, asked, hit, found, retriever, weights)
    ]


def choose(
    question: Question,
    found: Found,
    candidates: Sequence[Evidence],
    retriever: Retriever,
    glossary: Glossary,
    parts: Sequence[Question],
) -> list[Evidence]:
    """At most three quotes, best first; none if no sentence holds the kind of thing asked for.

    How well each answers is scored in `sentence_scoring.py`.

    Args:
        question: As read.
        found: What the retriever found for it.
        candidates: Those of `candidates_for` the same.
        retriever: That retriever.
        glossary: Recognises names.
        parts: The clauses that are read alone as well; each costs an encoding.
    """
    if not _is_held(candidates):
        return []
    chosen, further = [best_of(candidates)], [e for e in candidates if e.holds_asked]
    if parts:
        # what leans on earlier turns says too little to be looked for anew
        documents = _DOCUMENTS_READ if len(parts) > 1 else 0

        def read(part: Question) -> Found:
            return retriever.read_for(part.text, part.language, found, documents)

        said = [candidates_for(part, read(part), retriever, glossary) for part in parts]
        chosen = _best_for_parts(said, candidates) or chosen
        told = {e.place for sentences in said for e in sentences if e.holds_asked}
        further = [e for e in candidates if e.place in told]
    _fill_up(chosen, further, _OF_LIST if _ASKS_LIST.search(question.text) else _AS_RELEVANT)
    _round_off(chosen, further)
    return chosen


def _is_held(candidates: Sequence[Evidence]) -> bool:
    """Whether what holds the kind of thing asked for is about the same as what does not."""
    if not candidates:
        return False
    nearest = max(candidates, key=lambda e: e.coverage)
    return any(
        e.document.id == nearest.document.id or e.coverage >= _AS_NEAR * nearest.coverage
        for e in candidates
        if e.holds_asked
    )


def _best_for_parts(
    said: Sequence[Sequence[Evidence]], facts: Sequence[Evidence]
) -> list[Evidence]:
    """For each part of a question another fact, so that all together answer best.

    Args:
        said: For each part the sentences as weighed for it alone.
        facts: The same as weighed for the whole question.
    """
    whole = {e.place: e for e in facts}
    places = {e.place: e for sentences in said for e in sentences} | whole
    lowest = min(e.score for e in facts)
    best_of_document = {e.document.id: e.score for e in sorted(facts, key=lambda e: e.score)}

    def score(evidence: Evidence) -> float:
        known = whole.get(evidence.place)
        of_document = best_of_document.get(evidence.document.id, lowest)
        return (
            evidence.score + _WHOLE * (known.score if known else lowest) + _DOCUMENT * of_document
        )

    scores = [{e.place: score(e) for e in sentences if e.holds_asked} for sentences in said]
    told = [of for of in scores if of]
    best = [sorted(of, key=of.__getitem__, reverse=True)[:_BEST_FOR_PART] for of in told]
    ways = [way for way in product(*best) if len(_quotes(places, way)) == len(way)]
    if not ways:
        return [places[at] for at in dict.fromkeys(of[0] for of in best)]
    return [
        places[at]
        for at in max(ways, key=lambda way: sum(of[at] for of, at in zip(told, way, strict=True)))
    ]


def _quotes(sentences: dict[Place, Evidence], places: Sequence[Place]) -> set[str]:
    return {sentences[at].quote for at in places}


def _is_new(evidence: Evidence, chosen: Sequence[Evidence]) -> bool:
    return all(e.quote != evidence.quote for e in chosen)


def _has_room(evidence: Evidence, chosen: Sequence[Evidence]) -> bool:
    return sum(len(e.quote) for e in [*chosen, evidence]) <= MAX_QUOTE_CHARS


def _fill_up(chosen: list[Evidence], facts: Sequence[Evidence], relevant: float) -> None:
    """Add what else is worth its length, the best first."""
    for evidence in sorted(facts, key=lambda e: -e.score):
        if len(chosen) < MAX_QUOTES and _adds(evidence, chosen, relevant):
            chosen.append(evidence)


def _round_off(chosen: list[Evidence], facts: Sequence[Evidence]) -> None:
    """Add, where there is room, what the best quote's paragraph goes on to say.

    A question often asks for two things, and the second stands in the next sentence.
    """
    best = chosen[0]
    for evidence in sorted(facts, key=lambda e: e.start):
        follows = evidence.paragraph == best.paragraph and evidence.start > best.start
        fits = len(chosen) < MAX_QUOTES and _has_room(evidence, chosen)
        if follows and fits and _is_new(evidence, chosen):
            chosen.append(evidence)


def _adds(evidence: Evidence, chosen: Sequence[Evidence], relevant: float) -> bool:
    """Whether a further quote is worth its length beside those already chosen."""
    if evidence.score < max(e.score for e in chosen) - _GOOD_ENOUGH:
        return False
    if not _has_room(evidence, chosen) or not _is_new(evidence, chosen):
        return False
    if _is_another_edition(evidence.document, chosen[0].document):
        return False
    is_elsewhere = evidence.document.id != chosen[0].document.id
    if is_elsewhere and evidence.coverage < relevant * chosen[0].coverage:
        return False
    mine = words_of(evidence.quote)
    return all(
        len(mine & words_of(other.quote)) <= _TOO_ALIKE * max(1, len(mine)) for other in chosen
    )


def _is_another_edition(document: Document, best: Document) -> bool:
    """Whether two documents are about different editions of one series of events."""
    event, other = document.metadata.event, best.metadata.event
    if not event or not other or not event.series or event.series != other.series:
        return False
    return bool(event.edition and other.edition and event.edition != other.edition)
