"""The documents of a snapshot: what is asked of all of them in memory, the rest on the disk."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from index.documents import Document, Metadata, SourceSpan
from index.records import Lines, Records, write_lines

_DOCUMENTS, _CATALOGUE = "documents.jsonl", "catalogue.json"
_KEPT = 2_000
"""Documents in memory; one of the corpus that the program ships takes 15 KB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What is known of all documents without reading them, in order of their ids.

    `cities` are all that any of them is about.
    """

    ids: Sequence[str]
    stems: Sequence[str]
    languages: Sequence[str]
    titles: Sequence[str]
    cities: Sequence[str] = ()

    @classmethod
    def of(cls, documents: Sequence[Document]) -> "Catalogue":
        """The catalogue of some documents."""
        return cls(
            ids=[document.id for document in documents],
            stems=[document.stem for document in documents],
            languages=[document.metadata.language for document in documents],
            titles=[document.metadata.title for document in documents],
            cities=sorted({city for document in documents for city in document.metadata.cities}),
        )

    def versions(self) -> dict[str, dict[str, str]]:
        """Stem -> language -> document id."""
        found: dict[str, dict[str, str]] = {}
        for identity, stem, language in zip(self.ids, self.stems, self.languages, strict=True):
            found.setdefault(stem, {})[language] = identity
        return found


class DocumentStore(Mapping[str, Document]):
    """Documents by id, in order of their ids; the last ones that were read are kept."""

    def __init__(self, catalogue: Catalogue, documents: Sequence[Document]) -> None:
        self.catalogue = catalogue
        self._documents = documents

    @classmethod
    def load(cls, folder: Path) -> "DocumentStore":
        """Open what `save_documents` wrote.

        Raises:
            ValueError: The files do not belong together.
            OSError: One of them cannot be read.
        """
        catalogue = Catalogue(**json.loads((folder / _CATALOGUE).read_text("utf-8")))
        lines = Lines.load(folder / _DOCUMENTS)
        if len(lines) != len(catalogue.ids):
            raise ValueError(f"{_DOCUMENTS} has {len(lines)} lines, {_CATALOGUE} other documents")
        return cls(catalogue, Records(lines, _document_of, _KEPT))

    def __len__(self) -> int:
        return len(self._documents)

    def __iter__(self) -> Iterator[str]:
        return iter(self.catalogue.ids)

    def __getitem__(self, identity: str) -> Document:
        return self._documents[self._rows[identity]]

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {identity: row for row, identity in enumerate(self.catalogue.ids)}

    @cached_property
    def versions(self) -> dict[str, dict[str, str]]:
        """Stem -> language -> document id."""
        return self.catalogue.versions()

    def row(self, identity: str) -> int:
        """The place of a document among all."""
        return self._rows[identity]


def save_documents(folder: Path, documents: Sequence[Document]) -> None:
    """Write documents, in order of their ids, into a folder.

    Raises:
        OSError: A file cannot be written.
    """
    write_lines(folder / _DOCUMENTS, map(document_line, documents))
    catalogue = Catalogue.of(documents)
    values = {name: getattr(catalogue, name) for name in Catalogue.__slots__}
    (folder / _CATALOGUE).write_text(json.dumps(values, ensure_ascii=False), "utf-8")


def document_line(document: Document) -> str:
    """All of a document, on one line: what its file holds and its hash is made of."""
    # Escaped, so that no line or paragraph separator of the text can end a line.
    return json.dumps(values_of(document), sort_keys=True)


def values_of(document: Document) -> list[Any]:
    """All of a document, as JSON knows it."""
    metadata = document.metadata.model_dump(mode="json", exclude_defaults=True)
    spans = [[span.start, span.end, span.sources] for span in document.source_spans]
    return [document.id, document.stem, metadata, document.text, spans]


def document_from(values: Sequence[Any]) -> Document:
    """The document that `values_of` was given."""
    identity, stem, metadata, text, spans = values
    return Document(
        id=identity,
        stem=stem,
        metadata=Metadata.model_validate(metadata),
        text=text,
        source_spans=tuple(SourceSpan(start, end, tuple(by)) for start, end, by in spans),
    )


def _document_of(line: str) -> Document:
    return document_from(json.loads(line))
