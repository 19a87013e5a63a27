"""Fits: learned weights and what they were made from, as the JSON files that `smebot fit` writes.

Reading a fit needs none of the libraries that make one.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import FitError


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Provenance(_Model):
    """What a fit was made from.

    Attributes:
        command: That made it.
        date: When it was made.
        commit: Of the source it was made with, by `git describe`.
        encoder: The model whose vectors were compared.
        data_sha256: Over the files of the labelled sets, in the order of their names.
        examples: How many questions the weights, the threshold and the metrics rest on.
        metrics: Measured on questions that neither weights nor threshold were made from.
        versions: Of the libraries that fitted it.
    """

    command: str
    date: date
    commit: str
    encoder: str
    data_sha256: str
    examples: Mapping[str, int]
    metrics: Mapping[str, Mapping[str, float]]
    versions: Mapping[str, str]


class Weights(_Model):
    """Numbers for each of the named features."""

    features: Mapping[str, object]


_REMEDY = "make it anew with `smebot fit`"

WeightsT = TypeVar("WeightsT", bound=Weights)


class Fit(_Model, Generic[WeightsT]):
    """Two sets of weights: words tell nothing where question and passage differ in language."""

    provenance: Provenance
    same_language: WeightsT
    other_language: WeightsT

    def weights(self, *, is_other: bool) -> WeightsT:
        """Those for passages in the question's language, or in another one."""
        return self.other_language if is_other else self.same_language


def read_fit(path: Path, kind: type[Fit[WeightsT]], features: tuple[str, ...]) -> Fit[WeightsT]:
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
    for weights in (fit.same_language, fit.other_language):
        fitted = tuple(weights.features)
        if fitted != features:
            changed = ", ".join(sorted({*fitted} ^ {*features})) or "their order"
            raise FitError(f"{path}: fitted for other features ({changed}): {_REMEDY}")
    return fit
