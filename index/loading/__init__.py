"""Files -> documents. Text is read by one of `_READERS`, all else by a module of `extraction`."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from index.documents import Document, Metadata, Topic
from index.errors import CorpusIndexError, DocumentError, NoDocumentsError
from index.loading.decoding import NotTextError, assumption, decode
from index.loading.extraction.extracted import Cause
from index.loading.extraction.extractor import Extractor
from index.loading.extraction.formats import SAVE_AS, SUFFIXES
from index.loading.files import MOST_FOREIGN_BYTES, parts_of_name, read_file
from index.loading.foreign import read_foreign
from index.loading.front_matter import load_yaml, parse_metadata
from index.loading.invisible import without_invisible
from index.loading.loaded import CorpusFile, Loaded, Note, Origin, ReadFiles, WhatWasRead
from index.loading.markdown import read_markdown
from index.loading.overlooked import overlooked, side_file
from index.loading.parsed import Parsed
from index.loading.plain import read_json_lines, read_text
from index.remark import Remark

Reader = Callable[[str, Path, Metadata | None], list[Parsed]]

_READERS: dict[str, Reader] = {
    ".md": read_markdown,
    ".txt": read_text,
    ".jsonl": read_json_lines,
}
PLACEHOLDER = re.compile(r"\{\{[^{}\n]+\}\}")
_NOT_DOCUMENTS = set(
    "abstention.json readme.md licence.txt license.txt licences.txt thumbs.db".split()
)
_LABELLED_SET = "passages.jsonl"
_MAY_HOLD_HTML = (".md", ".jsonl")


def read_files(files: Sequence[CorpusFile]) -> Iterator[WhatWasRead]:
    """What each of some files holds, in order."""
    with Extractor() as extractor:
        for directory, path in files:
            try:
                yield _read(path, directory, extractor)
            except DocumentError as error:
                yield error


def load_corpus(directories: Sequence[Path], read: ReadFiles = read_files) -> Loaded:
    """Read every document below the directories; one bad file never stops the others.

    Args:
        directories: Of the corpus.
        read: Reads the files, here or elsewhere.

    Raises:
        NoDocumentsError: A directory does not exist, or none holds a single document file.
        OSError: A folder cannot be read.
    """
    documents: dict[str, Document] = {}
    origins: dict[str, Origin] = {}
    problems: list[CorpusIndexError] = []
    notes: list[Note] = []
    files = list(_files_below(directories))
    for (_, path), found in zip(files, read(files), strict=True):
        if isinstance(found, DocumentError):
            problems.append(found)
            continue
        read_documents, noted = found
        notes += noted
        for document, origin in read_documents:
            if document.id in documents:
                taken = origins[document.id].path
                problem = f"the id {document.id!r} is taken by {taken}: rename one"
                problems.append(DocumentError(path, problem))
                continue
            documents[document.id] = document
            origins[document.id] = origin
    if not documents and not problems:
        names = ", ".join(map(str, directories))
        text = (
            "no documents in {path}: put .md, .docx, .pdf or other files there, "
            "or set SMEBOT_CORPUS_DIRS"
        )
        raise NoDocumentsError(Remark.of("no_documents", text, path=names))
    notes += [Note(*found) for directory in directories for found in overlooked(directory)]
    return Loaded(tuple(documents.values()), tuple(problems), origins, tuple(notes))


def _files_below(directories: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    for directory in directories:
        if not directory.is_dir():
            text = "{path}: no such directory: create it, or set SMEBOT_CORPUS_DIRS"
            raise NoDocumentsError(Remark.of("no_corpus", text, path=directory))
        for folder, folders, names in os.walk(directory, onerror=_refuse):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            labelled = _LABELLED_SET in names
            for name in sorted(names):
                # Beside a labelled set's passages lie its questions: no documents.
                if is_document(name) and (not labelled or name == _LABELLED_SET):
                    yield directory, Path(folder, name)


def _refuse(error: OSError) -> None:
    """A folder that cannot be read is no empty one: its documents would vanish from answers."""
    raise error


def is_document(name: str) -> bool:
    """Whether a file of this name is meant as a document; YAML files are settings."""
    hidden = name.startswith((".", "_")) or name.endswith("~")
    return not (
        hidden or name.lower() in _NOT_DOCUMENTS or name.lower().endswith((".yaml", ".yml"))
    )


def is_readable(name: str) -> bool:
    """Whether there is a reader for files of this ending."""
    return Path(name).suffix.lower() in (*_READERS, *SUFFIXES)


def load_documents(path: Path, directory: Path) -> list[Document]:
    """The documents of one file.

    Args:
        path: The file.
        directory: The corpus directory it lies in; ids are relative to it.

    Raises:
        DocumentError: The file cannot be read, or its content is not sound.
    """
    with Extractor() as extractor:
        return [document for document, _ in _read(path, directory, extractor)[0]]


def _read(
    path: Path, directory: Path, extractor: Extractor
) -> tuple[list[tuple[Document, Origin]], list[Note]]:
    """The documents of one file and what is to be said of how they were read."""
    try:
        path.name.encode()
    except UnicodeEncodeError as error:
        raise DocumentError(path, "the file name is not UTF-8: rename the file") from error
    notes: list[Note] = []
    side_metadata = _side_metadata(path, directory)
    text = ""
    is_text = path.suffix.lower() not in SUFFIXES
    if not is_text:
        found = read_foreign(path, directory, side_metadata, extractor)
    else:
        reader = _reader_for(path)
        text = corpus_text(path, directory, notes)
        if not text.strip():
            raise DocumentError(path, "the file is empty: fill or delete it", cause=Cause.EMPTY)
        _refuse_placeholders(text, path)
        found = reader(text, path, side_metadata)
    stem, language = parts_of_name(path.relative_to(directory).with_suffix("").as_posix())
    name = f"{stem}.{language}" if language else stem
    folder = stem.partition("/")[0]
    documents = []
    for parsed in found:
        if not parsed.text.strip():
            raise DocumentError(path, "there is no text below the front matter", cause=Cause.EMPTY)
        if language and parsed.metadata.language != language:
            problem = f"language is {parsed.metadata.language!r}, the file name says {language!r}"
            raise DocumentError(path, problem, line=_line_with("language:", text))
        part = f"#{parsed.part}" if parsed.part else ""
        document = Document(
            id=name + part,
            stem=stem + part,
            metadata=_with_topic(parsed.metadata, folder),
            text=parsed.text,
            source_spans=parsed.source_spans,
        )
        documents.append((document, Origin(path, directory, parsed.lines, has_lines=is_text)))
        notes += [Note(path, note, line or None) for line, note in parsed.notes]
    return documents, notes


def _with_topic(metadata: Metadata, folder: str) -> Metadata:
    """Of a document that names no topic, the folder is the topic."""
    if metadata.topic or folder not in set(Topic):
        return metadata
    return metadata.model_copy(update={"topic": Topic(folder)})


def _reader_for(path: Path) -> Reader:
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        known = SAVE_AS.get(suffix) or f".docx, .xlsx, .pdf, .html, {', '.join(_READERS)}"
        problem = f"no reader for {suffix or 'this file'}: save it as {known}"
        raise DocumentError(path, problem, cause=Cause.UNKNOWN_TYPE)
    return _READERS[suffix]


def _line_with(needle: str, text: str) -> int:
    position = max(0, text.find(needle))
    return text.count("\n", 0, position) + 1


def _refuse_placeholders(text: str, path: Path) -> None:
    """A skeleton of `smebot corpus new` is no document until it is filled in."""
    placeholder = PLACEHOLDER.search(text)
    if placeholder:
        line = text.count("\n", 0, placeholder.start()) + 1
        raise DocumentError(path, f"{placeholder[0]} is not filled in yet", line=line)


def corpus_text(path: Path, directory: Path, notes: list[Note] | None = None) -> str:
    """The text of a file of the corpus, without foreign line ends and what nobody sees.

    Args:
        path: The file.
        directory: The corpus directory it must lie in.
        notes: Takes a note where the encoding had to be guessed.

    Raises:
        DocumentError: It cannot be read, or is no text.
    """
    try:
        decoded = decode(
            read_file(path, directory), may_hold_html=path.suffix.lower() in _MAY_HOLD_HTML
        )
    except NotTextError as error:
        raise DocumentError(path, str(error), line=error.line) from error
    if decoded.assumed and notes is not None:
        notes.append(Note(path, assumption(decoded)))
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " ")
    return without_invisible(text)


def _side_metadata(path: Path, directory: Path) -> Metadata | None:
    side = side_file(path)
    return parse_metadata(corpus_text(side, directory), side) if side else None


__all__ = [
    "MOST_FOREIGN_BYTES",
    "CorpusFile",
    "Loaded",
    "Note",
    "Origin",
    "WhatWasRead",
    "corpus_text",
    "is_document",
    "is_readable",
    "load_corpus",
    "load_documents",
    "load_yaml",
    "parts_of_name",
    "read_files",
]
