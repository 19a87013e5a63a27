"""Files that are not plain text: documents as a process of its own takes them out."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from index.documents import Metadata
from index.errors import DocumentError
from index.loading.extraction.extracted import Cause, Extracted, UnreadableError
from index.loading.extraction.extractor import Extractor
from index.loading.files import MOST_FOREIGN_BYTES, read_file
from index.loading.invisible import without_invisible
from index.loading.markdown import read_markdown
from index.loading.parsed import Parsed
from index.loading.plain import metadata_of, read_json_lines, title_of
from index.loading.radicals import with_characters


def read_foreign(
    path: Path, directory: Path, side_metadata: Metadata | None, extractor: Extractor
) -> list[Parsed]:
    """The documents of one file; a side file knows more of them than they say of themselves.

    Raises:
        DocumentError: It cannot be read, or says nothing.
    """
    content = read_file(path, directory, most_bytes=MOST_FOREIGN_BYTES)
    if not content:
        raise DocumentError(path, "the file is empty: fill or delete it", cause=Cause.EMPTY)
    try:
        found = extractor.extract(path.suffix.lower(), content)
    except UnreadableError as error:
        raise DocumentError(path, str(error), cause=error.cause) from error
    documents: list[Parsed] = []
    notes: list[str] = []
    for one in found:
        try:
            documents += _sources(one, side_metadata) if one.is_source else []
        except DocumentError as error:
            notes.append(f"{one.part} in it is left out: {error.problem}")
        if not one.is_source:
            documents.append(_parsed(one, path, side_metadata))
        notes += one.notes
    if not documents:
        raise DocumentError(path, "; ".join(notes))
    first = replace(documents[0], notes=(*documents[0].notes, *((0, note) for note in notes)))
    return [first, *documents[1:]]


def _parsed(found: Extracted, path: Path, side_metadata: Metadata | None) -> Parsed:
    text = with_characters(without_invisible(found.text))
    metadata = _metadata(found, text, path) if found.part or not side_metadata else side_metadata
    if side_metadata:
        described = {"title": metadata.title, "language": metadata.language}
        metadata = side_metadata.model_copy(update=described)
    return Parsed(metadata=metadata, text=text, part=found.part)


def _metadata(found: Extracted, text: str, path: Path) -> Metadata:
    name = title_of(Path(found.part) if found.part else path)
    try:
        return metadata_of(
            text, with_characters(without_invisible(found.title)) or name, found.dated
        )
    except ValidationError:
        return metadata_of(text, name, found.dated)  # what a file calls itself may be anything


def _sources(found: Extracted, side_metadata: Metadata | None) -> Iterator[Parsed]:
    """What a file of text in an archive holds, read as one in a folder is."""
    name = Path(PurePosixPath(found.part).name)
    text = without_invisible(found.text.replace("\r", "\n"))
    if name.suffix.lower() == ".jsonl":
        for line in read_json_lines(text, name, side_metadata):
            yield replace(line, part=f"{found.part}#{line.part}", lines=())
        return
    known = side_metadata or metadata_of(text, title_of(name))
    for page in read_markdown(text, name, known):
        notes = tuple((0, f"{found.part} in it: {note}") for _, note in page.notes)
        yield replace(page, part=found.part, lines=(), notes=notes)
