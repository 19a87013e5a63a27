"""Fits with weights that a test chooses."""

from datetime import date

from bot.answers.abstention import AbstentionFit, AbstentionWeights
from bot.answers.features import ABSTENTION_FEATURES
from bot.answers.fits import Provenance

PROVENANCE = Provenance(
    command="a test",
    date=date(2026, 2, 15),
    commit="unknown",
    encoder="hashing/1",
    data_sha256="0" * 64,
    examples={},
    metrics={},
    versions={},
)


def abstention_weights(intercept: float = 0.0, **weights: float) -> AbstentionWeights:
    """Weights of features as they are, neither standardised nor squared."""
    rows = {name: (0.0, 1.0, weights.get(name, 0.0), 0.0) for name in ABSTENTION_FEATURES}
    return AbstentionWeights(intercept=intercept, threshold=0.0, features=rows)


def abstention_fit(intercept: float = 0.0, **weights: float) -> AbstentionFit:
    """A fit that treats all languages alike."""
    fitted = abstention_weights(intercept, **weights)
    return AbstentionFit(provenance=PROVENANCE, same_language=fitted, other_language=fitted)
