"""Files that are not plain text: documents as a process of its own takes them out."""

from pathlib import Path

from pydantic import ValidationError

from index.documents import Metadata
from index.errors import DocumentError
from index.loading.extraction.extracted import Extracted, UnreadableError
from index.loading.extraction.extractor import Extractor
from index.loading.files import MOST_FOREIGN_BYTES, read_file
from index.loading.invisible import without_invisible
from index.loading.parsed import Parsed
from index.loading.plain import metadata_of, title_of


def read_foreign(
    path: Path, directory: Path, side_metadata: Metadata | None, extractor: Extractor
) -> list[Parsed]:
    """The documents of one file; a side file knows more of them than they say of themselves.

    Raises:
        DocumentError: It cannot be read, or says nothing.
    """
    content = read_file(path, directory, most_bytes=MOST_FOREIGN_BYTES)
    if not content:
        raise DocumentError(path, "the file is empty: fill or delete it")
    try:
        found = extractor.extract(path.suffix.lower(), content)
    except UnreadableError as error:
        raise DocumentError(path, str(error)) from error
    return [_parsed(one, path, side_metadata) for one in found]


def _parsed(found: Extracted, path: Path, side_metadata: Metadata | None) -> Parsed:
    text = without_invisible(found.text)
    notes = tuple((0, note) for note in found.notes)
    metadata = _metadata(found, text, path) if found.part or not side_metadata else side_metadata
    if side_metadata:
        described = {"title": metadata.title, "language": metadata.language}
        metadata = side_metadata.model_copy(update=described)
    return Parsed(metadata=metadata, text=text, part=found.part, notes=notes)


def _metadata(found: Extracted, text: str, path: Path) -> Metadata:
    name = title_of(Path(found.part) if found.part else path)
    try:
        return metadata_of(text, without_invisible(found.title) or name)
    except ValidationError:
        return metadata_of(text, name)  # what a file calls itself may be anything
