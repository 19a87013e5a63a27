"""Which snapshot is served: `CURRENT` names it, and changes in one step."""

import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.durable import replace_text
from index.errors import CorpusIndexError, PublicationBlockedError, SnapshotError
from index.manifest import Manifest, read_manifest, verify
from index.publication_log import Action, Entry, PublicationLog, whoever_runs_this
from index.remark import Remark
from index.soundness import SOUND_FILES, SoundFiles
from index.vector_store import SnapshotKeeper, VectorEngine
from index.vector_stores.snapshot_files import SnapshotFiles

if TYPE_CHECKING:
    from index.snapshot import Snapshot

logger = logging.getLogger(__name__)
_REMOVED = ".removing-"
FETCHED = ".fetching-"
"""How the name of a snapshot begins that is on its way here."""
KEPT_SNAPSHOTS = 10
"""How many snapshots are kept for `rollback`, the served one and its newest elders."""

_LONGEST_WAIT_S = 60.0
"""A publication takes as long as the checksums of one snapshot: seconds."""


class SnapshotStore:
    """The snapshots of one data directory, oldest first by id."""

    def __init__(
        self,
        data_dir: Path,
        engine: VectorEngine | None = None,
        shared: SnapshotKeeper | None = None,
    ) -> None:
        """Nothing is read yet.

        Args:
            data_dir: Where they lie.
            engine: What searches their vectors; their own files are searched if left out.
            shared: Where replicas fetch what is published; nowhere if left out.
        """
        self.engine = engine or SnapshotFiles()
        self._keepers = [self.engine, *([shared] if shared else [])]
        self.root = data_dir / "snapshots"
        self._pointer = self.root / "CURRENT"
        self._history = self.root / "HISTORY"
        self.log = PublicationLog(data_dir / "publications.jsonl")
        """Who changed what is served, and when."""

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
            text = "{path} is damaged: run `smebot index build`"
            raise SnapshotError(Remark.of("pointer_damaged", text, path=self._pointer)) from error
        except FileNotFoundError as error:
            text = "no index in {path}: run `smebot index build`"
            raise SnapshotError(Remark.of("no_index", text, path=self.root.parent)) from error

    @property
    def is_published(self) -> bool:
        """Whether anything was ever published here."""
        return self._pointer.exists()

    def waiting_id(self) -> str | None:
        """The newest snapshot if it was built after the served one; None if nothing waits.

        Raises:
            SnapshotError: The pointer is damaged.
        """
        newest = self.ids()[-1:]
        served = self.current_id() if self.is_published else ""
        return newest[0] if newest and newest[0] > served else None

    def open_current(self) -> "Snapshot":
        """The served snapshot, verified.

        Raises:
            SnapshotError: None is published, or it is damaged.
        """
        return self.open(self.current_id())

    def open(self, snapshot_id: str) -> "Snapshot":
        """Any snapshot, verified.

        Raises:
            SnapshotError: There is none of this id, or it is damaged.
        """
        from index.snapshot import open_snapshot  # faiss and BM25, which `status` does not need

        return open_snapshot(self.folder(snapshot_id), self.engine)

    def publish(
        self,
        snapshot_id: str,
        *,
        by: str = "",
        override: str = "",
        objections: Sequence[Remark] = (),
    ) -> Manifest:
        """Serve a snapshot from now on, once it is verified. This is the one gate before owners.

        Args:
            snapshot_id: Which.
            by: Who does it; whoever runs this process if left out.
            override: Why it is served although its corpus had errors or something else speaks
                against it.
            objections: What else does.

        Raises:
            PublicationBlockedError: Something speaks against it, and `override` is empty.
            SnapshotError: There is no such snapshot, it is damaged, or another publication does
                not end; the old one stays.
            CorpusIndexError: A keeper of copies cannot be reached; the old one stays.
            OSError: The log or the pointer cannot be written; the old one stays.
        """
        if snapshot_id not in self.ids():
            known = ", ".join(self.ids()[-5:]) or "none"
            text = "no snapshot '{snapshot}': there are {known}"
            raise SnapshotError(Remark.of("no_snapshot", text, snapshot=snapshot_id, known=known))
        against = (*objections, *self.manifest(snapshot_id).errors)
        if against and not override.strip():
            raise PublicationBlockedError(snapshot_id, against)
        for keeper in self._keepers:  # may take minutes, and no other publication waits for it
            keeper.hold(self.folder(snapshot_id))
        with self._alone():
            manifest = verify(self.folder(snapshot_id), SoundFiles(self.root / SOUND_FILES))
            self._write_down(
                Action.PUBLISH,
                manifest,
                by,
                failing=len(objections),
                override=override.strip() if against else "",
            )
            # A crash between the two leaves the served one on top of the history: passed over.
            with suppress(SnapshotError):  # nothing was served yet
                served = [*self._before(), self.current_id()]
                replace_text(self._history, "\n".join(served) + "\n")
            replace_text(self._pointer, snapshot_id + "\n")
            self._tell_keepers()
            return manifest

    def rollback(self, *, by: str = "", instead_of: str | None = None) -> Manifest:
        """Serve what was served before.

        Args:
            by: Who does it; whoever runs this process if left out.
            instead_of: What must be served now: who was asked about that meant no other.

        Raises:
            SnapshotError: There is nothing to go back to, it is damaged, or something else is
                served by now.
            OSError: The log or the pointer cannot be written; the old one stays.
        """
        self.current_id()  # says what to do where nothing was ever published
        with self._alone():
            if instead_of not in (None, self.current_id()):
                text = "{snapshot} is not served any more: nothing was changed"
                raise SnapshotError(Remark.of("not_served_now", text, snapshot=instead_of))
            *before, target = self._ways_back()
            manifest = verify(self.folder(target), SoundFiles(self.root / SOUND_FILES))
            self._write_down(Action.ROLLBACK, manifest, by)
            replace_text(self._pointer, target + "\n")
            replace_text(self._history, "".join(f"{name}\n" for name in before))
            self._tell_keepers()
            return manifest

    def rollback_target(self) -> Manifest:
        """What a rollback would serve.

        Raises:
            SnapshotError: There is nothing to go back to, or its manifest is damaged.
        """
        return self.manifest(self._ways_back()[-1])

    def prune(self, *, by: str = "") -> list[str]:
        """Delete snapshots beyond the newest `KEPT_SNAPSHOTS`, never one that rollback may need.

        Returns:
            The ids of those that were deleted.

        Raises:
            OSError: One cannot be deleted.
        """
        if not self.is_published:
            return []
        with self._alone():
            current = self.current_id()
            kept = {*self._before()[-(KEPT_SNAPSHOTS - 1) :], current}
            gone = [name for name in self.ids() if name not in kept and name < current]
            for name in gone:
                self._remove(name, Action.PRUNE, by)
            self._tell_keepers()
            return gone

    def discard(self, snapshot_id: str, *, by: str = "") -> None:
        """Delete a snapshot that was never served.

        Raises:
            SnapshotError: There is none of this id, or it is or was served.
            OSError: It cannot be deleted.
        """
        with self._alone():
            if snapshot_id not in self.ids():
                text = "no snapshot '{snapshot}': it is discarded already"
                raise SnapshotError(Remark.of("discarded_already", text, snapshot=snapshot_id))
            if self.is_published and snapshot_id in {*self._before(), self.current_id()}:
                text = "{snapshot} is served, or was: it is kept for rollback"
                raise SnapshotError(Remark.of("kept_for_rollback", text, snapshot=snapshot_id))
            self._remove(snapshot_id, Action.DISCARD, by)
            if self.is_published:
                self._tell_keepers()

    def logged(self) -> list[tuple[Entry, bool]]:
        """Each entry of the log, oldest first, and whether it was done or a crash came before.

        Raises:
            OSError: The log cannot be read.
        """
        found: list[tuple[Entry, bool]] = []
        served = self.current_id() if self.is_published else ""
        for entry in reversed(self.log.entries()):
            if entry.changes_what_is_served:
                found.append((entry, entry.snapshot == served))
                served = entry.before
            else:
                found.append((entry, not self.folder(entry.snapshot).exists()))
        return found[::-1]

    def _remove(self, snapshot_id: str, action: Action, by: str) -> None:
        """Delete a folder so that no half of it is ever taken for a snapshot."""
        self.log.append(Entry(by=by or whoever_runs_this(), action=action, snapshot=snapshot_id))
        doomed = self.root / f"{_REMOVED}{snapshot_id}"
        self.folder(snapshot_id).rename(doomed)
        shutil.rmtree(doomed)

    def _tell_keepers(self) -> None:
        """What is served and what there still is; who misses it now hears it the next time."""
        for keeper in self._keepers:
            try:
                served = self.current_id()
                keeper.hold(self.folder(served))  # a rollback may serve what it never held
                keeper.point_to(served)
                keeper.keep_only(self.ids())
            except CorpusIndexError as error:
                logger.warning("%s; it is told at the next build what is served", error)

    def _write_down(
        self, action: Action, manifest: Manifest, by: str, *, failing: int = 0, override: str = ""
    ) -> None:
        before, documents = "", {}
        with suppress(SnapshotError):  # nothing was served yet, or what was is damaged
            before = self.current_id()
            documents = dict(self.manifest(before).documents)
        entry = Entry.of(
            action,
            manifest,
            documents,
            before=before,
            by=by or whoever_runs_this(),
            failing=failing,
            override=override,
        )
        self.log.append(entry)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One change of what is served at a time, among all threads and processes.

        What is served and what was served before lie in two files, and one reads the other's.
        """
        try:
            with FileLock(self.root.parent / "publish.lock", timeout=_LONGEST_WAIT_S):
                yield
        except Timeout as error:
            text = "another publication is at work in {path}: try again in a minute"
            remark = Remark.of("publication_at_work", text, path=self.root.parent)
            raise SnapshotError(remark) from error

    def remove_leftovers(self) -> None:
        """Delete what a killed publication or deletion left behind."""
        for path in (*self.root.glob(f"{_REMOVED}*"), *self.root.glob(f"{FETCHED}*")):
            shutil.rmtree(path, ignore_errors=True)
        for name in (self._pointer.name, self._history.name):
            for path in self.root.glob(f".{name}.*"):
                path.unlink(missing_ok=True)

    def manifest(self, snapshot_id: str) -> Manifest:
        """What a snapshot was built from.

        Raises:
            SnapshotError: Its manifest is missing or damaged.
        """
        return read_manifest(self.folder(snapshot_id))

    def _ways_back(self) -> list[str]:
        """What was served before, oldest first: one at least."""
        before = self._before()
        if not before:
            text = "nothing to roll back to: nothing was served before this snapshot"
            raise SnapshotError(Remark.of("no_way_back", text))
        return before

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
