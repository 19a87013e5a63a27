"""What documents say that no document holds, and how near each entry is to a question."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.centring import LanguageSpace
from index.documents import Document, NotCovered
from index.encoder import Vectors

_VECTORS, _FIRST = "not_covered.npy", "not_covered_first.npy"


def gap_texts(documents: Iterable[Document]) -> list[str]:
    """What is encoded: the questions of all entries, by themselves, as sentences are."""
    return [gap.question for document in documents for gap in document.metadata.not_covered]


@dataclass(frozen=True, slots=True)
class GapStore:
    """The `not_covered` entries of a snapshot. They are no passages: nothing quotes them.

    Attributes:
        first: int64, (documents + 1,); the entries of document i are first[i] to first[i + 1].
        vectors: float16, (entries, dimension), centred like sentences, of unit length.
    """

    first: npt.NDArray[np.int64]
    vectors: npt.NDArray[np.float16]

    @classmethod
    def build(
        cls, documents: Iterable[Document], vectors: Vectors, sentences: LanguageSpace
    ) -> "GapStore":
        """Centre and hold the entries of a snapshot.

        Args:
            documents: Of the snapshot, in its order.
            vectors: Of `gap_texts` of the same, as the encoder gave them.
            sentences: The space of the snapshot's sentences, which entries are compared with.
        """
        documents = list(documents)
        languages = [d.metadata.language for d in documents for _ in d.metadata.not_covered]
        centred = sentences.centre_passages(vectors, languages)
        first = np.cumsum([0, *(len(d.metadata.not_covered) for d in documents)])
        return cls(first.astype(np.int64), centred.astype(np.float16))

    @classmethod
    def load(cls, folder: Path) -> "GapStore":
        """Open what `save` wrote; the vectors stay on the disk until they are used.

        Raises:
            ValueError: The files do not belong together.
        """
        first, vectors = (np.load(folder / name, mmap_mode="r") for name in (_FIRST, _VECTORS))
        if len(vectors) != first[-1]:
            raise ValueError(f"{_VECTORS} has {len(vectors)} rows")
        return cls(first, vectors)

    def save(self, folder: Path) -> None:
        """Write two files into a folder."""
        np.save(folder / _FIRST, self.first)
        np.save(folder / _VECTORS, self.vectors)

    def scores(
        self, question: Vectors, document: Document, row: int
    ) -> list[tuple[NotCovered, float]]:
        """Each entry of a document, and its cosine to a centred question.

        Args:
            question: Its vector.
            document: Of the snapshot.
            row: Its place among all documents.
        """
        entries = self.vectors[int(self.first[row]) : int(self.first[row + 1])]
        cosines = entries.astype(np.float32) @ question
        gaps = document.metadata.not_covered
        return [(gap, float(cosine)) for gap, cosine in zip(gaps, cosines, strict=True)]
