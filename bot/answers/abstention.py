"""Decides whether what was found answers the question: a logistic function of the signals.

Its weights are fitted on labelled questions by `smebot fit-abstention` and lie in
`abstention.json`; they must be fitted anew whenever the ranking or the signals change.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.answers.naming import is_about_something_else, things_in
from bot.answers.question import Question
from bot.answers.signals import (
    Signals,
    is_other_language,
    keep,
    misses_what_is_named,
    names,
    signals_of,
)
from index import Found, Glossary, Retriever

_FILE = "abstention.json"
_RIDGE = 3e-4
"""Holds weights of signals that say the same from running against each other."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the standardised signals; answer where the probability reaches `threshold`."""

    means: tuple[float, ...]
    spreads: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    threshold: float

    def probability(self, signals: Signals) -> float:
        """How likely it is that the question is answered, 0 to 1."""
        parts = zip(signals.vector(), self.means, self.spreads, self.weights, strict=True)
        total = self.bias + sum(w * (value - mean) / spread for value, mean, spread, w in parts)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Fit:
    """Two sets of weights: passages in the question's language tell by their words as well."""

    signals: tuple[str, ...]
    fitted_on: str
    same_language: Weights
    other_language: Weights

    def save(self, path: Path) -> None:
        """Write the fit as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")


@cache
def shipped_fit() -> Fit:
    """The fit that this program ships.

    Raises:
        ValueError: It was made for other signals.
    """
    values = json.loads(files(__package__).joinpath(_FILE).read_text("utf-8"))
    fit = Fit(
        signals=tuple(values["signals"]),
        fitted_on=values["fitted_on"],
        same_language=_weights(values["same_language"]),
        other_language=_weights(values["other_language"]),
    )
    if fit.signals != names():
        raise ValueError(f"{_FILE} was fitted for other signals: run `smebot fit-abstention`")
    return fit


def _weights(values: dict[str, Any]) -> Weights:
    return Weights(
        means=tuple(values["means"]),
        spreads=tuple(values["spreads"]),
        weights=tuple(values["weights"]),
        bias=values["bias"],
        threshold=values["threshold"],
    )


def shipped_path() -> Path:
    """Where the shipped fit lies in the source."""
    return Path(str(files(__package__).joinpath(_FILE)))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is left of what was found, and how likely it answers the question."""

    found: Found
    probability: float
    threshold: float

    @property
    def answers(self) -> bool:
        """Whether to answer."""
        return self.probability >= self.threshold


def judge(question: Question, found: Found, retriever: Retriever, glossary: Glossary) -> Judgement:
    """Drop near misses and weigh the rest.

    Args:
        question: As read.
        found: What the retriever found for it.
        retriever: That retriever.
        glossary: Recognises names.
    """
    fit = shipped_fit()
    kept = without_near_misses(question, found, retriever, glossary)
    if not kept.hits:
        return Judgement(kept, 0.0, fit.same_language.threshold)
    weights = fit.other_language if is_other_language(question, kept) else fit.same_language
    signals = signals_of(question, kept, retriever)
    return Judgement(kept, weights.probability(signals), weights.threshold)


def without_near_misses(
    question: Question, found: Found, retriever: Retriever, glossary: Glossary
) -> Found:
    """What was found, less what is about another year, edition, code, place or thing."""
    things = things_in(question.search_text, glossary)
    fitting = [
        position
        for position, hit in enumerate(found.hits)
        if not misses_what_is_named(question, hit, retriever)
        and not is_about_something_else(
            question, things, retriever.document(hit.passage), glossary
        )
    ]
    return keep(found, fitting)


def fit_weights(
    answerable: Sequence[Signals],
    unanswerable: Sequence[Signals],
    refused: float,
    ignored: Sequence[str] = (),
) -> Weights:
    """Fit the weights of a logistic function; both kinds count half, whatever their numbers.

    Args:
        answerable: Signals of questions that have an answer, at least one.
        unanswerable: Signals of questions that have none, at least one.
        refused: The share of the answerable ones that the threshold refuses.
        ignored: Signals that get no weight.
    """
    import numpy as np

    rows = np.array([s.vector() for s in (*answerable, *unanswerable)])
    labels = np.array([1.0] * len(answerable) + [0.0] * len(unanswerable))
    means, spreads = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-6)
    scaled = (rows - means) / spreads
    scaled[:, [name in ignored for name in names()]] = 0.0
    values = np.column_stack([scaled, np.ones(len(rows))])
    importance = np.where(labels == 1, 0.5 / len(answerable), 0.5 / len(unanswerable))
    ridge = np.full(values.shape[1], _RIDGE)
    ridge[-1] = 0.0
    weights = np.zeros(values.shape[1])
    for _ in range(30):  # Newton's method; it converges in about ten steps
        chances = 1 / (1 + np.exp(-values @ weights))
        gradient = values.T @ (importance * (chances - labels)) + ridge * weights
        curvature = (values.T * (importance * chances * (1 - chances))) @ values + np.diag(ridge)
        curvature[np.diag_indices_from(curvature)] += 1e-9
        weights -= np.linalg.solve(curvature, gradient)
    chances = 1 / (1 + np.exp(-values[: len(answerable)] @ weights))
    return Weights(
        means=tuple(means.round(6).tolist()),
        spreads=tuple(spreads.round(6).tolist()),
        weights=tuple(weights[:-1].round(6).tolist()),
        bias=round(float(weights[-1]), 6),
        threshold=round(float(np.quantile(chances, refused)), 6),
    )
