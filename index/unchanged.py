"""What a build need not work out again: passages and facts of documents that are the same.

They are taken from the served snapshot, if this very program made it with the same encoder and
glossary. Whatever else a snapshot holds depends on all documents together, and is made anew.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from index.build_engine import BuildEngine
from index.documents import Document, Passage
from index.errors import SnapshotError
from index.glossary import Glossary
from index.publishing import SnapshotStore

if TYPE_CHECKING:
    from index.snapshot import Snapshot

_DISTRIBUTION = "smebot"
_NAME_ENDS = "<>=!~;[ ("


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Documents that a snapshot has as they are now; none of them if there is no snapshot."""

    snapshot: "Snapshot | None"
    hashes: Mapping[str, str]
    """Of the contents of all documents now, by id."""

    @classmethod
    def in_service(
        cls, store: SnapshotStore, encoder: str, glossary: Glossary, hashes: Mapping[str, str]
    ) -> "Unchanged":
        """What can be taken from the served snapshot.

        Args:
            store: Knows it.
            encoder: Name of the one that is used now.
            glossary: Likewise.
            hashes: Of the contents of all documents, by id.
        """
        try:
            served = store.open_current()
        except SnapshotError:  # there is none, or it is damaged or of another version
            return cls(None, hashes)
        made_by = (served.manifest.program, served.manifest.encoder, _entries(served.glossary))
        is_same = made_by == (program_digest(), encoder, _entries(glossary))
        return cls(served if is_same else None, hashes)

    def chunk(
        self, documents: Sequence[Document], engine: BuildEngine
    ) -> Iterator[Sequence[Passage]]:
        """The passages of each document; the engine makes those of documents that are new."""
        fresh = engine.chunk([d for d in documents if not self._rows(d.id)])
        for document in documents:
            rows = self._rows(document.id)
            if self.snapshot and rows:
                yield [self.snapshot.passages[row] for row in rows]
            else:
                yield next(fresh)

    def facts(self, passages: Sequence[Passage]) -> list[str | None]:
        """For each passage the line of facts that the snapshot has of it; None if it has none."""
        found: list[str | None] = []
        for passage in passages:
            known = self.snapshot if self._rows(passage.document) else None
            found.append(known.facts.lines[known.row(passage)] if known else None)
        return found

    def _rows(self, document: str) -> range:
        """The rows of a document in the snapshot; none if it is not the same there."""
        snapshot = self.snapshot
        before = snapshot.manifest.documents.get(document) if snapshot else None
        is_same = before is not None and before == self.hashes.get(document)
        return snapshot.rows_of(document) if snapshot and is_same else range(0)


@cache
def program_digest() -> str:
    """Changes with the files of this package and with the versions of what it is installed with.

    So that what another version worked out is never taken for this one's.
    """
    digest = hashlib.sha256()
    for file in _files_below(files("index")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    for name in sorted(_needed()):
        digest.update(f"{name} {_version(name)}\n".encode())
    return digest.hexdigest()[:16]


def _entries(glossary: Glossary) -> list[str]:
    return [entry.model_dump_json() for entry in glossary.entries.values()]


def _files_below(folder: Traversable) -> Iterator[Traversable]:
    """Source and data, in one order everywhere; model weights have a name of their own."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name not in ("__pycache__", "shipped"):
            yield from _files_below(entry)
        elif entry.is_file() and not entry.name.endswith((".safetensors", ".pyc")):
            yield entry


def _needed() -> set[str]:
    try:
        lines = requires(_DISTRIBUTION) or []
    except PackageNotFoundError:  # run from its source
        return set()
    return {_name(line) for line in lines}


def _name(requirement: str) -> str:
    end = next((n for n, sign in enumerate(requirement) if sign in _NAME_ENDS), len(requirement))
    return requirement[:end]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # an extra
        return ""
