"""FAISS, nowhere else: exact search over unit vectors, by clusters where they are many."""

from collections.abc import Callable
from math import ceil, log2, sqrt
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.encoder import Vectors

EXACT_ROWS = 100_000
"""Up to as many rows each question is compared with all of them: 20 ms, 154 MB."""
_TRAINING_ROWS = 50
"""For each cluster: FAISS asks for 39 at least."""
_TRAINING_ROUNDS = 10
_NEAREST = 10
"""How many rows recall is measured at."""
_LEAST_RECALL = 0.995


class VectorStore:
    """Rows of unit vectors; row i is the i-th vector added."""

    def __init__(self, index: faiss.Index) -> None:
        self._faiss = index

    @classmethod
    def build(cls, vectors: Vectors) -> "VectorStore":
        """Hold these vectors, float32, shape (n, dimension); each search compares all of them."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    @classmethod
    def by_size(
        cls, vectors: Vectors, questions: Callable[[], Vectors], exact_rows: int = EXACT_ROWS
    ) -> "tuple[VectorStore, float]":
        """Hold these vectors in such a way that searching so many stays fast.

        Args:
            vectors: float32, (rows, dimension).
            questions: Makes vectors like those that will be searched for.
            exact_rows: Up to how many rows each search compares all of them; of more, those in
                the clusters that are nearest.

        Returns:
            (the store, what share of the ten nearest rows it finds: its recall).
        """
        if len(vectors) <= exact_rows:
            return cls.build(vectors), 1.0
        index, asked = _clustered(vectors), questions()
        return cls(index), _probe_enough(index, asked, _nearest(vectors, asked))

    @classmethod
    def load(cls, path: Path) -> "VectorStore":
        """Open what `save` wrote; clusters stay on the disk until a question comes near them.

        Raises:
            ValueError: The file is no vector store.
        """
        try:
            return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP))
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

    @property
    def method(self) -> str:
        """How it searches, in FAISS's words."""
        if isinstance(self._faiss, faiss.IndexIVF):
            return f"IVF{self._faiss.nlist},SQfp16,nprobe={self._faiss.nprobe}"
        return "Flat"

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
        if not len(self) or (among is not None and not among.any()):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        chosen = None if among is None else self._restricted(among)
        scores, rows = self._faiss.search(query.reshape(1, -1), min(k, len(self)), params=chosen)
        found = rows[0] >= 0  # faiss fills missing places with row -1
        return rows[0][found], scores[0][found]

    def scores(self, query: Vectors, rows: npt.NDArray[np.int64]) -> Vectors:
        """Cosine similarities of chosen rows to one query, in the order of `rows`."""
        if not len(rows):
            return np.empty(0, np.float32)
        chosen = self._faiss.reconstruct_batch(rows)
        return np.asarray(chosen @ query, np.float32)

    def _restricted(self, among: npt.NDArray[np.bool_]) -> faiss.SearchParameters:
        """A search of some rows: the fewer they are, the more clusters they are looked for in."""
        bits = np.packbits(among, bitorder="little")
        sel = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]  # its stubs know C++
        if not isinstance(self._faiss, faiss.IndexIVF):
            return faiss.SearchParameters(sel=sel)  # type: ignore[call-arg]
        share = np.count_nonzero(among) / len(among)
        probes = min(self._faiss.nlist, ceil(self._faiss.nprobe / share))
        return faiss.SearchParametersIVF(sel=sel, nprobe=probes)  # type: ignore[call-arg]


def _clustered(vectors: Vectors) -> faiss.IndexIVF:
    """Vectors in half precision, about twice as many clusters as the root of their number."""
    dimension, clusters = vectors.shape[1], 2 ** round(log2(2 * sqrt(len(vectors))))
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension),
        dimension,
        clusters,
        faiss.ScalarQuantizer.QT_fp16,
        faiss.METRIC_INNER_PRODUCT,
        False,  # whole vectors, not their distance to the centre
    )
    index.cp.niter = _TRAINING_ROUNDS
    index.train(vectors[:: max(1, len(vectors) // (_TRAINING_ROWS * clusters))])
    index.add(vectors)
    index.make_direct_map()  # from a row to its vector
    return index


def _nearest(vectors: Vectors, asked: Vectors) -> npt.NDArray[np.int64]:
    """The rows nearest to each of some vectors, found by comparing all."""
    found = faiss.knn(asked, vectors, _NEAREST, metric=faiss.METRIC_INNER_PRODUCT)
    return np.asarray(found[1], np.int64)


def _probe_enough(index: faiss.IndexIVF, asked: Vectors, nearest: npt.NDArray[np.int64]) -> float:
    """Set how many clusters each search looks into; returns what share of the nearest it finds."""
    recall = 0.0
    while recall < _LEAST_RECALL and index.nprobe < index.nlist:
        index.nprobe = min(2 * index.nprobe, index.nlist)
        found = index.search(asked, nearest.shape[1])[1]
        pairs = zip(found.tolist(), nearest.tolist(), strict=True)
        recall = float(np.mean([len({*f} & {*n}) / len(n) for f, n in pairs]))
    return recall
