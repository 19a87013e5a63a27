"""The ports for searching vectors; adapters are in `index.vector_stores`."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.encoder import Vectors


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that may be found, as a mask for who has them here and as a filter for others.

    Invariant: `mask[row]` exactly where the row's kind is among `kinds` and the row in `ranges`.

    Attributes:
        mask: Of shape (rows,).
        kinds: Numbers of kinds; see `PassageTable`.
        ranges: Rows in scope; all if None.
    """

    mask: npt.NDArray[np.bool_]
    kinds: Sequence[int]
    ranges: Sequence[range] | None = None

    def within(self, ranges: Sequence[range]) -> "Selection":
        """Of these rows those in some ranges, which are in order and do not overlap."""
        mask, joined = np.zeros_like(self.mask), list[range]()
        for rows in ranges:
            mask[rows.start : rows.stop] = self.mask[rows.start : rows.stop]
            if joined and joined[-1].stop == rows.start:
                joined[-1] = range(joined[-1].start, rows.stop)
            else:
                joined.append(rows)
        return Selection(mask, self.kinds, joined)


class VectorStore(Protocol):
    """Rows of unit vectors; row i is the i-th vector added."""

    def __len__(self) -> int:
        """How many rows there are."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def search(
        self, query: Vectors, k: int, *, among: Selection | None = None
    ) -> tuple[npt.NDArray[np.int64], Vectors]:
        """Find the k nearest rows to one query.

        Args:
            query: float32, shape (dimension,), unit length.
            k: How many rows are wanted, 1 or more.
            among: Which rows may be found; all if not given.

        Returns:
            (rows, scores), both of shape (m,) with m at most k, best first.
            Scores are cosine similarities in [-1, 1].

        Raises:
            VectorsAwayError: The engine that holds them cannot be asked.
        """

    def scores(self, query: Vectors, rows: npt.NDArray[np.int64]) -> Vectors:
        """Cosine similarities of chosen rows to one query, in the order of `rows`.

        Raises:
            VectorsAwayError: The engine that holds them cannot be asked.
        """


class SnapshotKeeper(Protocol):
    """What holds copies of snapshots or of parts of them, each under the snapshot's id.

    All methods raise a `CorpusIndexError` of their own where it cannot be reached.
    """

    def hold(self, folder: Path) -> None:
        """Take a copy, unless it is held already and whole.

        Args:
            folder: Of the snapshot; its name is the snapshot's id.

        Raises:
            SnapshotError: The snapshot is damaged.
        """

    def point_to(self, snapshot_id: str) -> None:
        """Tell others which snapshot is served."""

    def keep_only(self, snapshot_ids: Sequence[str]) -> None:
        """Forget all other snapshots, but for the one that `point_to` named."""


class VectorEngine(SnapshotKeeper, Protocol):
    """What searches the vectors of all snapshots.

    The snapshot's own FAISS file is always there; an engine holds a copy of it.
    """

    def open(self, snapshot_id: str, own: VectorStore) -> VectorStore:
        """The vectors of a snapshot, searched by this engine.

        Args:
            snapshot_id: Which.
            own: The same vectors, from the snapshot's file.
        """

    def examine(self, snapshot_id: str, rows: int) -> str:
        """What the engine holds of a snapshot, in a few words; none where it holds nothing itself.

        Raises:
            VectorsAwayError: It cannot be asked, or does not hold these rows.
        """
