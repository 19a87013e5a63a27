"""No engine at all: each snapshot's own FAISS file is searched. The default."""

from collections.abc import Sequence
from pathlib import Path

from index.vector_store import VectorStore

VECTORS = "vectors.faiss"
"""Name of the file with a snapshot's vectors."""


class SnapshotFiles:
    """Nothing to copy, nothing to forget: files come and go with their snapshots."""

    def hold(self, folder: Path) -> None:
        """The file is there already."""

    def open(self, snapshot_id: str, own: VectorStore) -> VectorStore:  # noqa: ARG002
        return own

    def point_to(self, snapshot_id: str) -> None:
        """`CURRENT` says it."""

    def keep_only(self, snapshot_ids: Sequence[str]) -> None:
        """A file is deleted with its snapshot."""

    def examine(self, snapshot_id: str, rows: int) -> str:  # noqa: ARG002
        return ""
