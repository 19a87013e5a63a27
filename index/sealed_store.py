"""Values by key in a SQLite file, each with a digest; what is damaged counts as not there."""

import errno
import hashlib
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

_Item = TypeVar("_Item")
_DIGEST_BYTES = 8
"""Behind each value, so that a changed bit is noticed: SQLite's own check sees none in a blob."""
_ROWS_A_QUERY = 500  # SQLite allows 999 parameters at least
_NUMBERS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
}
"""What the operating system calls SQLite's troubles."""
_PRIMARY = 0xFF
"""The bits of SQLite's extended result codes that hold the primary one."""


class SealedStore:
    """Bytes by digest, on the disk. Safe among processes; a transaction is kept whole or not."""

    def __init__(self, cache: sqlite3.Connection, path: Path, column: str) -> None:
        self._cache = cache
        self._path = path
        self._column = column
        self._table = f"{column}s"

    @classmethod
    @contextmanager
    def opened(cls, path: Path, column: str) -> "Iterator[SealedStore]":
        """The store in a file; begun anew if anything in that cannot be read.

        Args:
            path: The SQLite file.
            column: What a value is called in it, an English word; its table is the plural.

        Raises:
            OSError: The file cannot be opened, read or written.
        """
        with _translated(path):
            cache = _sound(path, column)
        with closing(cache):
            yield cls(cache, path, column)

    def get(self, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """The keys that have an undamaged value, and the value.

        Raises:
            OSError: The file cannot be read.
        """
        for part in in_parts(keys, _ROWS_A_QUERY):
            marks = ",".join("?" * len(part))
            query = f"SELECT key, {self._column} FROM {self._table} WHERE key IN ({marks})"  # noqa: S608
            with _translated(self._path):
                rows = self._cache.execute(query, part).fetchall()
            for key, blob in rows:
                value = blob[:-_DIGEST_BYTES] if isinstance(blob, bytes) else b""
                if value and blob[-_DIGEST_BYTES:] == _seal(key, value):
                    yield key, value

    def put(self, values: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep values, all or none of them.

        Raises:
            OSError: The file cannot be written.
        """
        rows = ((key, value + _seal(key, value)) for key, value in values)
        with _translated(self._path), self._cache:
            self._cache.executemany(f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?)", rows)  # noqa: S608

    def keep_only(self, keys: Collection[bytes]) -> None:
        """Forget all others, and give their room back where it is most of the file.

        Raises:
            OSError: The file cannot be written.
        """
        with _translated(self._path), self._cache:
            known = self._cache.execute(f"SELECT key FROM {self._table}").fetchall()  # noqa: S608
            gone = [row for row in known if row[0] not in keys]
            self._cache.executemany(f"DELETE FROM {self._table} WHERE key = ?", gone)  # noqa: S608
        with _translated(self._path):
            free, pages = (
                self._cache.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("freelist_count", "page_count")
            )
            if 2 * free > pages:
                self._cache.execute("VACUUM")


def in_parts(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    """Runs of at most so many items, in order."""
    for first in range(0, len(items), size):
        yield items[first : first + size]


def _seal(key: bytes, value: bytes) -> bytes:
    """A digest of a value and of what it belongs to."""
    return hashlib.blake2b(key + value, digest_size=_DIGEST_BYTES).digest()


def _sound(path: Path, column: str) -> sqlite3.Connection:
    cache = _open(path, column)
    try:
        intact = cache.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        intact = False
    if intact:
        return cache
    cache.close()
    path.unlink()
    return _open(path, column)


def _open(path: Path, column: str) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    cache = sqlite3.connect(path.absolute())  # never like `file:...`, a URI
    try:
        cache.execute(
            f"CREATE TABLE IF NOT EXISTS {column}s (key BLOB PRIMARY KEY, {column} BLOB)"
        )
    except sqlite3.OperationalError:  # locked or not writable: not the file's fault
        cache.close()
        raise
    except sqlite3.DatabaseError:
        cache.close()
        path.unlink()
        return _open(path, column)
    return cache


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """SQLite's troubles with the disk as the operating system would tell them."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
        number = errno.EISDIR if path.is_dir() else _NUMBERS.get(code, errno.EIO)
        raise OSError(number, str(error), str(path)) from error
