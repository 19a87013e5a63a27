"""A fake encoder for tests: words hashed into a few dimensions, in microseconds."""

import hashlib
from collections.abc import Sequence

import numpy as np

from index.encoder import Progress, Vectors, no_progress
from index.lexical import words

_DIMENSION = 64


class HashingEncoder:
    """Texts that share words have similar vectors; languages share nothing."""

    def __init__(self, name: str = "hashing/1", max_tokens: int = 512) -> None:
        self.name = name
        self.dimension = _DIMENSION
        self.max_tokens = max_tokens
        self.encoded = 0
        """How many passages were encoded so far."""

    def count_tokens(self, text: str) -> int:
        return len(words(text)) + 2

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return np.array([_vector(text) for text in texts], np.float32).reshape(-1, _DIMENSION)

    def encode_passages(self, texts: Sequence[str], progress: Progress = no_progress) -> Vectors:
        self.encoded += len(texts)
        progress(len(texts), len(texts))
        return self.encode_queries(texts)


def _vector(text: str) -> Vectors:
    vector = np.zeros(_DIMENSION, np.float32)
    for word in words(text) or [""]:
        digest = hashlib.blake2b(word.encode(), digest_size=4).digest()
        vector[digest[0] % _DIMENSION] += 1 if digest[1] % 2 else -1
    length = float(np.linalg.norm(vector))
    return vector / length if length else np.eye(1, _DIMENSION, dtype=np.float32)[0]
