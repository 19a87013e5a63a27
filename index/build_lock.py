"""One build at a time in a data directory, and who is at it since when."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.durable import replace_text
from index.errors import BuildLockedError, CorpusIndexError

_LOCK, _BUILDER = "build.lock", "build.by"


@dataclass(frozen=True, slots=True)
class Builder:
    """Who builds, since when (UTC)."""

    by: str
    since: str

    def __str__(self) -> str:
        return f"{self.by}, since {self.since} UTC"


@contextmanager
def only_builder(data_dir: Path, by: str) -> Iterator[Builder | None]:
    """Build as the only one; yields who began the last build if that was not finished.

    The note of who builds stays behind where the program is killed or the disk fills up.

    Raises:
        BuildLockedError: Another build is running, and who runs it.
        OSError: The data directory cannot be written.
    """
    note = data_dir / _BUILDER
    try:
        with FileLock(data_dir / _LOCK, timeout=0):
            unfinished = _read(note)
            replace_text(note, json.dumps(asdict(Builder(by, _now())), ensure_ascii=False))
            try:
                yield unfinished
            except CorpusIndexError:
                note.unlink(missing_ok=True)
                raise
            note.unlink(missing_ok=True)
    except Timeout as error:
        builder = _read(note)
        raise BuildLockedError(
            data_dir, by=builder.by if builder else "", since=builder.since if builder else ""
        ) from error


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M}"


def _read(note: Path) -> Builder | None:
    try:
        return Builder(**json.loads(note.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
