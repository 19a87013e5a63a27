"""Question -> hits in one snapshot."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from index.chunking import context, encoded_text
from index.documents import Document, Hit, NotCovered, Passage
from index.encoder import Encoder, Vectors
from index.errors import EncoderMismatchError
from index.fact_store import PassageFacts
from index.glossary import fold
from index.language import primary, to_simplified
from index.lexical import words
from index.ranking import Candidates, best_rows, calibrated, ranked, union
from index.snapshot import Snapshot
from index.structure import Span
from index.vector_store import Selection

_CANDIDATES = 100
"""How many rows each list gives to the ranking."""
_VECTORS_KEPT = 16
"""Of questions: as many as are likely worked on at a time."""


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, best first, and where the time went."""

    hits: tuple[Hit, ...]
    encode_ms: float
    search_ms: float
    vector: Vectors | None = None
    """The question, centred."""

    def keep(self, positions: Sequence[int]) -> "Found":
        """What was found, less the hits at other positions."""
        return replace(self, hits=tuple(self.hits[p] for p in positions))


@dataclass(frozen=True)
class Retriever:
    """Searches one snapshot with the encoder it was built with."""

    snapshot: Snapshot
    encoder: Encoder
    scope: Callable[[str], bool] | None = None
    """Which documents may be found, by id; all if not given."""

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
        vector = self.vector(question, language)
        encoded = time.perf_counter()
        candidates = self._candidates(vector, question, language)
        moments = self.snapshot.space.moments(vector)
        scores = calibrated(candidates, moments)
        order = ranked(candidates, scores, primary(language))[:k]
        hits = tuple(
            Hit(
                passage=self.snapshot.passages[int(candidates.rows[position])],
                score=float(candidates.cosines[position]),
                rank=rank,
            )
            for rank, position in enumerate(order, 1)
        )
        searched = time.perf_counter()
        return Found(
            hits=hits,
            encode_ms=1000 * (encoded - started),
            search_ms=1000 * (searched - encoded),
            vector=vector,
        )

    def vector(self, text: str, language: str) -> Vectors:
        """A question's vector, centred; one in traditional Chinese has that of the simplified.

        The last ones are kept: what recognises a question's intent needs the same as the search.
        """
        return self._vectors(text, primary(language))

    @cached_property
    def _vectors(self) -> Callable[[str, str], Vectors]:
        encoder, space = self.encoder, self.snapshot.space

        @lru_cache(maxsize=_VECTORS_KEPT)  # of a method, it would keep this object for ever
        def encoded(text: str, code: str) -> Vectors:
            raw = encoder.encode_queries([to_simplified(text) if code == "zh" else text])[0]
            return space.centre_question(raw, code)

        return encoded

    def _candidates(self, vector: Vectors, question: str, language: str) -> Candidates:
        """The nearest rows of each language, and those that share most words."""
        snapshot, own = self.snapshot, primary(language)
        matches = snapshot.lexical.matches(words(question))
        lists = []
        for code in snapshot.table.languages:
            searched = self._searched(language, code)
            lists.append(snapshot.vectors.search(vector, _CANDIDATES, among=searched)[0])
            if code == own:
                lists.append(best_rows(matches * searched.mask, _CANDIDATES))
        rows = union(lists)
        return Candidates(
            rows=rows,
            cosines=snapshot.vectors.scores(vector, rows),
            crowding=snapshot.crowding[rows],
            matches=matches[rows],
            languages=snapshot.table.languages_of(rows),
        )

    def _searched(self, language: str, written_in: str) -> Selection:
        """Which passages are searched for a question, of those in one language."""
        searched = self.snapshot.table.searched(language, written_in=written_in)
        return searched.within(self._in_scope) if self.scope else searched

    @cached_property
    def _in_scope(self) -> Sequence[range]:
        """The rows of all documents in scope."""
        names = self.snapshot.documents
        return [self.snapshot.rows_of(name) for name in names if self.scope and self.scope(name)]

    def documents(self, language: str) -> list[Document]:
        """One version of every document, in the given language where there is one."""
        return self.snapshot.in_language(language)

    def version(self, stem: str, language: str) -> Document | None:
        """A document by its stem, in the given language if there is such a version."""
        return self.snapshot.version(stem, language)

    def titled(self, title: str, language: str) -> Document | None:
        """The document with this title, in the given language if there is such a version.

        Args:
            title: In any of its languages, in the letters and signs of any keyboard.
            language: Of the version that is wanted.
        """
        stem = self._stem_of_title.get(fold(title))
        found = self.version(stem, language) if stem else None
        return found if found and (not self.scope or self.scope(found.id)) else None

    @cached_property
    def _stem_of_title(self) -> dict[str, str]:
        """Title as it is compared -> stem; of several documents with one title the last."""
        catalogue = self.snapshot.documents.catalogue
        return dict(zip(map(fold, catalogue.titles), catalogue.stems, strict=True))

    def document(self, passage: Passage) -> Document:
        """The document a passage quotes."""
        return self.snapshot.documents[passage.document]

    def context(self, passage: Passage) -> str:
        """Title, headings and text of a passage: all that it is found by."""
        return encoded_text(self.document(passage), passage)

    def headings(self, passage: Passage) -> str:
        """Title and headings of a passage: where its sentences stand."""
        return context(self.document(passage), passage.headings)

    def sentences(self, found: Found, passage: Passage) -> list[tuple[Span, float]]:
        """The quotable spans of a passage that was found, and their cosines to the question."""
        if found.vector is None:
            return []
        return self.snapshot.sentences.scores(found.vector, self.snapshot.row(passage))

    def not_covered(self, found: Found, document: Document) -> list[tuple[NotCovered, float]]:
        """What a document says that no document holds, and the cosines to the question."""
        if found.vector is None:
            return []
        return self.snapshot.gaps.scores(
            found.vector, document, self.snapshot.documents.row(document.id)
        )

    def facts(self, passage: Passage) -> PassageFacts:
        """What a passage, its sentences and its document name, as read when they were built."""
        row, store = self.snapshot.row(passage), self.snapshot.facts
        return PassageFacts(
            metadata=self.document(passage).metadata,
            document=store.of_all(*self.snapshot.rows_of(passage.document)),
            passage=store.of_all(row),
            sentences=dict(zip(self.snapshot.sentences.of(row), store.of(row), strict=True)),
        )

    def rest_of_best(self, found: Found, read: int) -> tuple[Hit, ...]:
        """The passages of the first hit's document that are not among the first hits.

        Args:
            found: For a question.
            read: How many hits are read already.
        """
        if not found.hits or found.vector is None:
            return ()
        known = {hit.passage.id for hit in found.hits[:read]}
        hits = self._passages_of([found.hits[0].passage.document], found.vector)
        return tuple(hit for hit in hits if hit.passage.id not in known)

    def other_versions(self, found: Found, document: Document) -> tuple[Hit, ...]:
        """The passages of a document's versions in other languages, the nearest first.

        Args:
            found: For a question.
            document: One version.
        """
        versions = self.snapshot.versions[document.stem].values()
        others = [name for name in versions if name != document.id]
        if found.vector is None or not others:
            return ()
        return self._passages_of(others, found.vector)

    def _passages_of(
        self, documents: Sequence[str], vector: npt.NDArray[np.float32]
    ) -> tuple[Hit, ...]:
        """All passages of some documents, the nearest first."""
        rows = np.array(
            [row for name in documents for row in self.snapshot.rows_of(name)], np.int64
        )
        cosines = self.snapshot.vectors.scores(vector, rows)
        order = np.argsort(-cosines, kind="stable")
        return tuple(
            Hit(
                passage=self.snapshot.passages[int(rows[position])],
                score=float(cosines[position]),
                rank=rank,
            )
            for rank, position in enumerate(order, 1)
        )

    def knows(self, word: str) -> bool:
        """Whether any passage of the index has the word."""
        return self.snapshot.lexical.knows(word)

    @cached_property
    def latin_words(self) -> tuple[str, ...]:
        """The longer words in Latin letters that some passage has."""
        return self.snapshot.lexical.latin_words()

    @property
    def usual_case(self) -> Mapping[str, str]:
        """Latin words in lower case -> how the passages mostly write them within a sentence."""
        return self.snapshot.usual_case
