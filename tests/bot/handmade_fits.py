"""Fits with weights that a test chooses."""

from datetime import date

from bot.answers.decision import FEATURES, DecisionFit, Provenance

PROVENANCE = Provenance(
    command="a test",
    date=date(2026, 2, 15),
    commit="unknown",
    encoder="hashing/1",
    reader="words",
    data_sha256="0" * 64,
    examples={},
    metrics={},
    versions={},
)


def decision_fit(intercept: float = 0.0, **weights: float) -> DecisionFit:
    """Only what is named counts; without names the reader decides, and declared gaps."""
    named = weights or {"best": 1.0, "gap": -20.0}
    features = {name: named.get(name, 0.0) for name in FEATURES}
    return DecisionFit(provenance=PROVENANCE, intercept=intercept, features=features, further=0.8)
