"""Fits with a threshold that a test chooses."""

from datetime import date

from bot.answers.decision import DecisionFit, Provenance

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


def decision_fit(threshold: float = 0.1) -> DecisionFit:
    """Answers from these log-odds on, by the reader."""
    return DecisionFit(provenance=PROVENANCE, threshold=threshold, slope=1.0)
