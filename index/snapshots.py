"""The snapshots of the data directory, with all that the settings name for them."""

from typing import TYPE_CHECKING

from index.publishing import SnapshotStore
from index.settings import IndexSettings
from index.vector_store import VectorEngine
from index.vector_stores import SnapshotFiles, milvus_engine

if TYPE_CHECKING:
    from index.shared_snapshots import SharedSnapshots


def snapshot_store(settings: IndexSettings) -> SnapshotStore:
    """All snapshots; nothing is read or connected yet.

    Raises:
        MissingPackageError: Packages that the settings need are not installed.
    """
    shared = shared_place(settings)
    return SnapshotStore(settings.data_dir, vector_engine(settings), shared)


def vector_engine(settings: IndexSettings) -> VectorEngine:
    """What searches vectors.

    Raises:
        MissingPackageError: Its packages are not installed.
    """
    if settings.vector_store == "faiss":
        return SnapshotFiles()
    token = settings.milvus_token.get_secret_value() if settings.milvus_token else ""
    return milvus_engine(settings.milvus_uri or str(settings.data_dir / "milvus.db"), token)


def shared_place(settings: IndexSettings) -> "SharedSnapshots | None":
    """Where replicas fetch snapshots from; None if nowhere.

    Raises:
        MissingPackageError: The package for such a URL is not installed.
    """
    if settings.snapshots_url is None:
        return None
    from index.shared_snapshots import SharedSnapshots

    return SharedSnapshots(settings.snapshots_url)


def fetch_snapshot(settings: IndexSettings) -> bool:
    """Serve here what is served where snapshots are shared.

    Returns:
        Whether anything changed; it does not where none are shared.

    Raises:
        SharedSnapshotsError: That place cannot be reached.
        SnapshotError: What arrived is damaged; the old one stays in service.
        OSError: It cannot be written; likewise.
    """
    shared = shared_place(settings)
    return shared is not None and shared.fetch(SnapshotStore(settings.data_dir))
