"""The port for turning texts into vectors; adapters are in `index.encoders`."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
"""float32, shape (n, dimension), each row of unit length."""

Progress = Callable[[int, int], None]
"""Called with (done, total) while work goes on."""


def no_progress(_done: int, _total: int) -> None:
    """For callers to whom nobody listens."""


class Encoder(Protocol):
    """Text -> unit vectors."""

    @property
    def name(self) -> str:
        """Names model and version: vectors of equal names may be compared."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """Longest text that is encoded whole, in tokens."""

    def count_tokens(self, text: str) -> int:
        """How many tokens the model makes of a passage's text, its own marks included."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, in order."""

    def encode_passages(self, texts: Sequence[str], progress: Progress = no_progress) -> Vectors:
        """Vectors of passages, in order."""
