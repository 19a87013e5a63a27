"""Files that are read only if they, or what reads them, changed since they were read before."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.document_store import document_from, values_of
from index.documents import Document
from index.errors import DocumentError
from index.loading import MOST_FOREIGN_BYTES, CorpusFile, Note, Origin, WhatWasRead
from index.loading.files import read_file
from index.loading.loaded import ReadFiles
from index.loading.overlooked import side_file
from index.memory import Memory, key_of
from index.sealed_store import in_parts

_FILES_AT_ONCE = 1024
_Documents = tuple[list[tuple[Document, Origin]], list[Note]]


def rereading(read: ReadFiles, memory: Memory) -> ReadFiles:
    """Reads files as `read` does, but for those that memory holds as they are now.

    A file that cannot be read is tried again each time. Origins tell of their content.
    """

    def read_changed(files: Sequence[CorpusFile]) -> Iterator[WhatWasRead]:
        for part in in_parts(files, _FILES_AT_ONCE):
            yield from _read(part, read, memory)

    return read_changed


def _read(files: Sequence[CorpusFile], read: ReadFiles, memory: Memory) -> Iterator[WhatWasRead]:
    contents = [_content(path, directory) for directory, path in files]
    known = memory.recall(contents)
    fresh = read([file for file, value in zip(files, known, strict=True) if value is None])
    learned = []
    for (directory, path), content, value in zip(files, contents, known, strict=True):
        if value is not None:
            yield _found(value, path, directory, content)
            continue
        found = next(fresh)
        # What was written to between the two readings belongs to neither content.
        if not isinstance(found, DocumentError) and content == _content(path, directory):
            learned.append((content, _values(found)))
            found = [(one, replace(origin, content=content)) for one, origin in found[0]], found[1]
        yield found
    memory.learn(learned)


def _content(path: Path, directory: Path) -> bytes:
    """The key of all that decides what is read from a file; empty if it cannot be read."""
    try:
        content = read_file(path, directory, most_bytes=MOST_FOREIGN_BYTES)
        side = side_file(path)
        described = [read_file(side, directory)] if side else []
        return key_of("file", str(path.relative_to(directory)), content, *described)
    except DocumentError:  # told when it is read
        return b""


def _values(found: _Documents) -> Any:
    documents = [
        [values_of(document), origin.lines, origin.has_lines] for document, origin in found[0]
    ]
    return [documents, [[note.text, note.line] for note in found[1]]]


def _found(value: Any, path: Path, directory: Path, content: bytes) -> _Documents:
    documents, notes = value
    return [
        (
            document_from(values),
            Origin(path, directory, tuple(map(tuple, lines)), has_lines, content),
        )
        for values, lines, has_lines in documents
    ], [Note(path, *note) for note in notes]
