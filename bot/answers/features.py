"""Features of abstention: the numbers that tell whether what was found answers a question."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

from bot.answers.evidence import Evidence, best_of, weigh
from bot.answers.question import Question
from index import Found, Glossary, Hit, Retriever, Span, letters_of, primary

_HITS_READ = 3
"""How many hits may carry the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbstentionFeatures:
    """Features of one question and its first hits.

    Attributes:
        z_score: The highest z-score of a hit's cosine among all passages of its language.
        z_score_lead: The highest z-score minus that of the fifth hit.
        cosine: The highest cosine of a hit.
        mean_cosine: Mean cosine of all hits.
        match: The highest share of the question's word weight that a hit matches, by BM25.
        match_lead: The highest share minus the fifth highest.
        sentence_coverage: Share of the question's word weight that stands in one sentence.
        sentence_cosine: The highest cosine of a sentence.
        sentence_z_score: The same as a z-score among all sentences of its language.
        sentence_lead: The highest sentence cosine minus the second.
        sentence_rise: The highest sentence cosine of the first hit minus its mean.
        sentence_gain: The highest sentence cosine minus the mean cosine of the first hits.
        mean_sentence_cosine: Mean cosine of the sentences of the first hits.
        missing: Weight of the question's weightiest word that no hit has.
        unknown: Share of the question's words that no passage of the index has.
        log_words: Logarithm of the number of words.
        run: Length of the longest common substring of question and hit, in letters.
        run_share: The same as a share of the question.
        bigrams: Share of the question's letter bigrams that stand in one hit.
        trigrams: The same for trigrams.
        country_missing: A country is asked about that no hit names.
        best_coverage: Share of the question's word weight that the best sentence carries, with
            its title and headings.
        best_cosine: Its cosine.
        best_lead: Its score minus the mean score of all sentences.
        best_missing: Weight of the question's weightiest word that it lacks.
        best_declares_gap: A declared gap matches clearly better than it.
    """

    z_score: float
    z_score_lead: float
    cosine: float
    mean_cosine: float
    match: float
    match_lead: float
    sentence_coverage: float
    sentence_cosine: float
    sentence_z_score: float
    sentence_lead: float
    sentence_rise: float
    sentence_gain: float
    mean_sentence_cosine: float
    missing: float
    unknown: float
    log_words: float
    run: float
    run_share: float
    bigrams: float
    trigrams: float
    country_missing: float
    best_coverage: float
    best_cosine: float
    best_lead: float
    best_missing: float
    best_declares_gap: float


ABSTENTION_FEATURES = tuple(field.name for field in fields(AbstentionFeatures))
GLOSSARY_FEATURES = ("best_coverage", "best_missing")
"""Features that compare words, and names through the glossary: between languages they get a
weight only where there is a glossary."""
LEXICAL_FEATURES = (
    "match",
    "match_lead",
    "sentence_coverage",
    "missing",
    "unknown",
    "log_words",
    "run",
    "run_share",
    "bigrams",
    "trigrams",
)
"""Features that compare words and letters: between languages they get no weight."""


def is_other_language(question: Question, found: Found) -> bool:
    """Whether the first hit is in another language, so that words tell little."""
    return primary(found.hits[0].passage.language) != primary(question.language)


def features_of(
    question: Question,
    found: Found,
    retriever: Retriever,
    glossary: Glossary,
    candidates: Sequence[Evidence],
    *,
    declares_gap: bool,
) -> AbstentionFeatures:
    """Compute the features of a question.

    Args:
        question: As read.
        found: At least one hit.
        retriever: That found it.
        glossary: Recognises names and terms.
        candidates: The sentences that may answer, at least one.
        declares_gap: What a document says that it does not hold matches clearly better.
    """
    best = best_of(candidates)
    weights = weigh(question, retriever, glossary)
    hits = found.hits[:_HITS_READ]
    contexts = [retriever.context(hit.passage) for hit in hits]
    of_hits = [retriever.sentences(found, hit.passage) for hit in hits]
    said = [
        hit.passage.text[start:end]
        for hit, scored in zip(hits, of_hits, strict=True)
        for (start, end), _ in scored
    ]
    sentences = _Sentences.of(of_hits)
    mean, deviation = retriever.usual_sentence(found, hits[0].passage.language)
    z_score = max(found.z_scores[:_HITS_READ])
    matches = sorted(found.matches, reverse=True)
    count = max(1, len(weights.by_word))
    asked = letters_of(question.search_text)
    letters = [letters_of(context) for context in contexts]
    run = max(_longest_run(asked, text) for text in letters)
    return AbstentionFeatures(
        z_score=z_score,
        z_score_lead=z_score - found.z_scores[min(4, len(found.z_scores) - 1)],
        cosine=max(hit.score for hit in hits),
        mean_cosine=sum(hit.score for hit in found.hits) / len(found.hits),
        match=matches[0],
        match_lead=matches[0] - matches[min(4, len(matches) - 1)],
        sentence_coverage=max(map(weights.coverage, said), default=0.0),
        sentence_cosine=sentences.best,
        sentence_z_score=(sentences.best - mean) / deviation,
        sentence_lead=sentences.best - sentences.second,
        sentence_rise=sentences.rise,
        sentence_gain=sentences.best - sum(hit.score for hit in hits) / len(hits),
        mean_sentence_cosine=sentences.mean,
        missing=weights.missing(contexts),
        unknown=len(weights.unknown(retriever)) / count,
        log_words=math.log(count + 1),
        run=float(run),
        run_share=run / max(1, len(asked)),
        bigrams=max(_shared(asked, text, 2) for text in letters),
        trigrams=max(_shared(asked, text, 3) for text in letters),
        country_missing=float(
            bool(question.countries)
            and not any(_names_country(question, hit, retriever) for hit in hits)
        ),
        best_coverage=best.coverage,
        best_cosine=best.features.cosine if best.features else 0.0,
        best_lead=best.score - sum(e.score for e in candidates) / len(candidates),
        best_missing=weights.missing([best.context, best.quote]),
        best_declares_gap=float(declares_gap),
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
