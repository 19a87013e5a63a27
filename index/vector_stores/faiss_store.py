"""FAISS, nowhere else: vectors in a file, in half precision where they are many."""

from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.encoder import Vectors
from index.vector_store import Selection

EXACT_ROWS = 100_000
"""Of so many, a search takes 10 ms and the vectors 154 MB; in half precision, half of both."""
_NEAREST = 10
"""How many rows recall is measured at."""


class FaissStore:
    """A `VectorStore` in a file that is mapped into memory; each search compares all rows."""

    def __init__(self, index: faiss.Index) -> None:
        self._faiss = index

    @classmethod
    def build(cls, vectors: Vectors) -> "FaissStore":
        """Hold these vectors, float32, shape (n, dimension); each search compares all of them."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    @classmethod
    def by_size(
        cls, vectors: Vectors, questions: Callable[[], Vectors], exact_rows: int = EXACT_ROWS
    ) -> "tuple[FaissStore, float]":
        """Hold these vectors in as few bytes as so many need to be searched fast.

        Each search compares all rows all the same. Clusters (FAISS's IVF) save nothing: questions
        lie so far from passages that half of them have to be looked into for a recall of 0.99.

        Args:
            vectors: float32, (rows, dimension).
            questions: Makes vectors like those that will be searched for.
            exact_rows: Up to how many rows numbers stay as they are; of more, each takes 16 bits.

        Returns:
            (the store, what share of the ten nearest rows it finds: its recall).
        """
        if len(vectors) <= exact_rows:
            return cls.build(vectors), 1.0
        halves = faiss.ScalarQuantizer.QT_fp16
        index = faiss.IndexScalarQuantizer(vectors.shape[1], halves, faiss.METRIC_INNER_PRODUCT)
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index), _recall(index, vectors, questions())

    @classmethod
    def load(cls, path: Path) -> "FaissStore":
        """Open what `save` wrote; it is mapped into memory, not read.

        Raises:
            ValueError: The file is no vector store.
        """
        try:
            return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))
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

    def vectors(self, rows: range) -> Vectors:
        """Some rows as they were added, or as half precision left them."""
        return np.asarray(self._faiss.reconstruct_n(rows.start, len(rows)), np.float32)

    @property
    def method(self) -> str:
        """How it searches, in FAISS's words."""
        return "Flat" if isinstance(self._faiss, faiss.IndexFlat) else "SQfp16"

    def search(
        self, query: Vectors, k: int, *, among: Selection | None = None
    ) -> tuple[npt.NDArray[np.int64], Vectors]:
        if not len(self) or (among is not None and not among.mask.any()):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        chosen = None
        if among is not None:
            bits = np.packbits(among.mask, bitorder="little")
            chosen = faiss.SearchParameters(  # type: ignore[call-arg]  # its stubs know only C++
                sel=faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
            )
        scores, rows = self._faiss.search(query.reshape(1, -1), min(k, len(self)), params=chosen)
        found = rows[0] >= 0  # faiss fills missing places with row -1
        return rows[0][found], scores[0][found]

    def scores(self, query: Vectors, rows: npt.NDArray[np.int64]) -> Vectors:
        if not len(rows):
            return np.empty(0, np.float32)
        chosen = self._faiss.reconstruct_batch(rows)
        return np.asarray(chosen @ query, np.float32)


def _recall(index: faiss.Index, vectors: Vectors, questions: Vectors) -> float:
    """What share of the rows nearest to questions an index finds, on average."""
    inner = faiss.METRIC_INNER_PRODUCT
    nearest = faiss.knn(questions, vectors, _NEAREST, metric=inner)[1].tolist()
    found = index.search(questions, _NEAREST)[1].tolist()
    shares = [
        len({*some} & {*all_}) / len(all_) for some, all_ in zip(found, nearest, strict=True)
    ]
    return float(np.mean(shares))
