"""Decides whether the sentences that were read answer: a logistic function of six features.

The weights are fitted by `smebot fit` on labelled questions over texts that the reader was never
trained on, and lie in `decision.json`. They must be fitted anew whenever the reader changes.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.answers.case import Case
from bot.answers.evidence import Evidence
from bot.answers.question import Question
from bot.errors import FitError
from index import primary

THRESHOLD = 0.5
"""From this confidence on a question is answered."""
_HITS_READ = 3
"""How many hits may carry the answer."""
_REMEDY = "make it anew with `smebot fit`"
_LEAST = 1e-4
"""Probabilities are cut off here and at 1 less it, so that log-odds stay finite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What is known of a question and what was read for it.

    Attributes:
        best: Log-odds that the best sentence answers, by the reader.
        cosine: Of that sentence to the question.
        z_score: The highest z-score of a hit's cosine among all passages of its language.
        match: The highest share of the question's word weight that a hit has, by BM25; 0 where
            the best sentence is in another language than the question.
        gap: Cosine of the nearest declared gap less that of the best sentence; 0 if lower.
        is_other: Whether the best sentence is in another language than the question.
    """

    best: float
    cosine: float
    z_score: float
    match: float
    gap: float
    is_other: float


FEATURES = tuple(field.name for field in fields(Features))


def log_odds(probability: float) -> float:
    """Logarithm of the odds of a probability."""
    kept = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(kept / (1 - kept))


def weighted(weights: Mapping[str, float], features: Features) -> float:
    """The sum of the features, each times its weight, in their order."""
    pairs = zip(weights.values(), astuple(features), strict=True)
    return float(sum(weight * value for weight, value in pairs))


def ranked(
    sentences: Sequence[Evidence], question: Question, fit: "DecisionFit"
) -> tuple[Evidence, ...]:
    """Sentences that were read for a question, first the one that most probably answers.

    What the reader says counts, and how near a sentence is: the reader sees no other document.
    """

    def score(sentence: Evidence) -> float:
        return weighted(fit.features, _of_sentence(sentence, question))

    return tuple(sorted(sentences, key=score, reverse=True))


def features_of(case: Case) -> Features:
    """The features of a case in which at least one sentence was read, the best first."""
    own = _of_sentence(case.sentences[0], case.question)
    return replace(
        own,
        z_score=max(case.found.z_scores[:_HITS_READ]),
        match=0.0 if own.is_other else max(case.found.matches[:_HITS_READ]),
        gap=max(0.0, case.gap.cosine - own.cosine) if case.gap else 0.0,
    )


def _of_sentence(sentence: Evidence, question: Question) -> Features:
    """What is known of a sentence alone; the other features are 0."""
    return Features(
        best=log_odds(sentence.probability),
        cosine=sentence.cosine,
        z_score=0.0,
        match=0.0,
        gap=0.0,
        is_other=float(primary(sentence.language) != primary(question.language)),
    )


class Provenance(BaseModel):
    """What a fit was made from.

    Attributes:
        command: That made it.
        date: When it was made.
        commit: Of the source it was made with, by `git describe`.
        encoder: The model whose vectors were compared.
        reader: The model whose probabilities were used.
        data_sha256: Over the files of the labelled sets, in the order of their names.
        examples: How many questions the weights and the metrics rest on.
        metrics: Measured on questions that the weights were not made from.
        versions: Of the libraries that fitted it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    command: str
    date: date
    commit: str
    encoder: str
    reader: str
    data_sha256: str
    examples: Mapping[str, int]
    metrics: Mapping[str, Mapping[str, float]]
    versions: Mapping[str, str]


class DecisionFit(BaseModel):
    """A logistic function of the features, as the JSON file that `smebot fit` writes.

    Attributes:
        provenance: What it was made from.
        intercept: In log-odds; from 0 on a question is answered.
        features: A weight for each.
        further: From this probability on, by the reader, another sentence answers as well.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    provenance: Provenance
    intercept: float
    features: Mapping[str, float]
    further: float

    def confidence(self, features: Features) -> float:
        """Probability that the question is answered by what was read."""
        above = self.intercept + weighted(self.features, features)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, above))))


def decision_fit_path() -> Path:
    """Where the fit of this program lies."""
    return Path(str(files(__package__).joinpath("decision.json")))


@cache
def shipped_decision_fit() -> DecisionFit:
    """The fit of this program."""
    return read_fit(decision_fit_path())


def read_fit(path: Path) -> DecisionFit:
    """Read a fit; none of the libraries that make one is needed.

    Raises:
        FitError: It cannot be read, or was made for other features.
    """
    try:
        fit = DecisionFit.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise FitError(f"{path}: not a fit of this program: {_REMEDY}") from error
    fitted = tuple(fit.features)
    if fitted != FEATURES:
        changed = ", ".join(sorted({*fitted} ^ {*FEATURES})) or "their order"
        raise FitError(f"{path}: fitted for other features ({changed}): {_REMEDY}")
    return fit
