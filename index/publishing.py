"""Which snapshot is served: `CURRENT` names it, and changes in one step."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.errors import SnapshotError
from index.manifest import Manifest, read_manifest, verify

if TYPE_CHECKING:
    from index.snapshot import Snapshot

KEPT_SNAPSHOTS = 10
"""How many snapshots are kept for `rollback`, the served one and its newest elders."""


_LONGEST_WAIT_S = 60.0
"""A publication takes as long as the checksums of one snapshot: seconds."""


class SnapshotStore:
    """The snapshots of one data directory, oldest first by id."""

    def __init__(self, data_dir: Path) -> None:
        self.root = data_dir / "snapshots"
        self._pointer = self.root / "CURRENT"
        self._history = self.root / "HISTORY"

    def folder(self, snapshot_id: str) -> Path:
        """Where a snapshot lies."""
        return self.root / snapshot_id

    def ids(self) -> list[str]:
        """All complete snapshots, oldest first."""
        if not self.root.is_dir():
            return []
        return sorted(
            path.name for path in self.root.iterdir() if path.is_dir() and path.name[0] != "."
        )

    def current_id(self) -> str:
        """The id of the served snapshot.

        Raises:
            SnapshotError: Nothing is published yet, or the pointer is damaged.
            OSError: It cannot be read.
        """
        try:
            return self._pointer.read_text("utf-8").strip()
        except UnicodeDecodeError as error:
            raise SnapshotError(f"{self._pointer} is damaged: run `smebot index build`") from error
        except FileNotFoundError as error:
            raise SnapshotError(
                f"no index in {self.root.parent}: run `smebot index build`"
            ) from error

    @property
    def is_published(self) -> bool:
        """Whether anything was ever published here."""
        return self._pointer.exists()

    def open_current(self) -> "Snapshot":
        """The served snapshot, verified.

        Raises:
            SnapshotError: None is published, or it is damaged.
        """
        from index.snapshot import open_snapshot  # faiss and BM25, which `status` does not need

        return open_snapshot(self.folder(self.current_id()))

    def publish(self, snapshot_id: str, *, force: bool = False) -> Manifest:
        """Serve a snapshot from now on, once it is verified.

        Args:
            snapshot_id: Which.
            force: Although its corpus had errors.

        Raises:
            SnapshotError: There is no such snapshot, it is damaged, its corpus had errors, or
                another publication does not end; the old one stays.
            OSError: The pointer cannot be written; the old one stays.
        """
        if snapshot_id not in self.ids():
            known = ", ".join(self.ids()[-5:]) or "none"
            raise SnapshotError(f"no snapshot {snapshot_id!r}: there are {known}")
        with self._alone():
            manifest = verify(self.folder(snapshot_id))
            if manifest.errors and not force:
                raise SnapshotError(
                    f"{snapshot_id} was built with {manifest.errors} errors: mend them and build "
                    f"again, or publish it with `smebot index publish {snapshot_id} --force`"
                )
            # A crash between the two leaves the served one on top of the history: passed over.
            with suppress(SnapshotError):  # nothing was served yet
                served = [*self._before(), self.current_id()]
                replace_text(self._history, "\n".join(served) + "\n")
            replace_text(self._pointer, snapshot_id + "\n")
            return manifest

    def rollback(self) -> Manifest:
        """Serve what was served before.

        Raises:
            SnapshotError: There is nothing to go back to, or it is damaged.
        """
        self.current_id()  # says what to do where nothing was ever published
        with self._alone():
            before = self._before()
            if not before:
                raise SnapshotError(
                    "nothing to roll back to: only one snapshot was ever published"
                )
            manifest = verify(self.folder(before[-1]))
            replace_text(self._pointer, before[-1] + "\n")
            replace_text(self._history, "".join(f"{name}\n" for name in before[:-1]))
            return manifest

    def remove_superfluous(self) -> None:
        """Delete snapshots beyond the newest `KEPT_SNAPSHOTS`, never one that rollback may need.

        Raises:
            OSError: One cannot be deleted.
        """
        if not self.is_published:
            return
        with self._alone():
            current = self.current_id()
            kept = {*self._before()[-(KEPT_SNAPSHOTS - 1) :], current}
            for name in self.ids():
                if name not in kept and name < current:
                    shutil.rmtree(self.folder(name))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One change of what is served at a time, among all threads and processes.

        What is served and what was served before lie in two files, and one reads the other's.
        """
        try:
            with FileLock(self.root.parent / "publish.lock", timeout=_LONGEST_WAIT_S):
                yield
        except Timeout as error:
            raise SnapshotError(
                f"another publication is at work in {self.root.parent}: try again in a minute"
            ) from error

    def remove_leftovers(self) -> None:
        """Delete what a killed publication left behind."""
        for name in (self._pointer.name, self._history.name):
            for path in self.root.glob(f".{name}.*"):
                path.unlink(missing_ok=True)

    def manifest(self, snapshot_id: str) -> Manifest:
        """What a snapshot was built from.

        Raises:
            SnapshotError: Its manifest is missing or damaged.
        """
        return read_manifest(self.folder(snapshot_id))

    def _before(self) -> list[str]:
        """What was served before the one served now, oldest first, as far as it still exists."""
        current = self.current_id()
        try:
            history = self._history.read_text("utf-8").split()
        except (FileNotFoundError, UnicodeDecodeError):
            return []
        existing = [name for name in history if self.folder(name).is_dir()]
        while existing and existing[-1] == current:
            existing.pop()
        return existing


def replace_text(path: Path, text: str) -> None:
    """Write a file so that readers see the old or the new text, whatever happens in between."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_directory(path.parent)


def sync_directory(folder: Path) -> None:
    """Make renames in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
