"""What speaks for and against an answer: the numbers that abstention decides on."""

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

from bot.answers.evidence import weigh
from bot.answers.question import Question
from index import Found, Hit, Retriever, countries_in, primary

_LOOKED_AT = 3
"""How many hits may carry the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """One question's signals.

    Attributes:
        nearness: Standard deviations that the best hit lies above the usual passage.
        lead: How far it lies above the fifth hit.
        match: Share of the question's word weight that the first hit matches, by BM25.
        coverage: Share of the question's word weight that stands in one passage with its title.
        sentence: The same within one sentence.
        missing: Weight of the weightiest word that stands in none of the first hits.
        agreement: Whether the nearest hit matches most words as well.
        country_missing: A country is asked about that the hits do not name.
        other_language: The first hit is in another language than the question.
        nearness_other: `nearness` if so, else 0.
    """

    nearness: float
    lead: float
    match: float
    coverage: float
    sentence: float
    missing: float
    agreement: float
    country_missing: float
    other_language: float
    nearness_other: float

    def vector(self) -> tuple[float, ...]:
        """All signals, in the order of `names`."""
        return astuple(self)


def names() -> tuple[str, ...]:
    """What the parts of a vector are."""
    return tuple(field.name for field in fields(Signals))


def signals_of(question: Question, found: Found, retriever: Retriever) -> Signals:
    """Read the signals off what was found; there must be at least one hit."""
    weights = weigh(question, retriever)
    hits = found.hits[:_LOOKED_AT]
    contexts = [retriever.context(hit.passage) for hit in hits]
    nearness = max(found.nearness[:_LOOKED_AT])
    fifth = found.nearness[min(4, len(found.nearness) - 1)]
    other = primary(hits[0].passage.language) != primary(question.language)
    sentences = (s for hit in hits for s in re.split(r"(?<=[。！？.!?])\s*|\n", hit.passage.text))
    best = max(range(len(found.hits)), key=lambda position: found.nearness[position])
    return Signals(
        nearness=nearness,
        lead=nearness - fifth,
        match=max(found.matches[:_LOOKED_AT]),
        coverage=max(map(weights.coverage, contexts)),
        sentence=max(map(weights.coverage, sentences), default=0.0),
        missing=weights.missing(" ".join(contexts)),
        agreement=float(found.matches[best] >= max(found.matches)),
        country_missing=float(
            bool(question.countries)
            and not any(_names_country(question, hit, retriever) for hit in hits)
        ),
        other_language=float(other),
        nearness_other=nearness * other,
    )


def misses_what_is_named(question: Question, hit: Hit, retriever: Retriever) -> bool:
    """Near misses: another year, another edition, another code than the question names."""
    document = retriever.document(hit.passage)
    context = retriever.context(hit.passage)
    text = f"{document.metadata.title}\n{document.text}"
    if any(str(year) not in text for year in question.years):
        return True
    if any(not re.search(rf"(?<!\d){number}(?!\d)", context) for number in question.editions):
        return True
    return any(code not in text for code in question.codes)


def _names_country(question: Question, hit: Hit, retriever: Retriever) -> bool:
    named = set(retriever.document(hit.passage).metadata.countries)
    return bool(question.countries & (named | countries_in(retriever.context(hit.passage))))


def keep(found: Found, positions: Sequence[int]) -> Found:
    """What was found, less the hits at other positions."""
    return Found(
        hits=tuple(found.hits[p] for p in positions),
        nearness=tuple(found.nearness[p] for p in positions),
        matches=tuple(found.matches[p] for p in positions),
        encode_ms=found.encode_ms,
        search_ms=found.search_ms,
    )
