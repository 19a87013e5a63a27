"""An immutable, checksummed build of the index on disk, and the same opened for reading.

snapshots/<id>/manifest.json    what it was built from, checksums of the files below
               documents.jsonl  documents whole, in order of their ids
               passages.jsonl   passages as offsets; line i is row i of both stores
               vectors.faiss    dense, centred by language
               languages.npz    means and spreads of each language's vectors
               crowding.npy     one number a row
               sentence*        spans and centred vectors of each passage's sentences
               not_covered.npy  centred vectors of what documents say that no document holds
               facts.jsonl      what the sentences of passages name; line i is row i
               glossary.json    names and terms, by which the facts were read
               lexical/         BM25
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.centring import LanguageSpace
from index.documents import Document, Metadata, Passage, SourceSpan
from index.fact_store import FactStore
from index.gap_store import GapStore
from index.glossary import Glossary
from index.language import primary
from index.lexical import LexicalIndex
from index.manifest import (
    Manifest,
    damaged,
    verify,
)
from index.sentence_store import SentenceStore
from index.vector_store import VectorStore

_GLOSSARY = "glossary.json"
_FALLBACKS = ("en", "zh")
"""Which version of a document is taken where it has none in the language that is wanted."""


def content_hash(document: Document) -> str:
    """Changes whenever anything of the document does."""
    return hashlib.sha256(_document_line(document).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Snapshot:
    """One build, complete in memory."""

    manifest: Manifest
    documents: Mapping[str, Document]
    passages: Sequence[Passage]
    vectors: VectorStore
    lexical: LexicalIndex
    space: LanguageSpace
    crowding: npt.NDArray[np.float32]
    sentences: SentenceStore
    gaps: GapStore
    facts: FactStore
    glossary: Glossary

    @cached_property
    def versions(self) -> dict[str, dict[str, str]]:
        """Stem -> language -> document id."""
        found: dict[str, dict[str, str]] = {}
        for document in self.documents.values():
            found.setdefault(document.stem, {})[document.metadata.language] = document.id
        return found

    def in_language(self, language: str) -> list[Document]:
        """One version of every document, in the given language where there is one."""
        return [self.documents[version_for(language, v)] for v in self.versions.values()]

    def version(self, stem: str, language: str) -> Document | None:
        """A document by its stem, in the given language if there is such a version."""
        versions = self.versions.get(stem)
        return self.documents[version_for(language, versions)] if versions else None


def version_for(language: str, versions: Mapping[str, str]) -> str:
    """The document id to read: same language, same language in another script, a fallback.

    Args:
        language: That is wanted.
        versions: Language -> document id; at least one.
    """
    for wanted in (language, *_FALLBACKS):
        if wanted in versions:
            return versions[wanted]
        for code, document in versions.items():
            if primary(code) == primary(wanted):
                return document
    return next(iter(versions.values()))


def write_files(  # noqa: PLR0913 - one argument for each file
    folder: Path,
    *,
    documents: Sequence[Document],
    passages: Sequence[Passage],
    vectors: VectorStore,
    lexical: LexicalIndex,
    space: LanguageSpace,
    crowding: npt.NDArray[np.float32],
    sentences: SentenceStore,
    gaps: GapStore,
    facts: FactStore,
    glossary: Glossary,
) -> None:
    """Write everything but the manifest.

    Raises:
        OSError: A file cannot be written.
    """
    _write_lines(folder / "documents.jsonl", [_document_line(document) for document in documents])
    _write_lines(
        folder / "passages.jsonl",
        [
            json.dumps(
                [passage.document, passage.start, passage.end, passage.headings, passage.language]
            )
            for passage in passages
        ],
    )
    vectors.save(folder / "vectors.faiss")
    lexical.save(folder / "lexical")
    space.save(folder / "languages.npz")
    np.save(folder / "crowding.npy", crowding)
    sentences.save(folder)
    gaps.save(folder)
    facts.save(folder)
    glossary.save(folder / _GLOSSARY)


def open_snapshot(folder: Path) -> Snapshot:
    """Verify a snapshot and read it whole.

    Raises:
        SnapshotError: It is damaged or of another format.
    """
    manifest = verify(folder)
    try:
        documents = {
            document.id: document
            for document in map(_document_of, _read_lines(folder / "documents.jsonl"))
        }
        passages = [
            _passage_of(line, documents) for line in _read_lines(folder / "passages.jsonl")
        ]
        vectors = VectorStore.load(folder / "vectors.faiss")
        lexical = LexicalIndex.load(folder / "lexical", len(passages))
        space = LanguageSpace.load(folder / "languages.npz")
        crowding = np.load(folder / "crowding.npy")
        sentences = SentenceStore.load(folder)
        gaps = GapStore.load(folder, documents.values())
        facts = FactStore.load(folder)
        glossary = Glossary.load(folder / _GLOSSARY)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(folder, f"it cannot be read ({error})") from error
    return Snapshot(
        manifest,
        documents,
        passages,
        vectors,
        lexical,
        space,
        crowding,
        sentences,
        gaps,
        facts,
        glossary,
    )


def _write_lines(path: Path, lines: Sequence[str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def _read_lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def _document_line(document: Document) -> str:
    metadata = document.metadata.model_dump(mode="json", exclude_defaults=True)
    spans = [[span.start, span.end, span.sources] for span in document.source_spans]
    value = [document.id, document.stem, metadata, document.text, spans]
    # Escaped, so that no line or paragraph separator of the text can end a line.
    return json.dumps(value, sort_keys=True)


def _document_of(line: str) -> Document:
    identity, stem, metadata, text, spans = json.loads(line)
    return Document(
        id=identity,
        stem=stem,
        metadata=Metadata.model_validate(metadata),
        text=text,
        source_spans=tuple(SourceSpan(start, end, tuple(by)) for start, end, by in spans),
    )


def _passage_of(line: str, documents: Mapping[str, Document]) -> Passage:
    document, start, end, headings, language = json.loads(line)
    return Passage(
        document=document,
        start=start,
        end=end,
        text=documents[document].text[start:end],
        headings=tuple(headings),
        language=language,
    )
