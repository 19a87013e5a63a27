"""Decides whether what was found answers the question: a logistic function of the signals.

Its weights are fitted on labelled questions by `smebot fit-abstention` and lie in
`abstention.json`, here for any corpus; a corpus with labelled questions of its own may have its
own fit beside its glossary. They must be fitted anew whenever the ranking or the signals change.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.answers.choosing import candidates_for
from bot.answers.evidence import Evidence
from bot.answers.gates import without_near_misses
from bot.answers.naming import asks_of_unknown, unknown_names
from bot.answers.question import Question
from bot.answers.signals import (
    Signals,
    is_other_language,
    names,
    signals_of,
)
from bot.errors import FitError
from index import Found, Glossary, Retriever

if TYPE_CHECKING:
    import numpy.typing as npt

FIT_FILE = "abstention.json"
THRESHOLD = 0.5
"""From this probability on a question is answered."""
_RIDGE = 0.03
"""Holds weights of signals that say the same from running against each other."""
_FARTHEST = 3.0
"""Standard deviations; what lies farther out weighs no more by its square."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the standardised signals and of their squares; the bias holds the threshold."""

    means: tuple[float, ...]
    spreads: tuple[float, ...]
    weights: tuple[float, ...]
    squares: tuple[float, ...]
    bias: float

    def probability(self, signals: Signals) -> float:
        """How likely it is that the question is answered, 0 to 1; 0.5 where it just is."""
        parts = zip(
            signals.vector(), self.means, self.spreads, self.weights, self.squares, strict=True
        )
        total = self.bias
        for value, mean, spread, weight, square in parts:
            scaled = (value - mean) / spread
            total += weight * scaled + square * min(_FARTHEST, abs(scaled)) ** 2
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
    return _read(files(__package__).joinpath(FIT_FILE).read_text("utf-8"))


def load_fit(directories: Sequence[Path]) -> Fit | None:
    """The fit that a corpus brings along; None if none of its directories has one.

    Raises:
        FitError: It cannot be read, or was made for other signals.
    """
    for path in (directory / FIT_FILE for directory in directories):
        if path.is_file():
            try:
                return _read(path.read_text("utf-8"))
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise FitError(
                    f"{path}: not a fit of this program ({error}): "
                    "make it anew with `smebot fit-abstention`, or take it away"
                ) from error
    return None


def _read(text: str) -> Fit:
    values = json.loads(text)
    fit = Fit(
        signals=tuple(values["signals"]),
        fitted_on=values["fitted_on"],
        same_language=_weights(values["same_language"]),
        other_language=_weights(values["other_language"]),
    )
    if fit.signals != names():
        raise ValueError("it was fitted for other signals: run `smebot fit-abstention`")
    return fit


def _weights(values: dict[str, Any]) -> Weights:
    return Weights(
        means=tuple(values["means"]),
        spreads=tuple(values["spreads"]),
        weights=tuple(values["weights"]),
        squares=tuple(values["squares"]),
        bias=values["bias"],
    )


def shipped_path() -> Path:
    """Where the shipped fit lies in the source."""
    return Path(str(files(__package__).joinpath(FIT_FILE)))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is left of what was found, and how likely it answers the question."""

    found: Found
    probability: float
    candidates: tuple[Evidence, ...] = ()
    """The sentences that may answer."""

    @property
    def answers(self) -> bool:
        """Whether to answer."""
        return self.probability >= THRESHOLD


def judge(
    question: Question,
    found: Found,
    retriever: Retriever,
    glossary: Glossary,
    fit: Fit | None = None,
) -> Judgement:
    """Drop near misses and weigh the rest.

    Args:
        question: As read.
        found: What the retriever found for it.
        retriever: That retriever.
        glossary: Recognises names.
        fit: Of this corpus; the one for any corpus if left out.
    """
    fit = fit or shipped_fit()
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
    signals = signals_of(question, kept, retriever, glossary, candidates)
    if not is_other and signals.unknown == 1 and len(question.words) > 1:
        return Judgement(kept, 0.0)  # the documents speak the language, but of nothing asked
    weights = fit.other_language if is_other else fit.same_language
    return Judgement(kept, weights.probability(signals), candidates)


def fit_weights(
    answerable: Sequence[Signals],
    unanswerable: Sequence[Signals],
    refused: float,
    ignored: Sequence[str] = (),
    deciding: Sequence[Signals] = (),
) -> Weights:
    """Fit the weights of a logistic function; both kinds count half, whatever their numbers.

    Args:
        answerable: Signals of questions that have an answer, at least one.
        unanswerable: Signals of questions that have none, at least one.
        refused: The share of the answerable ones that the threshold refuses.
        ignored: Signals that get no weight.
        deciding: The answerable ones that `refused` is about; all if left out.
    """
    import numpy as np

    rows = np.array([s.vector() for s in (*answerable, *unanswerable)])
    labels = np.array([1.0] * len(answerable) + [0.0] * len(unanswerable))
    means, spreads = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-6)
    ignored_columns = [name in ignored for name in names()]

    def features(signals: "npt.NDArray[np.float64]") -> "npt.NDArray[np.float64]":
        scaled = (signals - means) / spreads
        scaled[:, ignored_columns] = 0.0
        squares = np.minimum(_FARTHEST, np.abs(scaled)) ** 2
        return np.column_stack([scaled, squares, np.ones(len(scaled))])

    values = features(rows)
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
    totals = features(np.array([s.vector() for s in deciding or answerable])) @ weights
    count = len(names())
    return Weights(
        means=tuple(means.round(6).tolist()),
        spreads=tuple(spreads.round(6).tolist()),
        weights=tuple(weights[:count].round(6).tolist()),
        squares=tuple(weights[count:-1].round(6).tolist()),
        bias=round(float(weights[-1]) - float(np.quantile(totals, refused)), 6),
    )
