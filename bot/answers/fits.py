"""Fits: learned weights and what they were made from, as the JSON files that `smebot fit` writes.

Reading a fit needs none of the libraries that make one.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import FitError


class Provenance(BaseModel):
    """What a fit was made from.

    Attributes:
        command: That made it.
        date: When it was made.
        commit: Of the source it was made with, by `git describe`.
        encoder: The model whose vectors were compared.
        reader: The model whose probabilities were used.
        data_sha256: Over the files of the labelled sets, in the order of their names.
        examples: How many questions the weights and the metrics rest on.
        metrics: Measured on questions that the weights were not made from.
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


class Fit(BaseModel):
    """Numbers for each of the named features."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    provenance: Provenance
    features: Mapping[str, object]


FitT = TypeVar("FitT", bound=Fit)
_REMEDY = "make it anew with `smebot fit`"


def read_fit(path: Path, kind: type[FitT], features: tuple[str, ...]) -> FitT:
    """Read a fit.

    Args:
        path: A file that `smebot fit` has written.
        kind: What it holds.
        features: The features that the code computes, in their order.

    Raises:
        FitError: The file cannot be read, or was made for other features.
    """
    try:
        fit = kind.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise FitError(f"{path}: not a fit of this program: {_REMEDY}") from error
    fitted = tuple(fit.features)
    if fitted != features:
        changed = ", ".join(sorted({*fitted} ^ {*features})) or "their order"
        raise FitError(f"{path}: fitted for other features ({changed}): {_REMEDY}")
    return fit
