"""Snapshots where all replicas reach them: a mounted directory, a bucket, whatever fsspec reads.

Laid out as in the data directory: `<id>/...` and `CURRENT`. A snapshot is there whole before
`CURRENT` names it, and a replica serves it once its own copy is whole. One installation publishes.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import fsspec

from index.durable import sync_directory
from index.errors import MissingPackageError, SharedSnapshotsError, SnapshotError
from index.manifest import MANIFEST, read_manifest, verify
from index.publishing import FETCHED, SnapshotStore

_CURRENT = "CURRENT"


class SharedSnapshots:
    """A `SnapshotKeeper` that others fetch from.

    All methods raise `SharedSnapshotsError` where the place cannot be reached or written.
    """

    def __init__(self, url: str) -> None:
        """Nothing is read yet.

        Args:
            url: Such as `/mnt/snapshots` or `s3://bucket/snapshots`.

        Raises:
            MissingPackageError: fsspec needs another package for such URLs.
        """
        try:
            self._files, self._root = fsspec.core.url_to_fs(url)
        except ImportError as error:
            protocol = url.partition(":")[0]
            raise MissingPackageError(
                "SMEBOT_SNAPSHOTS_URL", f"for {protocol}", extra=protocol
            ) from error
        except ValueError as error:
            raise SharedSnapshotsError(url, str(error)) from error
        self._url = url

    def hold(self, folder: Path) -> None:
        manifest = read_manifest(folder)
        with self._reached():
            if self._files.exists(self._path(folder.name, MANIFEST)):
                return
            for name in (*manifest.checksums, MANIFEST):  # the manifest last: then it is whole
                path = self._path(folder.name, name)
                self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
                self._files.put_file(str(folder / name), path)

    def point_to(self, snapshot_id: str) -> None:
        with self._reached():
            self._files.pipe_file(self._path(_CURRENT), f"{snapshot_id}\n".encode())

    def keep_only(self, snapshot_ids: Sequence[str]) -> None:
        with self._reached():
            for path in self._files.ls(self._root, detail=False):
                name = PurePosixPath(path).name
                if name != _CURRENT and name not in snapshot_ids:
                    self._files.rm(path, recursive=True)

    def fetch(self, store: SnapshotStore) -> bool:
        """Serve here what is served there.

        Args:
            store: Gets the snapshot; one without an engine and without anybody to tell.

        Returns:
            Whether anything changed.

        Raises:
            SnapshotError: What arrived is damaged; the old one stays in service.
            OSError: It cannot be written; likewise.
        """
        served = self._served()
        if store.is_published and served == store.current_id():
            return False
        if not served.replace("-", "").isalnum():
            raise SharedSnapshotsError(self._url, f"{_CURRENT} is damaged")
        if served not in store.ids():
            self._copy(served, store)
        store.publish(served, by="fetched", override="published elsewhere")
        store.prune(by="fetched")
        return True

    def _served(self) -> str:
        """What `CURRENT` names there."""
        with self._reached():
            try:
                content = self._files.cat_file(self._path(_CURRENT))
            except FileNotFoundError as error:
                problem = "nothing was published there yet"
                raise SharedSnapshotsError(self._url, problem) from error
        return str(content.decode("utf-8", "replace").strip())

    def _copy(self, snapshot_id: str, store: SnapshotStore) -> None:
        """A snapshot gets its name here when it is complete and verified."""
        store.root.mkdir(parents=True, exist_ok=True)
        arriving = store.root / f"{FETCHED}{snapshot_id}"
        shutil.rmtree(arriving, ignore_errors=True)
        arriving.mkdir()
        try:
            with self._reached():
                self._get(snapshot_id, MANIFEST, arriving)
                for name in read_manifest(arriving).checksums:
                    self._get(snapshot_id, name, arriving)
            if verify(arriving).snapshot_id != snapshot_id:
                raise SnapshotError(f"{self._url}: {snapshot_id} holds another snapshot")
            arriving.rename(store.folder(snapshot_id))
            sync_directory(store.root)
        finally:
            shutil.rmtree(arriving, ignore_errors=True)

    def _get(self, snapshot_id: str, name: str, arriving: Path) -> None:
        path = arriving / name
        if not path.resolve().is_relative_to(arriving.resolve()):
            raise SnapshotError(f"{self._url}: {snapshot_id} names a file outside of itself")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._files.get_file(self._path(snapshot_id, name), str(path))

    def _path(self, *parts: str) -> str:
        return "/".join([self._root.rstrip("/"), *parts])

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise SharedSnapshotsError(self._url, str(error)) from error
