"""An encoder around another one: what `smebot bench` does otherwise, it changes in its own."""

from collections.abc import Sequence

from index import Encoder, Progress
from index.encoder import Vectors, no_progress


class WrappedEncoder:
    """Encodes as another one does, under its name."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @property
    def name(self) -> str:
        return self._encoder.name

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    @property
    def max_tokens(self) -> int:
        return self._encoder.max_tokens

    def count_tokens(self, text: str) -> int:
        return self._encoder.count_tokens(text)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str], progress: Progress = no_progress) -> Vectors:
        return self._encoder.encode_passages(texts, progress)
