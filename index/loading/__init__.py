"""Files -> documents. One reader per family of formats; add a format in `_READERS`."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.documents import Document, Metadata
from index.errors import CorpusIndexError, DocumentError, NoDocumentsError
from index.loading.front_matter import load_yaml, parse_metadata
from index.loading.markdown import read_markdown
from index.loading.parsed import Parsed
from index.loading.plain import read_json_lines, read_text

Reader = Callable[[str, Path, Metadata | None], list[Parsed]]

_READERS: dict[str, Reader] = {
    ".md": read_markdown,
    ".txt": read_text,
    ".jsonl": read_json_lines,
}
_LANGUAGE_SUFFIX = re.compile(r"(.+)\.([a-z]{2}(?:-[A-Z][a-z]{3})?)")
PLACEHOLDER = re.compile(r"\{\{[^{}\n]+\}\}")
_SIDE_FILE = ".meta.yaml"
_NOT_DOCUMENTS = set(
    "abstention.json readme.md licence.txt license.txt licences.txt thumbs.db".split()
)
_LABELLED_SET = "passages.jsonl"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was found below the corpus directories."""

    documents: tuple[Document, ...]
    problems: tuple[CorpusIndexError, ...]
    paths: Mapping[str, Path]
    """The file of each document, by document id."""


def load_corpus(directories: Sequence[Path]) -> Loaded:
    """Read every document below the directories; one bad file never stops the others.

    Raises:
        NoDocumentsError: A directory does not exist, or none holds a single document file.
        OSError: A folder cannot be read.
    """
    documents: dict[str, Document] = {}
    paths: dict[str, Path] = {}
    problems: list[CorpusIndexError] = []
    for directory, path in _files_below(directories):
        try:
            found = load_documents(path, directory)
        except DocumentError as error:
            problems.append(error)
            continue
        for document in found:
            if document.id in documents:
                problem = f"the id {document.id!r} is taken by {paths[document.id]}: rename one"
                problems.append(DocumentError(path, problem))
                continue
            documents[document.id] = document
            paths[document.id] = path
    if not documents and not problems:
        names = ", ".join(map(str, directories))
        raise NoDocumentsError(
            f"no documents in {names}: put .md, .txt or .jsonl files there, "
            "or set SMEBOT_CORPUS_DIRS"
        )
    return Loaded(tuple(documents.values()), tuple(problems), paths)


def _files_below(directories: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    for directory in directories:
        if not directory.is_dir():
            raise NoDocumentsError(
                f"{directory}: no such directory: create it, or set SMEBOT_CORPUS_DIRS"
            )
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
    return not (hidden or name.lower() in _NOT_DOCUMENTS or name.endswith((".yaml", ".yml")))


def load_documents(path: Path, directory: Path) -> list[Document]:
    """The documents of one file.

    Args:
        path: The file.
        directory: The corpus directory it lies in; ids are relative to it.

    Raises:
        DocumentError: The file cannot be read, or its content is not sound.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(_READERS)
        raise DocumentError(
            path, f"no reader for {path.suffix or 'this file'}: save it as {known}"
        )
    try:
        path.name.encode()
    except UnicodeEncodeError as error:
        raise DocumentError(path, "the file name is not UTF-8: rename the file") from error
    text = _text_of(path)
    if not text.strip():
        raise DocumentError(path, "the file is empty: fill or delete it")
    _refuse_placeholders(text, path)
    name = path.relative_to(directory).with_suffix("").as_posix()
    match = _LANGUAGE_SUFFIX.fullmatch(name)
    stem, language = (match[1], match[2]) if match else (name, "")
    documents = []
    for parsed in reader(text, path, _side_metadata(path)):
        if not parsed.text.strip():
            raise DocumentError(path, "there is no text below the front matter")
        if language and parsed.metadata.language != language:
            problem = f"language is {parsed.metadata.language!r}, the file name says {language!r}"
            raise DocumentError(path, problem, line=_line_with("language:", text))
        part = f"#{parsed.part}" if parsed.part else ""
        documents.append(
            Document(
                id=name + part,
                stem=stem + part,
                metadata=parsed.metadata,
                text=parsed.text,
                source_spans=parsed.source_spans,
            )
        )
    return documents


def _line_with(needle: str, text: str) -> int:
    position = max(0, text.find(needle))
    return text.count("\n", 0, position) + 1


def _refuse_placeholders(text: str, path: Path) -> None:
    """A skeleton of `smebot corpus new` is no document until it is filled in."""
    placeholder = PLACEHOLDER.search(text)
    if placeholder:
        line = text.count("\n", 0, placeholder.start()) + 1
        raise DocumentError(path, f"{placeholder[0]} is not filled in yet", line=line)


def _text_of(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DocumentError(path, f"cannot be read: {error.strerror}") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DocumentError(path, "not UTF-8: save it with that encoding", line=line) from error
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " ")


def _side_metadata(path: Path) -> Metadata | None:
    side = path.with_name(path.name + _SIDE_FILE)
    if not side.exists():
        side = path.with_suffix(_SIDE_FILE)
    return parse_metadata(_text_of(side), side) if side.exists() else None


__all__ = ["Loaded", "is_document", "load_corpus", "load_documents", "load_yaml"]
