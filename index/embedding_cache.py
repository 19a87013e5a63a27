"""Vectors by content: a text that the same encoder has seen is never encoded again."""

import errno
import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from index.encoder import Encoder, Progress, Vectors

_ROWS_A_COMMIT = 256  # so that a build that is interrupted keeps nearly all it has encoded
_Item = TypeVar("_Item")
_BYTES = 4
"""Of one number of a vector."""
_DIGEST_BYTES = 8
"""Behind each vector, so that a changed bit is noticed: SQLite's own check sees none in a blob."""
_ROWS_A_QUERY = 500  # SQLite allows 999 parameters at least
EncodeParts = Callable[[Iterable[Sequence[str]]], Iterator[Vectors]]
"""Gives the vectors of each of some lists of texts, in order."""


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
    keys = [_key(encoder.name, text) for text in texts]
    vectors = np.empty((len(texts), encoder.dimension), np.float32)
    with closing(_sound(path)) as cache:
        known = _read(cache, keys, encoder.dimension)
        missing = list({k: row for row, k in enumerate(keys) if k not in known}.values())
        done = len(texts) - len(missing)
        parts = list(_parts(sorted(missing, key=lambda row: len(texts[row])), _ROWS_A_COMMIT))
        encode = encode or partial(map, encoder.encode_passages)
        encoded = encode([texts[row] for row in part] for part in parts)
        progress(done, len(texts))
        for part, fresh in zip(parts, encoded, strict=True):
            vectors[part] = fresh
            known |= {keys[row]: vectors[row] for row in part}
            with _translated(path), cache:
                cache.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                    [(keys[row], _sealed(keys[row], vectors[row].tobytes())) for row in part],
                )
            done += len(part)
            progress(done, len(texts))
        for row, key in enumerate(keys):
            vectors[row] = known[key]
        progress(len(texts), len(texts))
    return vectors, len(missing)


def _key(encoder: str, text: str) -> bytes:
    return hashlib.sha256(f"{encoder}\x00{text}".encode()).digest()


def _sealed(key: bytes, vector: bytes) -> bytes:
    """A vector's bytes, followed by a digest of them and of what they belong to."""
    return vector + hashlib.blake2b(key + vector, digest_size=_DIGEST_BYTES).digest()


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    cache = sqlite3.connect(path.absolute())  # never like `file:...`, a URI
    try:
        cache.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB)")
    except sqlite3.OperationalError:  # locked or not writable: not the file's fault
        cache.close()
        raise
    except sqlite3.DatabaseError:
        cache.close()
        path.unlink()
        return _open(path)
    return cache


def _sound(path: Path) -> sqlite3.Connection:
    """The cache, begun anew if anything in it cannot be read."""
    with _translated(path):
        cache = _open(path)
        try:
            intact = cache.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        except sqlite3.DatabaseError:
            intact = False
        if intact:
            return cache
        cache.close()
        path.unlink()
        return _open(path)


_NUMBERS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
}
"""What the operating system calls SQLite's troubles."""
_PRIMARY = 0xFF
"""The bits of SQLite's extended result codes that hold the primary one."""


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """SQLite's troubles with the disk as the operating system would tell them."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
        number = errno.EISDIR if path.is_dir() else _NUMBERS.get(code, errno.EIO)
        raise OSError(number, str(error), str(path)) from error


def _read(
    cache: sqlite3.Connection, keys: Sequence[bytes], dimension: int
) -> dict[bytes, Vectors]:
    found: dict[bytes, Vectors] = {}
    for part in _parts(keys, _ROWS_A_QUERY):
        marks = ",".join("?" * len(part))
        query = f"SELECT key, vector FROM vectors WHERE key IN ({marks})"  # noqa: S608 - marks only
        for key, blob in cache.execute(query, part):
            vector = bytes(blob)[: _BYTES * dimension] if isinstance(blob, bytes) else b""
            if vector and blob == _sealed(key, vector):
                found[key] = np.frombuffer(vector, np.float32)
    return found


def _parts(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    for first in range(0, len(items), size):
        yield items[first : first + size]
