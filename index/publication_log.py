"""Who published, rolled back or deleted what, and when: a file that only grows."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from index.manifest import Changes, Manifest

_NEW_LINE = b"\n"


def _moment() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Action(StrEnum):
    """What was done with snapshots."""

    PUBLISH = "publish"
    ROLLBACK = "rollback"
    DISCARD = "discard"
    PRUNE = "prune"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was done. It is written before it is done: a kill in between shows."""

    at: str = field(default_factory=_moment)
    """UTC, ISO 8601."""
    by: str
    action: Action
    snapshot: str
    """Served from then on, or deleted."""
    before: str = ""
    """Served until then; empty for the first publication."""
    documents: int = 0
    passages: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    """Documents, compared with what was served until then."""
    errors: int = 0
    """Of `smebot corpus check`, in what is published."""
    failing: int = 0
    """Checks that passed before and fail now."""
    override: str = ""
    """Why it was published all the same; empty where nothing spoke against it."""

    @classmethod
    def of(
        cls,
        action: Action,
        manifest: Manifest,
        documents_before: Mapping[str, str],
        *,
        before: str,
        by: str,
        failing: int,
        override: str,
    ) -> "Entry":
        """What becomes of the documents where a snapshot is served.

        Args:
            action: What is done.
            manifest: Of the snapshot.
            documents_before: Ids and hashes of what was served until then.
            before: Its id.
            by: Who does it.
            failing: How many checks fail by it.
            override: Why it is done all the same.
        """
        changes = Changes.between(documents_before, manifest.documents)
        return cls(
            by=by,
            action=action,
            snapshot=manifest.snapshot_id,
            before=before,
            documents=len(manifest.documents),
            passages=manifest.passages,
            added=len(changes.added),
            changed=len(changes.changed),
            removed=len(changes.removed),
            errors=len(manifest.errors),
            failing=failing,
            override=override,
        )

    @property
    def changes_what_is_served(self) -> bool:
        return self.action in (Action.PUBLISH, Action.ROLLBACK)

    def __str__(self) -> str:
        line = f"{self.at}  {self.action:8} {self.snapshot}  by {self.by}"
        if not self.changes_what_is_served:
            return line
        line += (
            f": {self.documents} documents, {self.passages} passages ({self.added} added, "
            f"{self.changed} changed, {self.removed} removed)"
        )
        if self.errors or self.failing:
            line += f"; {self.errors} errors, {self.failing} failing checks"
        return f"{line}; override: {self.override}" if self.override else line


class PublicationLog:
    """The log of one data directory. Whoever appends must be the only one to do so."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, entry: Entry) -> None:
        """Write an entry; it is on the disk when this returns.

        Raises:
            OSError: It cannot be written; then what it tells of must not be done.
        """
        line = json.dumps(asdict(entry), ensure_ascii=False).encode() + _NEW_LINE
        with self._path.open("a+b") as file:
            if _ends_torn(self._path):
                line = _NEW_LINE + line
            file.write(line)
            file.flush()
            os.fsync(file.fileno())

    def entries(self) -> list[Entry]:
        """All that was done, oldest first, without lines that a crash has torn.

        Raises:
            OSError: It cannot be read.
        """
        try:
            lines = self._path.read_bytes().split(_NEW_LINE)
        except FileNotFoundError:
            return []
        return [entry for line in lines if line and (entry := _entry_of(line))]


def whoever_runs_this() -> str:
    """The name that this process's user logged in by, or its number where none is set.

    Nobody is asked: a directory of users may be another machine.
    """
    named = (os.environ.get(name) for name in ("LOGNAME", "USER", "USERNAME"))
    return next(filter(None, named), f"user {os.getuid()}")


def _ends_torn(path: Path) -> bool:
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != _NEW_LINE


def _entry_of(line: bytes) -> Entry | None:
    """What a line says; None for one that is torn. Keys of later versions are passed over."""
    try:
        values: Mapping[str, Any] = dict(json.loads(line))
        known = {key.name: values[key.name] for key in fields(Entry) if key.name in values}
        return Entry(**known | {"action": Action(known["action"])})
    except (ValueError, TypeError, KeyError):
        return None
