"""The text of a document as a reader adds its headings, paragraphs, items and tables."""

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from index.loading.extraction.extracted import Extracted
from index.loading.extraction.headers import holds_pairs, names_columns, names_in_two_rows
from index.loading.inline import HARD_BREAK
from index.loading.page import Page
from index.loading.tables import Pieces, told_rows

Rows = Sequence[Sequence[str]]

_BLANKS = re.compile(r"[ \t\xa0]+")
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)|powerpoint[ -]|untitled"
    r"|unbenannt|slide \d|document\d*$|文档\s?\d|演示文稿|幻灯片|无标题|未命名|工作簿)"
    r"|^(?:https?://\S+|\(?(?:anonymous|unspecified)\)?)$"
    r"|\.(?:docx?|pptx?|xlsx?|pdf|indd|wps|html?|aspx?|php|jsp|txt|md|csv|rtf|od[tsp]|pages)$",
    re.IGNORECASE,
)
"""What programs write as the title of a file that nobody gave one."""
_LONGEST_TITLE = 80


class Draft:
    """Grows block by block; white space within a block is put in order."""

    def __init__(self) -> None:
        self._page = Page(sources=0)
        self._after_item = False

    def heading(self, text: str, level: int) -> None:
        """Add a heading, level 1 (highest) to 6."""
        one_line = " ".join(text.replace(HARD_BREAK, " ").split())
        self._block("#" * min(max(level, 1), 6) + " ", one_line)

    def paragraph(self, text: str) -> None:
        """Add a paragraph; `HARD_BREAK` stays a line break, others are where it was wrapped."""
        self._block("", text)

    def item(self, text: str, *, marker: str = "-", depth: int = 0) -> None:
        """Add an item of a list; `depth` is 0 in the outermost."""
        newlines = 1 if self._after_item else 2
        self._block("  " * min(depth, 5) + marker + " ", text, newlines)
        self._after_item = True

    def table(
        self, rows: Rows, *, has_header: bool | None = None, has_labels: bool | None = None
    ) -> None:
        """Add a table; each row is told with the names of its columns, if it has such.

        Rows of one cell above the header are paragraphs: they say what the table is about.

        Args:
            rows: Its cells.
            has_header: Whether the first row names the columns; None if the row is to tell.
            has_labels: Whether each second cell names the next; None if they are to tell.
        """
        filled = [[_tidy(cell) for cell in row] for row in rows if any(map(str.strip, row))]
        while filled and _single(filled[0]):
            self.paragraph(_single(filled.pop(0)))
        if not filled:
            return
        if has_labels is None:
            has_labels = has_header is None and holds_pairs(filled)
        if has_labels:
            told: Iterable[list[Pieces]] = (next(told_rows(*_pairs(row))) for row in filled)
        else:
            if has_header is None:
                has_header = names_columns(filled)
            header = _taken_header(filled) if has_header and len(filled) > 1 else []
            told = told_rows(
                [(name,) for name in header], [[(cell,) for cell in row] for row in filled]
            )
        newlines = 2
        for lines in told:
            for pieces in lines:
                self._block("| ", "".join(map(str, pieces)), newlines)
                newlines = 1

    def finish(
        self, title: str = "", notes: tuple[str, ...] = (), *, dated: str = ""
    ) -> Extracted:
        """The document; a title that only its program wrote is none."""
        named = " ".join("".join(char if char.isprintable() else " " for char in title).split())
        is_useful = any(map(str.isalpha, named)) and not _NO_TITLE.search(named)
        text = self._page.finish().text
        shown = named[:_LONGEST_TITLE] if is_useful else ""
        return Extracted(text, shown, notes, dated=dated)

    def _block(self, prefix: str, text: str, newlines: int = 2) -> None:
        self._after_item = False
        self._page.block(prefix, (text,), 1, newlines)


def _tidy(cell: str) -> str:
    """A cell in one line."""
    lines = (_BLANKS.sub(" ", line).strip() for line in cell.splitlines())
    return "\n".join(line for line in lines if line)


def _single(row: Sequence[str]) -> str:
    """The only text of a row, also where merged cells repeat it; empty where there are several."""
    return row[0] if {cell for cell in row if cell} == {row[0]} else ""


def _pairs(row: Sequence[str]) -> tuple[list[Pieces], list[list[Pieces]]]:
    """The header and the row of a form's line; a name without a value is told alone."""
    pairs = list(zip_longest(row[::2], row[1::2], fillvalue=""))
    names: list[Pieces] = [(name if value else "",) for name, value in pairs]
    return names, [[(value or name,) for name, value in pairs]]


def _taken_header(rows: list[list[str]]) -> list[str]:
    """The names of the columns, which are taken out of the rows."""
    names = names_in_two_rows(rows) if len(rows) > 2 else None
    header = rows.pop(0)
    if names:
        rows.pop(0)
    return names or header
