"""Chooses the sentences that answer: of all that might, at most three exact quotes."""

from collections.abc import Sequence

from bot.answers.evidence import (
    Evidence,
    Weights,
    candidates_in,
    declares_a_gap,
    weigh,
    words_of,
)
from bot.answers.naming import speaks_of_another, things_in
from bot.answers.parts import clauses
from bot.answers.question import Question
from index import MAX_QUOTE_CHARS, Document, Found, Glossary, Retriever

MAX_QUOTES = 3
_PASSAGES_READ = 5
_GOOD_ENOUGH = 0.72
"""Share of the best sentence's score that a further one must reach."""
_AS_RELEVANT = 0.7
"""Share of the best quote's coverage that one of another document must reach."""
_TOO_ALIKE = 0.7
_WHOLE = 0.25
"""What answering the whole question adds to answering one part of it."""
_LEFT_OPEN = 0.12
"""Share of the question's weight that a declared gap adds to what the quotes say."""
_SAME_DOCUMENT = 0.1
"""What a further quote of one document loses, so that another source may speak as well."""


def choose(
    question: Question, found: Found, retriever: Retriever, glossary: Glossary
) -> list[Evidence]:
    """At most three quotes, best first; none only if there are no hits.

    A sentence counts for the words of the question that it carries, those that its title and
    headings carry, its passage's place among the hits, and whether it holds a number or a date
    where the question asks for one.
    """
    asked = things_in(question.search_text, glossary)

    def candidates_for(part: Question, found: Found = found) -> list[Evidence]:
        weights = weigh(part, retriever)
        return [
            evidence
            for hit in found.hits[:_PASSAGES_READ]
            for evidence in candidates_in(part, hit, found, retriever, weights)
            if not speaks_of_another(asked, f"{evidence.context} {evidence.quote}", glossary)
        ]

    candidates = candidates_for(question)
    fitting = [evidence for evidence in candidates if evidence.holds_asked]
    if not fitting:
        return _nearest_gap(candidates)
    best = max(fitting, key=lambda e: e.score)
    if declares_a_gap(best.quote):
        return [best]
    parts = clauses(question)
    whole = {(e.document.id, e.start): e for e in candidates if not declares_a_gap(e.quote)}
    chosen = [best] if len(parts) == 1 else []
    for part in parts if len(parts) > 1 else ():
        read = retriever.read_for(part.text, part.language, found)
        said = {
            (e.document.id, e.start): e.score
            for e in candidates_for(part, read)
            if e.holds_asked and (e.document.id, e.start) in whole and _if_new(e, chosen)
        }
        scores = {at: score + _WHOLE * whole[at].score for at, score in said.items()}
        if scores:
            chosen += _if_new(whole[max(scores, key=scores.__getitem__)], chosen)
    chosen = chosen or [best]
    facts = [e for e in fitting if not declares_a_gap(e.quote)]
    _fill_up(chosen, facts)
    gaps = [e for e in candidates if declares_a_gap(e.quote)]
    chosen = _rounded_off(chosen, facts)
    return _closed_by(gaps, chosen, weigh(question, retriever)) or chosen


def _if_new(evidence: Evidence, chosen: Sequence[Evidence]) -> list[Evidence]:
    return [] if any(e.quote == evidence.quote for e in chosen) else [evidence]


def _fill_up(chosen: list[Evidence], facts: Sequence[Evidence]) -> None:
    """Add what else is worth its length, the best first."""
    left = [e for e in facts if _if_new(e, chosen)]
    while left and len(chosen) < MAX_QUOTES:
        best = max(left, key=lambda e: e.score - _SAME_DOCUMENT * _beside(e, chosen))
        left.remove(best)
        if _adds(best, chosen):
            chosen.append(best)


def _nearest_gap(candidates: Sequence[Evidence]) -> list[Evidence]:
    """What a document says it does not hold, where nothing holds what is asked for."""
    highest = max((e.score for e in candidates), default=0.0)
    gaps = [e for e in candidates if declares_a_gap(e.quote)]
    best = max(gaps, key=lambda e: e.score, default=None)
    return [best] if best and best.score >= _GOOD_ENOUGH * highest else []


def _closed_by(
    gaps: Sequence[Evidence], chosen: Sequence[Evidence], weights: Weights
) -> list[Evidence]:
    """The sentence of the best document by which just what the quotes leave open is not held."""
    said = weights.coverage(*(text for e in chosen for text in (e.context, e.quote)))
    closing = [
        gap
        for gap in gaps
        if gap.document.id == chosen[0].document.id
        and weights.coverage(gap.quote, *(text for e in chosen for text in (e.context, e.quote)))
        > said + _LEFT_OPEN
    ]
    return closing[:1]


def _rounded_off(chosen: list[Evidence], candidates: Sequence[Evidence]) -> list[Evidence]:
    """Where there is room, what the best quote's paragraph goes on to say.

    A question often asks for two things, and the second stands in the next sentence.
    """
    best = chosen[:1]
    for evidence in sorted(candidates, key=lambda e: e.start):
        follows = (
            best and evidence.paragraph == best[0].paragraph and evidence.start > best[0].start
        )
        has_room = sum(len(c.quote) for c in chosen) + len(evidence.quote) <= MAX_QUOTE_CHARS
        is_new = all(one.quote != evidence.quote for one in chosen)
        if follows and len(chosen) < MAX_QUOTES and has_room and is_new:
            chosen.append(evidence)
    return chosen


def _beside(evidence: Evidence, chosen: Sequence[Evidence]) -> int:
    """How many quotes of the same document are chosen already."""
    return sum(other.document.id == evidence.document.id for other in chosen)


def _adds(evidence: Evidence, chosen: Sequence[Evidence]) -> bool:
    """Whether a further quote is worth its length beside those already chosen."""
    if evidence.score < _GOOD_ENOUGH * max(e.score for e in chosen):
        return False
    if sum(len(c.quote) for c in chosen) + len(evidence.quote) > MAX_QUOTE_CHARS:
        return False
    if _is_another_edition(evidence.document, chosen[0].document):
        return False
    is_elsewhere = evidence.document.id != chosen[0].document.id
    if is_elsewhere and evidence.coverage < _AS_RELEVANT * chosen[0].coverage:
        return False
    if any(other.quote == evidence.quote for other in chosen):
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
