"""How well a sentence answers: a linear function of what can be told of it.

Its weights are fitted on labelled questions by `smebot fit-sentences` and lie in
`sentences.json`. Like those of abstention they must be fitted anew when the ranking changes.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_FILE = "sentences.json"
_RIDGE = 1.0
"""Holds weights back that few questions speak for."""
_CONSTANT = 1e-6
"""A feature that varies less tells nothing."""
_STEPS = 30
"""Newton's method converges in fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What can be told of a sentence that may answer a question.

    Attributes:
        coverage: Share of the question's weight that it carries with its title and headings.
        cosine: Of the sentence to the question.
        passage: Cosine of its passage to the question.
        number: It has one, and one is asked for.
        date: It has one, and one is asked for.
    """

    coverage: float
    cosine: float
    passage: float
    number: float
    date: float

    def vector(self) -> tuple[float, ...]:
        """All of them, in the order of `names`."""
        return astuple(self)


def names() -> tuple[str, ...]:
    """What the parts of a vector are."""
    return tuple(field.name for field in fields(Features))


TOLD_BY_WORDS = ("coverage",)
"""Features that mean nothing between languages."""


@dataclass(frozen=True, slots=True)
class SentenceFit:
    """Weights of the features; a score is the logarithm of odds among sentences."""

    features: tuple[str, ...]
    fitted_on: str
    same_language: tuple[float, ...]
    other_language: tuple[float, ...]

    def score(self, features: Features, *, is_other: bool) -> float:
        """How well a sentence answers, to be compared with others of the same question.

        Args:
            features: Of the sentence.
            is_other: It is in another language than the question.
        """
        weights = self.other_language if is_other else self.same_language
        return sum(w * value for w, value in zip(weights, features.vector(), strict=True))

    def save(self, path: Path) -> None:
        """Write the fit as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")


def shipped_path() -> Path:
    """Where the fit of this program lies."""
    return Path(str(files(__package__).joinpath(_FILE)))


@cache
def shipped_fit() -> SentenceFit:
    """The fit that this program ships.

    Raises:
        ValueError: It was made for other features.
    """
    values = json.loads(shipped_path().read_text("utf-8"))
    fit = SentenceFit(
        features=tuple(values["features"]),
        fitted_on=values["fitted_on"],
        same_language=tuple(values["same_language"]),
        other_language=tuple(values["other_language"]),
    )
    if fit.features != names():
        raise ValueError("it was fitted for other features: run `smebot fit-sentences`")
    return fit


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentences among which one question's answer was looked for."""

    features: Sequence[Features]
    holds_answer: Sequence[bool]


def fit_weights(choices: Sequence[Choice], ignored: Sequence[str] = ()) -> tuple[float, ...]:
    """Weights by which the sentences that hold the answer come first (a conditional logit).

    Args:
        choices: At least one; each has a sentence that holds the answer and one that does not.
        ignored: Features that get no weight.
    """
    import numpy as np

    used = [name not in ignored for name in names()]
    tables = [np.array([f.vector() for f in choice.features])[:, used] for choice in choices]
    targets = [np.array(choice.holds_answer, float) for choice in choices]
    spreads = np.vstack(tables).std(axis=0)
    spreads[spreads < _CONSTANT] = 1.0
    weights = np.zeros(len(spreads))
    for _ in range(_STEPS):
        gradient, curvature = _RIDGE * weights, _RIDGE * np.eye(len(weights))
        for table, target in zip(tables, targets, strict=True):
            scaled = table / spreads
            chances = _chances(scaled @ weights)
            mean = chances @ scaled
            right = target * chances  # where several hold it, the likeliest one counts most
            gradient = gradient + mean - (right / right.sum()) @ scaled
            curvature = curvature + (scaled.T * chances) @ scaled - np.outer(mean, mean)
        weights -= np.linalg.solve(curvature, gradient)
    found = iter((weights / spreads).round(3).tolist())
    return tuple(float(next(found)) if is_used else 0.0 for is_used in used)


def _chances(scores: "npt.NDArray[np.float64]") -> "npt.NDArray[np.float64]":
    import numpy as np

    odds: npt.NDArray[np.float64] = np.exp(scores - scores.max())
    return odds / float(odds.sum())
