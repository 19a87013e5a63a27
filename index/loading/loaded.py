"""What was found below the corpus directories, and where it comes from."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from index.documents import Document
from index.errors import CorpusIndexError, DocumentError


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document comes from. `lines`: (offset in its text, line of the file)."""

    path: Path
    directory: Path
    lines: tuple[tuple[int, int], ...] = ()
    has_lines: bool = True
    """Whether the file is text, in which a place has a line."""
    content: bytes = b""
    """Changes whenever the file or what is read from it does; empty where that is not known."""

    def line_of(self, offset: int) -> int:
        """The line of the file that holds a place of the text; 1 where it is not known."""
        at = bisect_right(self.lines, offset, key=itemgetter(0))
        return self.lines[at - 1][1] if at else 1


@dataclass(frozen=True, slots=True)
class Note:
    """What was assumed or left out in reading a file; no error."""

    path: Path
    text: str
    line: int | None = None

    def __str__(self) -> str:
        where = f"{self.path}, line {self.line}" if self.line else str(self.path)
        return f"{where}: {self.text}"


CorpusFile = tuple[Path, Path]
"""The corpus directory, and a file below it."""
WhatWasRead = tuple[list[tuple[Document, Origin]], list[Note]] | DocumentError
"""The documents of one file and what is to be said of how they were read; or why it cannot be."""
ReadFiles = Callable[[Sequence[CorpusFile]], Iterator[WhatWasRead]]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was found below the corpus directories."""

    documents: tuple[Document, ...]
    problems: tuple[CorpusIndexError, ...]
    origins: Mapping[str, Origin]
    """By document id."""
    notes: tuple[Note, ...] = ()

    @property
    def paths(self) -> dict[str, Path]:
        """The file of each document, by document id."""
        return {name: origin.path for name, origin in self.origins.items()}
