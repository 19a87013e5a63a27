"""What speaks for and against an answer: the numbers that abstention decides on."""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

from bot.answers.evidence import Evidence, best_of, weigh
from bot.answers.gaps import told_instead
from bot.answers.question import Question
from index import Found, Glossary, Hit, Retriever, Span, letters_of, primary

_LOOKED_AT = 3
"""How many hits may carry the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """One question's signals, all of the first hits.

    Attributes:
        nearness: Standard deviations that the nearest lies above the usual passage.
        lead: How far it lies above the fifth.
        cosine: The highest cosine.
        usual_cosine: The mean cosine of all hits.
        match: The largest share of the question's word weight that one matches, by BM25.
        match_lead: How far it lies above the fifth largest.
        sentence: Share of the question's word weight that stands in one sentence.
        sentence_cosine: The highest cosine of a sentence.
        sentence_nearness: Standard deviations that it lies above the usual sentence.
        sentence_lead: How far it lies above the second.
        sentence_rise: How far the best sentence of the first hit lies above its mean sentence.
        sentence_gain: How far the best sentence lies above the hits' own cosines.
        usual_sentence: The mean cosine of all sentences of the hits.
        missing: Weight of the weightiest word that stands in none.
        unknown: Share of the question's words that no passage of the index has.
        words: Logarithm of the number of words.
        run: Length of the longest run of letters that question and passage share.
        run_share: The same as a share of the question.
        pairs: Share of the question's pairs of letters that stand in one passage.
        triples: The same for three letters.
        country_missing: A country is asked about that they do not name.
        best_coverage: Share of the question's word weight that the sentence which would be quoted
            carries, with its title and headings.
        best_cosine: Its cosine.
        best_rise: How far its score lies above the mean sentence.
        best_missing: Weight of the weightiest word that it lacks.
        best_declares_gap: What documents say that no document holds matches better than it.
    """

    nearness: float
    lead: float
    cosine: float
    usual_cosine: float
    match: float
    match_lead: float
    sentence: float
    sentence_cosine: float
    sentence_nearness: float
    sentence_lead: float
    sentence_rise: float
    sentence_gain: float
    usual_sentence: float
    missing: float
    unknown: float
    words: float
    run: float
    run_share: float
    pairs: float
    triples: float
    country_missing: float
    best_coverage: float
    best_cosine: float
    best_rise: float
    best_missing: float
    best_declares_gap: float

    def vector(self) -> tuple[float, ...]:
        """All signals, in the order of `names`."""
        return astuple(self)


def names() -> tuple[str, ...]:
    """What the parts of a vector are."""
    return tuple(field.name for field in fields(Signals))


def is_other_language(question: Question, found: Found) -> bool:
    """Whether the first hit is in another language, so that words tell little."""
    return primary(found.hits[0].passage.language) != primary(question.language)


def signals_of(
    question: Question,
    found: Found,
    retriever: Retriever,
    glossary: Glossary,
    candidates: Sequence[Evidence],
) -> Signals:
    """Read the signals off what was found.

    Args:
        question: As read.
        found: At least one hit.
        retriever: That found it.
        glossary: Recognises names and terms.
        candidates: The sentences that may answer, at least one.
    """
    best = best_of(candidates)
    weights = weigh(question, retriever, glossary)
    hits = found.hits[:_LOOKED_AT]
    contexts = [retriever.context(hit.passage) for hit in hits]
    of_hits = [retriever.sentences(found, hit.passage) for hit in hits]
    said = [
        hit.passage.text[start:end]
        for hit, scored in zip(hits, of_hits, strict=True)
        for (start, end), _ in scored
    ]
    near = _Sentences.of(of_hits)
    usual, spread = retriever.usual_sentence(found, hits[0].passage.language)
    nearest = max(found.nearness[:_LOOKED_AT])
    matches = sorted(found.matches, reverse=True)
    count = max(1, len(weights.by_word))
    asked = letters_of(question.search_text)
    letters = [letters_of(context) for context in contexts]
    run = max(_longest_run(asked, text) for text in letters)
    return Signals(
        nearness=nearest,
        lead=nearest - found.nearness[min(4, len(found.nearness) - 1)],
        cosine=max(hit.score for hit in hits),
        usual_cosine=sum(hit.score for hit in found.hits) / len(found.hits),
        match=matches[0],
        match_lead=matches[0] - matches[min(4, len(matches) - 1)],
        sentence=max(map(weights.coverage, said), default=0.0),
        sentence_cosine=near.best,
        sentence_nearness=(near.best - usual) / spread,
        sentence_lead=near.best - near.second,
        sentence_rise=near.rise,
        sentence_gain=near.best - sum(hit.score for hit in hits) / len(hits),
        usual_sentence=near.mean,
        missing=weights.missing(contexts),
        unknown=len(weights.unknown(retriever)) / count,
        words=math.log(count + 1),
        run=float(run),
        run_share=run / max(1, len(asked)),
        pairs=max(_shared(asked, text, 2) for text in letters),
        triples=max(_shared(asked, text, 3) for text in letters),
        country_missing=float(
            bool(question.countries)
            and not any(_names_country(question, hit, retriever) for hit in hits)
        ),
        best_coverage=best.coverage,
        best_cosine=best.features.cosine if best.features else 0.0,
        best_rise=best.score - sum(e.score for e in candidates) / len(candidates),
        best_missing=weights.missing([best.context, best.quote]),
        best_declares_gap=float(
            told_instead(question, found, candidates, retriever, glossary, of_answer=True)
            is not None
        ),
    )


@dataclass(frozen=True, slots=True)
class _Sentences:
    """Cosines of the sentences of some hits."""

    best: float
    second: float
    mean: float
    rise: float

    @classmethod
    def of(cls, hits: "Sequence[Sequence[tuple[Span, float]]]") -> "_Sentences":
        cosines = sorted((cosine for hit in hits for _, cosine in hit), reverse=True) or [0.0]
        first = [cosine for _, cosine in hits[0]] or [0.0]
        return cls(
            best=cosines[0],
            second=cosines[min(1, len(cosines) - 1)],
            mean=sum(cosines) / len(cosines),
            rise=max(first) - sum(first) / len(first),
        )


def _longest_run(asked: str, text: str) -> int:
    longest = 0
    for start in range(len(asked)):
        while start + longest < len(asked) and asked[start : start + longest + 1] in text:
            longest += 1
    return longest


def _shared(asked: str, text: str, size: int) -> float:
    runs = {asked[i : i + size] for i in range(len(asked) - size + 1)}
    return sum(run in text for run in runs) / max(1, len(runs))


def _names_country(question: Question, hit: Hit, retriever: Retriever) -> bool:
    facts = retriever.facts(hit.passage)
    return bool(question.countries & {*facts.metadata.countries, *facts.passage.countries})
