"""The sentences of all passages and their vectors: what of a passage is near a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.centring import LanguageSpace
from index.encoder import Vectors
from index.structure import Span

_FIRST, _SPANS, _VECTORS = "sentence_first.npy", "sentence_spans.npy", "sentences.npy"
_SPACE = "sentence_languages.npz"


@dataclass(frozen=True, slots=True)
class SentenceStore:
    """Sentences in the order of their passages.

    Attributes:
        first: int64, (passages + 1,); the sentences of passage i are first[i] to first[i + 1].
        spans: int32, (sentences, 2), start and end in the text of the passage.
        vectors: float16, (sentences, dimension), centred by language, of unit length.
        space: What is known of each language's sentences.
    """

    first: npt.NDArray[np.int64]
    spans: npt.NDArray[np.int32]
    vectors: npt.NDArray[np.float16]
    space: LanguageSpace

    @classmethod
    def build(
        cls,
        spans: Sequence[Sequence[Span]],
        vectors: Vectors,
        languages: Sequence[str],
        question_means: dict[str, Vectors],
    ) -> "SentenceStore":
        """Centre and hold the sentences of a snapshot.

        Args:
            spans: Of the sentences of each passage, at least one in all.
            vectors: Of all of them in order, as the encoder gave them.
            languages: Of each passage.
            question_means: Of the same encoder.
        """
        counts = [len(of_passage) for of_passage in spans]
        of_sentences = np.repeat(np.array(languages), counts).tolist()
        space, centred = LanguageSpace.measure(vectors, of_sentences, question_means)
        return cls(
            first=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            spans=np.array([span for of_passage in spans for span in of_passage], np.int32),
            vectors=centred.astype(np.float16),
            space=space,
        )

    @classmethod
    def load(cls, folder: Path) -> "SentenceStore":
        """Open what `save` wrote; the arrays stay on the disk until they are used."""
        first, spans, vectors = (
            np.load(folder / name, mmap_mode="r") for name in (_FIRST, _SPANS, _VECTORS)
        )
        return cls(first, spans, vectors, LanguageSpace.load(folder / _SPACE))

    def save(self, folder: Path) -> None:
        """Write four files into a folder."""
        np.save(folder / _FIRST, self.first)
        np.save(folder / _SPANS, self.spans)
        np.save(folder / _VECTORS, self.vectors)
        self.space.save(folder / _SPACE)

    def of(self, row: int) -> list[Span]:
        """The sentences of a passage."""
        listed = self.spans[int(self.first[row]) : int(self.first[row + 1])]
        return [(int(start), int(end)) for start, end in listed]

    def scores(self, question: Vectors, row: int) -> list[tuple[Span, float]]:
        """Each sentence of a passage, and its cosine to a centred question."""
        rows = slice(int(self.first[row]), int(self.first[row + 1]))
        cosines = self.vectors[rows].astype(np.float32) @ question
        return list(zip(self.of(row), map(float, cosines), strict=True))
