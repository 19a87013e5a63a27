"""A table's rows as text: each cell with the name of its column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.structure import MAX_QUOTE_CHARS

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LONG = MAX_QUOTE_CHARS // 2
"""A row longer than this is told in several, each with the cell that names the row."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark; `line` counts from 1."""

    label: str
    line: int


Pieces = tuple["str | Mark", ...]
"""Text with the marks in it."""


def text_of(pieces: Sequence[str | Mark]) -> str:
    """The text alone, each run of white space as one space."""
    return " ".join("".join(piece for piece in pieces if isinstance(piece, str)).split())


def told_rows(
    header: Sequence[Pieces], rows: Sequence[Sequence[Pieces]]
) -> Iterator[list[Pieces]]:
    """For each row the lines that tell it: `Country: Thailand; Rate: 7%`.

    Empty cells are left out; full-width marks are used where the table holds Chinese or Japanese.
    A row without text has no lines.
    """
    is_wide = any(_CJK.search(text_of(cell)) for row in (header, *rows) for cell in row)
    colon, semicolon = ("：", "；") if is_wide else (": ", "; ")
    for row in rows:
        cells = [
            _named(header[at] if at < len(header) else (), cell, colon)
            for at, cell in enumerate(row)
            if text_of(cell)
        ]
        yield [_joined(line, semicolon) for line in _lines(cells)] if cells else []


def _named(name: Pieces, cell: Pieces, colon: str) -> Pieces:
    """A cell behind its column's name; marks of the name stand behind the cell too."""
    title = text_of(name).rstrip("：:").rstrip()
    if not title:
        return cell
    marks = [piece for piece in name if isinstance(piece, Mark)]
    return (title + colon, *cell, *marks)


def _lines(cells: Sequence[Pieces]) -> Iterator[list[Pieces]]:
    """The cells of a row, in one line or in several that begin alike."""
    line, length = [cells[0]], len(text_of(cells[0]))
    first = length
    for cell in cells[1:]:
        added = len(text_of(cell))
        if len(line) > 1 and length + added > _LONG:
            yield line
            line, length = [cells[0]], first
        line.append(cell)
        length += added
    yield line


def _joined(cells: Sequence[Pieces], semicolon: str) -> Pieces:
    joined: list[str | Mark] = []
    for number, cell in enumerate(cells):
        joined += [semicolon, *cell] if number else cell
    return tuple(joined)
