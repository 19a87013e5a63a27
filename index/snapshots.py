"""The snapshots of the data directory, with the vector engine that the settings name."""

from index.publishing import SnapshotStore
from index.settings import IndexSettings
from index.vector_store import VectorEngine
from index.vector_stores import SnapshotFiles, milvus_engine


def snapshot_store(settings: IndexSettings) -> SnapshotStore:
    """All snapshots; nothing is read or connected yet.

    Raises:
        MissingPackageError: The engine's packages are not installed.
    """
    return SnapshotStore(settings.data_dir, vector_engine(settings))


def vector_engine(settings: IndexSettings) -> VectorEngine:
    """What searches vectors.

    Raises:
        MissingPackageError: Its packages are not installed.
    """
    if settings.vector_store == "faiss":
        return SnapshotFiles()
    token = settings.milvus_token.get_secret_value() if settings.milvus_token else ""
    return milvus_engine(settings.milvus_uri or str(settings.data_dir / "milvus.db"), token)
