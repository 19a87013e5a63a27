"""Decides whether what was found answers the question: a logistic function of its features.

The weights are fitted on labelled questions by `smebot fit`. Those in `abstention.json` here are
for any corpus; a corpus with labelled questions of its own may have its own beside its glossary.
They must be fitted anew whenever the ranking or the features change.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from functools import cache
from importlib.resources import files
from pathlib import Path

from bot.answers.features import ABSTENTION_FEATURES, AbstentionFeatures
from bot.answers.fits import Fit, Weights, read_fit

ABSTENTION_FILE = "abstention.json"
THRESHOLD = 0.5
"""From this confidence on a question is answered."""
MAX_DEVIATION = 3.0
"""Standard deviations at which the square of a feature is cut off."""


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
