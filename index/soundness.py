"""Remembers which large files were read and found sound, so that not every opening reads them.

A file that was written since has another size, time or inode, and is read again. What a disk
loses by itself shows in none of them: each publication and rollback reads everything.
"""

import hashlib
import json
import time
from contextlib import suppress
from pathlib import Path

from index.durable import replace_text

SOUND_FILES = "SOUND.json"
"""Name of the file that remembers, beside the snapshots."""
LARGE_BYTES = 2**24
"""Smaller files are always read: that takes a hundredth of a second."""
_SETTLED_NS = 2 * 10**9
"""Changes at the same tick of a file system's clock, at worst 2 s, leave the same time."""


def checksum_of(path: Path) -> str:
    """sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class SoundFiles:
    """Checksums of the large files of the snapshot that was opened last."""

    def __init__(self, path: Path, large_bytes: int = LARGE_BYTES) -> None:
        """Nothing is known yet, and every file will be read.

        Args:
            path: Where it is remembered.
            large_bytes: What counts as a large file.
        """
        self._path = path
        self._large_bytes = large_bytes
        self._known: dict[str, list[int | str]] = {}
        self._settled: dict[str, list[int | str]] = {}

    @classmethod
    def load(cls, path: Path, large_bytes: int = LARGE_BYTES) -> "SoundFiles":
        """What was remembered; nothing where that cannot be read."""
        sound = cls(path, large_bytes)
        with suppress(OSError, ValueError, TypeError):
            sound._known = dict(json.loads(path.read_text("utf-8")))
        return sound

    def checksum(self, path: Path) -> str:
        """sha256 of a file, read unless it is as large, as old and at the same place as known.

        Raises:
            OSError: It cannot be read.
        """
        status, name, now = path.stat(), f"{path.parent.name}/{path.name}", time.time_ns()
        stamp = [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]
        *known, checksum = self._known.get(name, [""])
        if known != stamp:
            checksum = checksum_of(path)
        changed = max(status.st_mtime_ns, status.st_ctime_ns)
        if status.st_size >= self._large_bytes and now - changed > _SETTLED_NS:
            self._settled[name] = [*stamp, checksum]
        return str(checksum)

    def save(self) -> None:
        """Remember the files whose checksums were asked for; once they were found to be right."""
        if self._settled != self._known:
            with suppress(OSError):  # they are read again the next time
                replace_text(self._path, json.dumps(self._settled))
