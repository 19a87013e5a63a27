"""An immutable, checksummed build of the index on disk, and the same opened for reading.

snapshots/<id>/manifest.json    what it was built from, checksums of the files below
               catalogue.json   ids, stems, languages and titles of all documents
               documents.jsonl  documents whole, in order of their ids
               passages.jsonl   passages as offsets; line i is row i of both stores
               kind*, first*    languages and documents of the passages
               vectors.faiss    dense, centred by language
               languages.npz    means and spreads of each language's vectors
               crowding.npy     one number a row
               sentence*        spans and centred vectors of each passage's sentences
               not_covered*     centred vectors of what documents say that no document holds
               facts.jsonl      what the sentences of passages name; line i is row i
               glossary.json    names and terms, by which the facts were read
               usual_case.txt   words as passages mostly write them within a sentence
               lexical/         BM25

Beside each file of lines lies one with the places where they start. Nearly all of it stays on the
disk: what grows with the passages is read where a question needs it.
"""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.centring import LanguageSpace
from index.document_store import Catalogue, DocumentStore, document_line, save_documents
from index.documents import Document, Passage
from index.fact_store import FactStore
from index.gap_store import GapStore
from index.glossary import Glossary
from index.lexical import LexicalIndex
from index.manifest import Manifest, damaged, verify
from index.passage_table import PassageTable, version_for
from index.records import Dictionary, Lines, Records, write_dictionary, write_lines
from index.sentence_store import SentenceStore
from index.soundness import SOUND_FILES, SoundFiles
from index.vector_store import VectorEngine, VectorStore
from index.vector_stores.faiss_store import FaissStore
from index.vector_stores.snapshot_files import VECTORS, SnapshotFiles

_PASSAGES, _USUAL_CASE = "passages.jsonl", "usual_case.txt"
_GLOSSARY = "glossary.json"
_KEPT = 4_000
"""Passages in memory; one takes less than 1 KB."""


def content_hash(document: Document) -> str:
    """Changes whenever anything of the document does."""
    return hashlib.sha256(document_line(document).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Snapshot:
    """One build, complete and unchanging while this is held."""

    manifest: Manifest
    documents: DocumentStore
    passages: Sequence[Passage]
    table: PassageTable
    vectors: VectorStore
    lexical: LexicalIndex
    space: LanguageSpace
    crowding: npt.NDArray[np.float32]
    sentences: SentenceStore
    gaps: GapStore
    facts: FactStore
    glossary: Glossary
    usual_case: Mapping[str, str]
    """Latin words in lower case -> how the passages mostly write them within a sentence."""

    @property
    def versions(self) -> Mapping[str, Mapping[str, str]]:
        """Stem -> language -> document id."""
        return self.documents.versions

    def passage(self, identity: str) -> Passage | None:
        """A passage by its id, if there still is such a one."""
        document, _, start = identity.rpartition("@")
        if document not in self.documents:
            return None
        row = self._row_from(document, int(start))
        found = self.passages[row] if row in self.rows_of(document) else None
        return found if found and found.id == identity else None

    def row(self, passage: Passage) -> int:
        """The row of a passage in all stores."""
        return self._row_from(passage.document, passage.start)

    def rows_of(self, document: str) -> range:
        """The rows of a document's passages."""
        return self.table.rows_of(self.documents.row(document))

    def _row_from(self, document: str, start: int) -> int:
        """The row of a document's first passage that starts there or behind."""
        rows = self.rows_of(document)
        return rows.start + bisect_left(rows, start, key=lambda row: self.passages[row].start)

    def in_language(self, language: str) -> list[Document]:
        """One version of every document, in the given language where there is one."""
        return [self.documents[version_for(language, v)] for v in self.versions.values()]

    def version(self, stem: str, language: str) -> Document | None:
        """A document by its stem, in the given language if there is such a version."""
        versions = self.versions.get(stem)
        return self.documents[version_for(language, versions)] if versions else None


def write_files(  # noqa: PLR0913 - one argument for each file
    folder: Path,
    *,
    documents: Sequence[Document],
    passages: Sequence[Passage],
    vectors: FaissStore,
    lexical: LexicalIndex,
    space: LanguageSpace,
    crowding: npt.NDArray[np.float32],
    sentences: SentenceStore,
    gaps: GapStore,
    facts: FactStore,
    glossary: Glossary,
    usual_case: Mapping[str, str],
) -> None:
    """Write everything but the manifest.

    Raises:
        OSError: A file cannot be written.
    """
    save_documents(folder, documents)
    write_lines(
        folder / _PASSAGES,
        (json.dumps([p.document, p.start, p.end, p.headings, p.language]) for p in passages),
    )
    PassageTable.build(passages, Catalogue.of(documents)).save(folder)
    write_dictionary(folder / _USUAL_CASE, usual_case)
    vectors.save(folder / VECTORS)
    lexical.save(folder / "lexical")
    space.save(folder / "languages.npz")
    np.save(folder / "crowding.npy", crowding)
    sentences.save(folder)
    gaps.save(folder)
    facts.save(folder)
    glossary.save(folder / _GLOSSARY)


def open_snapshot(folder: Path, engine: VectorEngine | None = None) -> Snapshot:
    """Verify a snapshot and open it.

    Args:
        folder: Where it lies.
        engine: What searches its vectors; its own file does if left out.

    Raises:
        SnapshotError: It is damaged or of another format.
    """
    manifest = verify(folder, SoundFiles.load(folder.parent / SOUND_FILES))
    try:
        return _opened(folder, manifest, engine or SnapshotFiles())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(folder, f"it cannot be read ({error})") from error


def _opened(folder: Path, manifest: Manifest, engine: VectorEngine) -> Snapshot:
    documents = DocumentStore.load(folder)

    def passage_of(line: str) -> Passage:
        document, start, end, headings, language = json.loads(line)
        return Passage(
            document=document,
            start=start,
            end=end,
            text=documents[document].text[start:end],
            headings=tuple(headings),
            language=language,
        )

    snapshot = Snapshot(
        manifest,
        documents,
        passages=Records(Lines.load(folder / _PASSAGES), passage_of, _KEPT),
        table=PassageTable.load(folder),
        vectors=engine.open(manifest.snapshot_id, FaissStore.load(folder / VECTORS)),
        lexical=LexicalIndex.load(folder / "lexical", manifest.passages),
        space=LanguageSpace.load(folder / "languages.npz"),
        crowding=np.load(folder / "crowding.npy", mmap_mode="r"),
        sentences=SentenceStore.load(folder),
        gaps=GapStore.load(folder),
        facts=FactStore.load(folder),
        glossary=Glossary.load(folder / _GLOSSARY),
        usual_case=Dictionary.load(folder / _USUAL_CASE),
    )
    rows = {
        len(of)
        for of in (snapshot.passages, snapshot.table, snapshot.vectors, snapshot.facts.lines)
    }
    if rows != {manifest.passages}:
        raise ValueError(f"{sorted(rows)} rows for {manifest.passages} passages")
    return snapshot
