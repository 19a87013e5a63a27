"""An immutable, checksummed build of the index on disk, and the same opened for reading.

    snapshots/<id>/manifest.json    what it was built from, checksums of the files below
                   documents.jsonl  documents whole, in order of their ids
                   passages.jsonl   passages as offsets; line i is row i of both stores
                   vectors.faiss    dense, centred by language
                   languages.npz    means and spreads of each language's vectors
                   crowding.npy     one number a row
                   lexical/         BM25
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.centring import LanguageSpace
from index.documents import Document, Metadata, Passage, SourceSpan
from index.errors import SnapshotError
from index.lexical import LexicalIndex
from index.vector_store import VectorStore

FORMAT = 2
"""Raise when the files change in a way that older code cannot read."""
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a snapshot was built from. `documents` maps ids to content hashes."""

    snapshot_id: str
    format: int
    created: str
    encoder: str
    content: str
    documents: Mapping[str, str]
    passages: int
    checksums: Mapping[str, str]

    @property
    def created_at(self) -> datetime:
        return datetime.fromisoformat(self.created)


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

    @cached_property
    def versions(self) -> dict[str, dict[str, str]]:
        """stem -> language -> document id."""
        found: dict[str, dict[str, str]] = {}
        for document in self.documents.values():
            found.setdefault(document.stem, {})[document.metadata.language] = document.id
        return found


def write_files(
    folder: Path,
    documents: Sequence[Document],
    passages: Sequence[Passage],
    vectors: VectorStore,
    lexical: LexicalIndex,
    space: LanguageSpace,
    crowding: npt.NDArray[np.float32],
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


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, the last file of a snapshot."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    (folder / _MANIFEST).write_text(text, "utf-8")


def checksums_of(folder: Path) -> dict[str, str]:
    """sha256 of every file but the manifest, by its path in the folder."""
    return {
        path.relative_to(folder).as_posix(): _checksum(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != _MANIFEST
    }


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a snapshot folder.

    Raises:
        SnapshotError: It is missing, damaged or of another format.
    """
    try:
        manifest = Manifest(**json.loads((folder / _MANIFEST).read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise _damaged(folder, f"{_MANIFEST} is missing or damaged") from error
    if manifest.format != FORMAT:
        raise SnapshotError(
            f"{folder}: built by another version of smebot: run `smebot index build`"
        )
    return manifest


def verify(folder: Path) -> Manifest:
    """Compare every file with its checksum.

    Raises:
        SnapshotError: Naming the first file that is missing, altered or too much.
    """
    manifest = read_manifest(folder)
    found = checksums_of(folder)
    for name in sorted(manifest.checksums.keys() | found.keys()):
        if name not in found:
            raise _damaged(folder, f"{name} is missing")
        if found[name] != manifest.checksums.get(name):
            raise _damaged(folder, f"{name} has been altered or cut short")
    return manifest


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
        passages = [_passage_of(line, documents) for line in _read_lines(folder / "passages.jsonl")]
        vectors = VectorStore.load(folder / "vectors.faiss")
        lexical = LexicalIndex.load(folder / "lexical", len(passages))
        space = LanguageSpace.load(folder / "languages.npz")
        crowding = np.load(folder / "crowding.npy")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder, f"it cannot be read ({error})") from error
    return Snapshot(manifest, documents, passages, vectors, lexical, space, crowding)


def _damaged(folder: Path, problem: str) -> SnapshotError:
    return SnapshotError(
        f"snapshot {folder}: {problem}: run `smebot index build`, or `smebot index rollback`"
    )


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
