"""Decides whether the sentences that were read answer: one threshold for what the reader says.

It is fitted by `smebot fit` on labelled questions over texts that the reader was never trained
on, and lies in `decision.json`. It must be fitted anew whenever the reader changes.
"""

import math
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import FitError

THRESHOLD = 0.5
"""From this confidence on a question is answered."""
_REMEDY = "make it anew with `smebot fit`"
_LEAST = 1e-4
"""Probabilities are cut off here and at 1 less it, so that log-odds stay finite."""


def log_odds(probability: float) -> float:
    """Logarithm of the odds of a probability."""
    kept = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(kept / (1 - kept))


class Provenance(BaseModel):
    """What a fit was made from.

    Attributes:
        command: That made it.
        date: When it was made.
        commit: Of the source it was made with, by `git describe`.
        encoder: The model whose vectors were compared.
        reader: The model whose probabilities were used.
        data_sha256: Over the files of the labelled sets, in the order of their names.
        examples: How many questions the fit and the metrics rest on.
        metrics: Measured on questions that it was not made from.
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
    """When to answer, as the JSON file that `smebot fit` writes.

    Attributes:
        provenance: What it was made from.
        threshold: In log-odds, by the reader; from here on a question is answered.
        in_conversation: By how much that threshold is higher for what is read behind earlier
            questions: what answers those reads well there too, and the best of several readings
            counts.
        slope: By how much the log-odds of the confidence grow with those of the reader.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    provenance: Provenance
    threshold: float
    in_conversation: float = 0.0
    slope: float = Field(gt=0)

    def told_in_conversation(self, probability: float) -> float:
        """What a probability is worth that was read behind earlier questions."""
        return 1 / (1 + math.exp(self.in_conversation - log_odds(probability)))

    def answers(self, probability: float) -> bool:
        """Whether a sentence that reads so would be an answer alone."""
        return log_odds(probability) >= self.threshold

    def confidence(self, reading: float) -> float:
        """Probability that a question is answered by what was read; see `Case.reading`."""
        above = self.slope * (reading - self.threshold)
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
        FitError: It cannot be read, or was made for another program.
    """
    try:
        return DecisionFit.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise FitError(f"{path}: not a fit of this program: {_REMEDY}") from error
