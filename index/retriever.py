"""Question -> hits in one snapshot."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from index.chunking import encoded_text
from index.documents import Document, Hit, Passage
from index.encoder import Encoder
from index.errors import EncoderMismatchError
from index.language import primary
from index.lexical import words
from index.ranking import best_rows, fuse
from index.snapshot import Snapshot

_CANDIDATES = 50
"""How many rows each of the two lists gives to the fusion."""
_FALLBACKS = ("en", "zh")
"""Which version of a document is taken where it has none in the question's language."""


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, best first, and where the time went."""

    hits: tuple[Hit, ...]
    encode_ms: float
    search_ms: float


@dataclass(frozen=True)
class Retriever:
    """Searches one snapshot with the encoder it was built with."""

    snapshot: Snapshot
    encoder: Encoder
    _eligible: dict[str, npt.NDArray[np.bool_]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        built_with = self.snapshot.manifest.encoder
        if built_with != self.encoder.name:
            raise EncoderMismatchError(snapshot=built_with, configured=self.encoder.name)

    def search(self, question: str, language: str, k: int = 10) -> Found:
        """Find the passages that may answer.

        Of a document with several language versions only one is searched: the question's, else
        English, else Chinese.

        Args:
            question: The text asked.
            language: Its language, BCP 47.
            k: How many hits are wanted, 1 or more.
        """
        started = time.perf_counter()
        vector = self.encoder.encode_queries([question])[0]
        encoded = time.perf_counter()
        eligible = self._eligible_rows(language)
        rows, _ = self.snapshot.vectors.search(vector, _CANDIDATES, among=eligible)
        lexical = self.snapshot.lexical.scores(words(question)) * eligible
        order = fuse([rows, best_rows(lexical, _CANDIDATES)])[:k]
        scores = self.snapshot.vectors.scores(vector, order)
        hits = tuple(
            Hit(passage=self.snapshot.passages[row], score=float(score), rank=rank)
            for rank, (row, score) in enumerate(zip(order, scores, strict=True), 1)
        )
        searched = time.perf_counter()
        return Found(hits, 1000 * (encoded - started), 1000 * (searched - encoded))

    def document(self, passage: Passage) -> Document:
        """The document a passage quotes."""
        return self.snapshot.documents[passage.document]

    def context(self, passage: Passage) -> str:
        """Title, headings and text of a passage: all that it is found by."""
        return encoded_text(self.document(passage), passage)

    def rarities(self, question_words: Sequence[str]) -> dict[str, float]:
        """How much each word tells, from 0 (stands everywhere) to 1."""
        return {word: self.snapshot.lexical.rarity(word) for word in question_words}

    def _eligible_rows(self, language: str) -> npt.NDArray[np.bool_]:
        if language not in self._eligible:
            chosen = {_version(v, language) for v in self.snapshot.versions.values()}
            self._eligible[language] = np.array(
                [passage.document in chosen for passage in self.snapshot.passages], bool
            )
        return self._eligible[language]


def _version(versions: dict[str, str], language: str) -> str:
    """The document id to read: same language, same language in another script, a fallback."""
    for wanted in (language, *_FALLBACKS):
        if wanted in versions:
            return versions[wanted]
        for code, document in versions.items():
            if primary(code) == primary(wanted):
                return document
    return next(iter(versions.values()))
