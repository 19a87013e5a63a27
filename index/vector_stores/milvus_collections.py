"""A snapshot in Milvus: a collection named after it; an alias names the one that is served.

Readers go by their snapshot's id, never by the alias: so a reader keeps its snapshot whatever is
published meanwhile. One database belongs to one installation, whose builds alone delete.
"""

from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock

from index.errors import SnapshotError, VectorsAwayError
from index.passage_table import PassageTable
from index.vector_store import VectorStore
from index.vector_stores.faiss_store import FaissStore
from index.vector_stores.milvus_connection import FILLING_S, ROWS_A_CALL, Milvus
from index.vector_stores.milvus_store import MilvusStore
from index.vector_stores.snapshot_files import VECTORS

PREFIX = "smebot_"
"""Of the names of all collections that are ours."""
ALIAS = f"{PREFIX}current"


def collection_of(snapshot_id: str) -> str:
    """Milvus takes letters, digits and underscores."""
    return PREFIX + snapshot_id.replace("-", "_")


class MilvusEngine:
    """A `VectorEngine` whose collections hold what the snapshots' FAISS files do."""

    def __init__(self, milvus: Milvus) -> None:
        self._milvus = milvus

    def hold(self, folder: Path) -> None:
        try:
            own = FaissStore.load(folder / VECTORS)
            kinds = PassageTable.load(folder).kind_of
        except (OSError, ValueError) as error:
            raise SnapshotError(f"snapshot {folder}: {error}: run `smebot index build`") from error
        name = collection_of(folder.name)
        with FileLock(folder.parent.parent / "vectors.lock"):
            if self._rows_in(name) == len(own):
                return
            self._milvus.drop(name)
            self._milvus.create(name, own.dimension)
            for first in range(0, len(own), ROWS_A_CALL):
                rows = range(first, min(first + ROWS_A_CALL, len(own)))
                of_rows = kinds[rows.start : rows.stop]
                self._milvus.insert(name, first, of_rows, own.vectors(rows))
            self._milvus.flush(name)
            self.examine(folder.name, len(own))

    def open(self, snapshot_id: str, own: VectorStore) -> VectorStore:
        return MilvusStore(self._milvus, collection_of(snapshot_id), own)

    def point_to(self, snapshot_id: str) -> None:
        self._milvus.point(ALIAS, collection_of(snapshot_id))

    def keep_only(self, snapshot_ids: Sequence[str]) -> None:
        kept = {collection_of(snapshot_id) for snapshot_id in snapshot_ids}
        kept.add(self._milvus.pointed_to(ALIAS) or "")
        for name in self._milvus.collections():
            if name.startswith(PREFIX) and name not in kept:
                self._milvus.drop(name)

    def examine(self, snapshot_id: str, rows: int) -> str:
        name = collection_of(snapshot_id)
        found = self._rows_in(name)
        if found != rows:
            raise VectorsAwayError(
                self._milvus.uri,
                f"it holds {found} of {rows} vectors of {snapshot_id}",
                f"run `smebot index publish {snapshot_id}`",
            )
        return f"{rows} vectors in {name} at {self._milvus.uri}"

    def _rows_in(self, name: str) -> int:
        """How many rows a collection has; none if it is not there."""
        return self._milvus.load(name, FILLING_S) if name in self._milvus.collections() else 0
