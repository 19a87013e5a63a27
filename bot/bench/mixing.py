"""An encoder for recombined texts: mixtures of real vectors, in microseconds instead of hours."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.bench.corpora import sentences_in
from bot.bench.wrapped import WrappedEncoder
from index import Encoder, Progress, Retriever
from index.embedding_cache import embed
from index.encoder import Vectors, no_progress

_PARTS = re.compile(r"\n+| > ")
"""What `encoded_text` puts between title, headings and sentences."""
_NOISE = 0.2
"""Length of the noise beside a mixture of length one: so that no two texts have one vector."""


class MixingEncoder(WrappedEncoder):
    """Questions get their real vectors. A text gets those of the passages that it is made of.

    Has the real encoder's name, so that all else takes its vectors for real ones.
    """

    def __init__(self, encoder: Encoder, rows: dict[str, int], vectors: Vectors) -> None:
        """Mix vectors.

        Args:
            encoder: The real one.
            rows: Title, heading or sentence -> the row of a passage that has it.
            vectors: Of the real passages.
        """
        super().__init__(encoder)
        self._rows = rows
        self._vectors = vectors

    @classmethod
    def of(
        cls, retriever: Retriever, data_dir: Path, progress: Progress = no_progress
    ) -> "MixingEncoder":
        """One that mixes the passages that a retriever searches.

        Args:
            retriever: Of the real corpus.
            data_dir: Where their vectors are kept since they were encoded.
            progress: Told how many are read.
        """
        rows: dict[str, int] = {}
        texts = []
        for row, passage in enumerate(retriever.snapshot.passages):
            texts.append(retriever.context(passage))
            title = retriever.document(passage).metadata.title
            for part in (title, *passage.headings, *sentences_in(passage.text)):
                rows.setdefault(part, row)
        cache = data_dir / "embeddings.sqlite"
        vectors, _ = embed(texts, retriever.encoder, cache, progress)
        return cls(retriever.encoder, rows, vectors)

    def encode_passages(self, texts: Sequence[str], progress: Progress = no_progress) -> Vectors:
        vectors = np.array([self._mixed(text) for text in texts], np.float32)
        progress(len(texts), len(texts))
        return vectors.reshape(-1, self.dimension)

    def _mixed(self, text: str) -> Vectors:
        digest = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
        random = np.random.default_rng(digest)
        found = [self._rows[part] for part in _PARTS.split(text) if part in self._rows]
        mixture = self._vectors[found or [digest % len(self._vectors)]].mean(axis=0)
        noise = random.standard_normal(self.dimension) * (_NOISE / self.dimension**0.5)
        mixed = mixture + noise
        return np.asarray(mixed / np.linalg.norm(mixed), np.float32)
