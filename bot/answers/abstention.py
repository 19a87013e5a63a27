"""Decides whether what was found answers the question: a logistic function of its features.

The weights are fitted on labelled questions by `smebot fit`. Those in `abstention.json` here are
for any corpus; a corpus with labelled questions of its own may have its own beside its glossary.
They must be fitted anew whenever the ranking or the features change.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from bot.answers.choosing import candidates_for
from bot.answers.constraints import tells_next_dates
from bot.answers.evidence import Evidence
from bot.answers.features import (
    ABSTENTION_FEATURES,
    AbstentionFeatures,
    features_of,
    is_other_language,
)
from bot.answers.fits import Fit, Weights, read_fit
from bot.answers.naming import asks_of_unknown, unknown_names
from bot.answers.near_misses import is_about_something_else, leaves_out, named_in, subjects_of
from bot.answers.question import Question, editions_in
from index import Found, Glossary, Hit, Retriever

ABSTENTION_FILE = "abstention.json"
THRESHOLD = 0.5
"""From this confidence on a question is answered."""
MAX_DEVIATION = 3.0
"""Standard deviations at which the square of a feature is cut off."""
_TELLING_EDITION = 32
"""A smaller number may be the day of a month."""


class AbstentionWeights(Weights):
    """A logistic function of the standardised features and their squares.

    Attributes:
        intercept: In log-odds, answerable and unanswerable questions counting the same.
        threshold: In log-odds; from here on a question is answered.
        features: Mean, scale, weight and weight of the square of each.
    """

    intercept: float
    threshold: float
    features: Mapping[str, tuple[float, float, float, float]]

    def log_odds(self, features: AbstentionFeatures) -> float:
        """Log-odds that the question is answered."""
        total = self.intercept
        rows = self.features.values()
        for value, (mean, scale, weight, square) in zip(astuple(features), rows, strict=True):
            scaled = (value - mean) / scale
            total += weight * scaled + square * min(MAX_DEVIATION, abs(scaled)) ** 2
        return total

    def confidence(self, features: AbstentionFeatures) -> float:
        """How far the log-odds lie above the threshold, 0 to 1; THRESHOLD where they reach it."""
        above = self.log_odds(features) - self.threshold
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, above))))


AbstentionFit = Fit[AbstentionWeights]


def abstention_fit_path() -> Path:
    """Where the fit for any corpus lies."""
    return Path(str(files(__package__).joinpath(ABSTENTION_FILE)))


@cache
def shipped_abstention_fit() -> AbstentionFit:
    """The fit for any corpus.

    Raises:
        FitError: It was made for other features.
    """
    return read_fit(abstention_fit_path(), AbstentionFit, ABSTENTION_FEATURES)


def load_abstention_fit(directories: Sequence[Path]) -> AbstentionFit | None:
    """The fit that a corpus brings along; None if none of its directories has one.

    Raises:
        FitError: It cannot be read, or was made for other features.
    """
    for path in (directory / ABSTENTION_FILE for directory in directories):
        if path.is_file():
            return read_fit(path, AbstentionFit, ABSTENTION_FEATURES)
    return None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is left of what was found, and how likely it answers the question."""

    found: Found
    confidence: float
    candidates: tuple[Evidence, ...] = ()
    """The sentences that may answer."""
    features: AbstentionFeatures | None = None
    """What the confidence was computed from; None where a rule decided."""

    @property
    def answers(self) -> bool:
        """Whether to answer."""
        return self.confidence >= THRESHOLD


def judge(
    question: Question,
    found: Found,
    retriever: Retriever,
    glossary: Glossary,
    fit: AbstentionFit | None = None,
) -> Judgement:
    """Drop near misses and judge the rest.

    Args:
        question: As read.
        found: What the retriever found for it.
        retriever: That retriever.
        glossary: Recognises names.
        fit: Of this corpus; the one for any corpus if left out.
    """
    kept = without_near_misses(question, found, retriever, glossary)
    if (
        not kept.hits
        or unknown_names(question, retriever, glossary)
        or asks_of_unknown(question, kept, retriever)
    ):
        return Judgement(kept, 0.0)
    is_other = is_other_language(question, kept)
    candidates = tuple(candidates_for(question, kept, retriever, glossary))
    if not candidates:
        return Judgement(kept, 0.0)
    features = features_of(question, kept, retriever, glossary, candidates)
    if not is_other and features.unknown == 1 and len(question.words) > 1:
        return Judgement(kept, 0.0)  # the documents speak the language, but of nothing asked
    weights = (fit or shipped_abstention_fit()).weights(is_other=is_other)
    return Judgement(kept, weights.confidence(features), candidates, features)


def without_near_misses(
    question: Question, found: Found, retriever: Retriever, glossary: Glossary
) -> Found:
    """What was found, less what is about another year, edition, code, place or thing."""
    asked = named_in(question, glossary)
    documents = [retriever.document(hit.passage) for hit in found.hits]
    subjects = subjects_of(question, documents[0], glossary) if documents else frozenset()
    fitting = [
        position
        for position, hit in enumerate(found.hits)
        if not _misses_what_is_named(question, hit, retriever)
        and not is_about_something_else(asked, documents[position], glossary)
        and not leaves_out(subjects, documents[position], glossary)
    ]
    return found.keep(fitting)


def _misses_what_is_named(question: Question, hit: Hit, retriever: Retriever) -> bool:
    """Whether a hit is of another year, edition or code than the question names."""
    context = retriever.context(hit.passage)
    document = retriever.document(hit.passage)
    named = any(str(year) in context for year in question.years)
    if question.years and not named and not tells_next_dates(question, document):
        return True
    if not all(_names_edition(context, edition) for edition in question.editions):
        return True
    return any(code not in document.text for code in question.codes)


def _names_edition(text: str, edition: int) -> bool:
    """Whether a text names an edition; in a table of a series the bare number does."""
    has_number = re.search(rf"(?<!\d){edition}(?!\d)", text)
    return edition in editions_in(text) or bool(edition >= _TELLING_EDITION and has_number)
