"""The vectors of one snapshot, searched in Milvus, and in the snapshot's own file meanwhile."""

import logging
import time

import numpy as np
import numpy.typing as npt

from index.encoder import Vectors
from index.errors import VectorsAwayError
from index.vector_store import Selection, VectorStore
from index.vector_stores.milvus_connection import ASKING_S, Milvus

logger = logging.getLogger(__name__)

PAUSE_S = 30.0
"""How long Milvus is left alone after a failure: not every question shall wait for it."""


class MilvusStore:
    """The k nearest rows come from Milvus; rows by number from the file, which is quicker.

    While Milvus is away the file is searched as well. It holds the same vectors, so that nobody
    sees a difference but in the log: one line when Milvus goes, one when it is back.
    """

    def __init__(self, milvus: Milvus, name: str, own: VectorStore) -> None:
        """Nothing is asked yet.

        Args:
            milvus: Where the collection is.
            name: Of the collection.
            own: The snapshot's file.
        """
        self._milvus = milvus
        self._name = name
        self._own = own
        self._is_ready = False
        self._is_missed = False
        self._next_try = 0.0

    def __len__(self) -> int:
        return len(self._own)

    @property
    def dimension(self) -> int:
        return self._own.dimension

    def search(
        self, query: Vectors, k: int, *, among: Selection | None = None
    ) -> tuple[npt.NDArray[np.int64], Vectors]:
        if not len(self) or (among is not None and not among.mask.any()):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if time.monotonic() >= self._next_try:
            try:
                found = self._ask(query, min(k, len(self)), among)
            except VectorsAwayError as error:
                self._miss(error)
            else:
                self._welcome()
                return found
        return self._own.search(query, k, among=among)

    def scores(self, query: Vectors, rows: npt.NDArray[np.int64]) -> Vectors:
        return self._own.scores(query, rows)

    def _ask(
        self, query: Vectors, k: int, among: Selection | None
    ) -> tuple[npt.NDArray[np.int64], Vectors]:
        if not self._is_ready:
            found = self._milvus.load(self._name, ASKING_S)
            if found != len(self):
                raise VectorsAwayError(
                    self._milvus.uri, f"{self._name} holds {found} of {len(self)} vectors"
                )
            self._is_ready = True
        return self._milvus.nearest(self._name, query, k, among)

    def _miss(self, error: VectorsAwayError) -> None:
        self._next_try = time.monotonic() + PAUSE_S
        self._is_ready = False  # a server that was restarted has nothing loaded
        if not self._is_missed:
            logger.warning("%s; the snapshot's FAISS file is searched meanwhile", error)
        self._is_missed = True

    def _welcome(self) -> None:
        if self._is_missed:
            logger.warning("vectors are searched in Milvus again")
        self._is_missed = False
