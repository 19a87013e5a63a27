"""Vectors by content: a text that the same encoder has seen is never encoded again."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np

from index.encoder import Encoder, Progress, Vectors
from index.sealed_store import SealedStore, in_parts

EMBEDDINGS_FILE = "embeddings.sqlite"
"""Name of the cache in the data directory."""
_ROWS_A_COMMIT = 256  # so that a build that is interrupted keeps nearly all it has encoded
_BYTES = 4
"""Of one number of a vector."""
EncodeParts = Callable[[Iterable[Sequence[str]]], Iterator[Vectors]]
"""Gives the vectors of each of some lists of texts, in order."""
Embed = Callable[[Sequence[str], Progress], tuple[Vectors, int]]
"""As `embed`, with all else known."""


def embed(
    texts: Sequence[str],
    encoder: Encoder,
    path: Path,
    progress: Progress,
    encode: EncodeParts | None = None,
) -> tuple[Vectors, int]:
    """Vectors of passages, from the cache where it has them.

    Args:
        texts: What is encoded.
        encoder: Its name is part of the cache's key.
        path: The cache's SQLite file; a damaged one is begun anew.
        progress: Told how many texts are done.
        encode: Does what the encoder would do, elsewhere; the encoder does it if left out.

    Returns:
        (vectors of shape (n, dimension), how many texts had to be encoded).
    """
    with embedding(encoder, path, encode) as embed_texts:
        return embed_texts(texts, progress)


@contextmanager
def embedding(encoder: Encoder, path: Path, encode: EncodeParts | None = None) -> Iterator[Embed]:
    """The same for several lists of texts: the cache is opened, and looked through, once."""
    with SealedStore.opened(path, "vector") as cache:
        yield partial(_embed, cache, encoder, encode or partial(map, encoder.encode_passages))


def _embed(
    cache: SealedStore,
    encoder: Encoder,
    encode: EncodeParts,
    texts: Sequence[str],
    progress: Progress,
) -> tuple[Vectors, int]:
    keys = [_key(encoder.name, text) for text in texts]
    vectors = np.empty((len(texts), encoder.dimension), np.float32)
    rows: dict[bytes, int] = {}  # the first row of each text
    same = np.array([rows.setdefault(key, row) for row, key in enumerate(keys)], np.int64)
    missing = dict(rows)
    for key, vector in cache.get(list(rows)):
        if len(vector) == _BYTES * encoder.dimension:
            vectors[missing.pop(key)] = np.frombuffer(vector, np.float32)
    done = len(texts) - len(missing)
    parts = list(
        in_parts(sorted(missing.values(), key=lambda row: len(texts[row])), _ROWS_A_COMMIT)
    )
    encoded = encode([texts[row] for row in part] for part in parts)
    progress(done, len(texts))
    for part, fresh in zip(parts, encoded, strict=True):
        vectors[part] = fresh
        cache.put((keys[row], vectors[row].tobytes()) for row in part)
        done += len(part)
        progress(done, len(texts))
    again = np.flatnonzero(same != np.arange(len(texts)))
    vectors[again] = vectors[same[again]]
    progress(len(texts), len(texts))
    return vectors, len(missing)


def _key(encoder: str, text: str) -> bytes:
    return hashlib.sha256(f"{encoder}\x00{text}".encode()).digest()
