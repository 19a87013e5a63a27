"""What documents say that no document holds, and how near each entry is to a question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.centring import LanguageSpace
from index.documents import Document, NotCovered
from index.encoder import Vectors

_VECTORS = "not_covered.npy"


def gap_texts(documents: Iterable[Document]) -> list[str]:
    """What is encoded: the questions of all entries, by themselves, as sentences are."""
    return [gap.question for document in documents for gap in document.metadata.not_covered]


@dataclass(frozen=True, slots=True)
class GapStore:
    """The `not_covered` entries of a snapshot. They are no passages: nothing quotes them.

    Attributes:
        first: Document id -> row of its first entry.
        vectors: float16, (entries, dimension), centred like sentences, of unit length.
    """

    first: Mapping[str, int]
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
        return cls(_first_rows(documents), centred.astype(np.float16))

    @classmethod
    def load(cls, folder: Path, documents: Iterable[Document]) -> "GapStore":
        """Open what `save` wrote.

        Raises:
            ValueError: It belongs to other documents.
        """
        documents = list(documents)
        vectors = np.load(folder / _VECTORS)
        if len(vectors) != len(gap_texts(documents)):
            raise ValueError(f"{_VECTORS} has {len(vectors)} rows")
        return cls(_first_rows(documents), vectors)

    def save(self, folder: Path) -> None:
        """Write one file into a folder."""
        np.save(folder / _VECTORS, self.vectors)

    def scores(self, question: Vectors, document: Document) -> list[tuple[NotCovered, float]]:
        """Each entry of a document, and its cosine to a centred question."""
        gaps, first = document.metadata.not_covered, self.first[document.id]
        cosines = self.vectors[first : first + len(gaps)].astype(np.float32) @ question
        return [(gap, float(cosine)) for gap, cosine in zip(gaps, cosines, strict=True)]


def _first_rows(documents: Iterable[Document]) -> dict[str, int]:
    rows, row = {}, 0
    for document in documents:
        rows[document.id] = row
        row += len(document.metadata.not_covered)
    return rows
