"""How well a sentence answers: a linear function of its features.

The weights are fitted on labelled questions by `smebot fit` and lie in `sentences.json`.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path

from bot.answers.fits import Fit, Weights, read_fit


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceFeatures:
    """What is known of a sentence that may answer a question.

    Attributes:
        coverage: Share of the question's word weight in the sentence, its title and headings.
        cosine: Of the sentence to the question.
        passage_cosine: Of its passage to the question.
        has_number: It has a number, and one is asked for.
        has_date: It has a date, and one is asked for.
    """

    coverage: float
    cosine: float
    passage_cosine: float
    has_number: float
    has_date: float


SENTENCE_FEATURES = tuple(field.name for field in fields(SentenceFeatures))
LEXICAL_SENTENCE_FEATURES = ("coverage",)
"""Features that compare words: between languages they get no weight."""


class SentenceWeights(Weights):
    """A weight for each feature."""

    features: Mapping[str, float]

    def score(self, sentence: SentenceFeatures) -> float:
        """How well a sentence answers, in log-odds against others of the same question."""
        pairs = zip(self.features.values(), astuple(sentence), strict=True)
        return float(sum(weight * value for weight, value in pairs))


SentenceFit = Fit[SentenceWeights]


def sentence_fit_path() -> Path:
    """Where the fit of this program lies."""
    return Path(str(files(__package__).joinpath("sentences.json")))


@cache
def shipped_sentence_fit() -> SentenceFit:
    """The fit of this program.

    Raises:
        FitError: It was made for other features.
    """
    return read_fit(sentence_fit_path(), SentenceFit, SENTENCE_FEATURES)
