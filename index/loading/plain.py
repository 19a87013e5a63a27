"""Plain text, and JSON lines with one document a line."""

import json
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from index.documents import Metadata
from index.errors import DocumentError
from index.language import language_of
from index.loading.files import parts_of_name
from index.loading.invisible import without_invisible
from index.loading.parsed import Parsed
from index.loading.wrapping import unwrapped
from index.partial_date import PartialDate
from index.validation import explain, explain_json

MOST_TITLE_CHARS = 80
_EXAMPLE = '{"id": "1", "text": "..."}'
_OBJECT = f"must be an object: {_EXAMPLE}"
_TELLING_CHARS = 20_000
"""So much of a text tells its language; to look at all of a large one takes half a minute."""


def read_text(text: str, path: Path, side_metadata: Metadata | None) -> list[Parsed]:
    """One document, its wrapped lines joined; without a side file its title is the file's name."""
    metadata = side_metadata or metadata_of(text, title_of(path))
    return [Parsed(metadata=metadata, text=unwrapped(text))]


def metadata_of(text: str, title: str, dated: str = "") -> Metadata:
    """What is known of a document that nobody described: no topic, no source."""
    language = language_of(text[:_TELLING_CHARS])
    as_of = PartialDate.parse(dated) if dated else None
    return Metadata(title=title, language=language, as_of=as_of)


def title_of(path: Path) -> str:
    """The file's name as a title, without its language."""
    return parts_of_name(path.stem)[0].replace("_", " ")[:MOST_TITLE_CHARS]


class _Line(BaseModel):
    """One line; keys beyond these are left alone."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str | None = None
    language: Annotated[str | None, Field(validation_alias=AliasChoices("language", "lang"))] = (
        None
    )
    title: str | None = None
    text: str


def read_json_lines(text: str, path: Path, side_metadata: Metadata | None) -> list[Parsed]:
    """A document a line: `{"id", "language" or "lang", "title", "text"}`.

    Raises:
        DocumentError: A line is no such object, or an id stands twice.
    """
    documents: dict[str, Parsed] = {}
    for number, row in enumerate(text.split("\n"), 1):
        if not row.strip():
            continue
        line = _parse_line(row, path, number)
        body = without_invisible(line.text)
        if not body.strip():
            raise DocumentError(path, "'text' is empty", line=number)
        part = line.id or str(number)
        if part in documents:
            raise DocumentError(path, f"the id {part!r} stands twice", line=number)
        values = side_metadata.model_dump() if side_metadata else {}
        named = without_invisible(line.title or "")
        title = named or (side_metadata.title if side_metadata else title_of(path))
        values |= {"title": title, "language": line.language or language_of(body)}
        try:
            metadata = Metadata.model_validate(values)
            body.encode()
        except ValidationError as error:
            raise DocumentError(path, str(explain(error, Metadata)), line=number) from error
        except UnicodeEncodeError as error:
            raise DocumentError(path, "'text' has half a character", line=number) from error
        documents[part] = Parsed(metadata=metadata, text=body, part=part)
    return list(documents.values())


def _parse_line(row: str, path: Path, number: int) -> _Line:
    try:
        return _Line.model_validate(json.loads(row))
    except ValidationError as error:
        raise DocumentError(path, str(explain(error, _Line, _OBJECT)), line=number) from error
    except (ValueError, RecursionError) as error:
        raise DocumentError(path, explain_json(error, _EXAMPLE), line=number) from error
