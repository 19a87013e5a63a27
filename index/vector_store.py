"""FAISS, nowhere else: exact search over unit vectors."""

from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.encoder import Vectors


class VectorStore:
    """Rows of unit vectors; row i is the i-th vector added."""

    def __init__(self, index: faiss.Index) -> None:
        self._faiss = index

    @classmethod
    def build(cls, vectors: Vectors) -> "VectorStore":
        """Hold these vectors, float32, shape (n, dimension)."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> "VectorStore":
        """Open what `save` wrote.

        Raises:
            ValueError: The file is no vector store.
        """
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise ValueError(f"{path}: not a vector store") from error

    def save(self, path: Path) -> None:
        """Write all rows to a file.

        Raises:
            OSError: The file cannot be written whole.
        """
        try:
            faiss.write_index(self._faiss, str(path))
        except RuntimeError as error:
            raise OSError(f"{path}: cannot be written ({error})") from error

    def __len__(self) -> int:
        return int(self._faiss.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._faiss.d)

    def search(
        self, query: Vectors, k: int, *, among: npt.NDArray[np.bool_] | None = None
    ) -> tuple[npt.NDArray[np.int64], Vectors]:
        """Find the k nearest rows to one query.

        Args:
            query: float32, shape (dimension,), unit length.
            k: How many rows are wanted, 1 or more.
            among: Which rows may be found, shape (rows,); all if not given.

        Returns:
            (rows, scores), both of shape (m,) with m at most k, best first.
            Scores are cosine similarities in [-1, 1].
        """
        if not len(self):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        chosen = None
        if among is not None:
            bits = np.packbits(among, bitorder="little")
            chosen = faiss.SearchParameters(  # type: ignore[call-arg]  # its stubs know only C++
                sel=faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
            )
        scores, rows = self._faiss.search(query.reshape(1, -1), min(k, len(self)), params=chosen)
        found = rows[0] >= 0  # faiss fills missing places with row -1
        return rows[0][found], scores[0][found]

    def scores(self, query: Vectors, rows: npt.NDArray[np.int64]) -> Vectors:
        """Cosine similarities of chosen rows to one query, in the order of `rows`."""
        if not len(rows):
            return np.empty(0, np.float32)
        chosen = self._faiss.reconstruct_batch(rows)
        return np.asarray(chosen @ query, np.float32)
