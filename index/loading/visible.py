"""The visible text of Markdown: what a reader of the rendered page sees, and nothing else.

It keeps four marks, by which `index.structure` tells blocks apart: `## ` before a heading, `- ` or
`1. ` before an item, `| ` before a table's row, a blank line between paragraphs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from index.loading.dialect import PARSER
from index.loading.inline import HARD_BREAK, shown
from index.loading.page import Page, Visible
from index.loading.tables import Mark, Pieces, told_rows

_ANY_TAG = re.compile(r"<[^>]*>")
_BAR_LINE = re.compile(r"[ \t]*\|.*\|[ \t]*")
_BARS = re.compile(r"(?<!\\)\|")
_SENTENCE_END = "。！？!?.；;…：:"


class UnclosedError(ValueError):
    """A block of code without an end, which would swallow the rest of the document."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}: a block of code has no end")
        self.line = line


class TooManyCellsError(ValueError):
    """A row of a table with more cells than its header: Markdown would drop the last ones."""

    def __init__(self, line: int) -> None:
        super().__init__("this row has more cells than the header: check its bars")
        self.line = line


def visible(body: str, *, first_line: int, sources: int) -> Visible:
    """The visible text of a Markdown body.

    Args:
        body: Markdown without front matter and comments.
        first_line: The line of the file in which it begins.
        sources: How many there are; a mark may name no other.

    Raises:
        MarkError: A mark names none of them.
        UnclosedError: A block of code goes on to the end.
        TooManyCellsError: A table has a row that is longer than its header.
    """
    page = Page(sources)
    tokens = PARSER.parse(body)
    _refuse_open_fence(body, tokens, first_line)
    _Reader(page, first_line, body.split("\n")).read(tokens)
    return page.finish()


@dataclass
class _Reader:
    """Goes through the tokens once and adds each block to the page."""

    page: Page
    first_line: int
    source: list[str]
    """The lines of the file from that one on."""
    lists: int = 0
    marker: str = ""
    """Of the item that has begun and has no text yet."""
    in_items: bool = False
    """Whether the block before is an item."""
    hidden: int = 0
    """How many footnotes we are in: they are no text."""
    rows: list[list[Pieces]] = field(default_factory=list)
    row_lines: list[int] = field(default_factory=list)
    below: int = 0
    """How many of the last rows have no bar: a note below the table, not parted from it."""

    def read(self, tokens: Sequence[Token]) -> None:
        for at, token in enumerate(tokens):
            if token.type in ("footnote_reference_open", "footnote_reference_close"):
                self.hidden += token.nesting
            elif not self.hidden:
                self._token(token, tokens[at - 1])

    def _token(self, token: Token, before: Token) -> None:
        if token.type in (
            "bullet_list_open",
            "ordered_list_open",
            "bullet_list_close",
            "ordered_list_close",
        ):
            self.lists += token.nesting
        elif token.type == "list_item_open":
            self.marker = token.info + token.markup
        elif token.type == "inline":
            self._inline(token, before)
        elif token.type in ("table_open", "tr_open", "table_close"):
            self._table(token)
        elif token.type == "html_block":
            self._html(token)

    def _line(self, token: Token) -> int:
        return self.first_line + (token.map[0] if token.map else 0)

    def _inline(self, token: Token, before: Token) -> None:
        line = self._line(token)
        if before.type in ("th_open", "td_open"):
            cell = shown(token.children or (), self.row_lines[-1])
            self.rows[-1].append(tuple(map(_in_one_line, cell)))
            return
        if before.type == "paragraph_open" and _is_table_without_rule(token.content):
            self._table_without_rule(token, line)
            return
        pieces = shown(token.children or (), line)
        if before.type == "heading_open" and not _is_paragraph(before, pieces):
            self._block("#" * int(before.tag[1]) + " ", pieces, line)
        elif self.marker:
            prefix = "  " * (self.lists - 1) + self.marker + " "
            self._block(prefix, pieces, line, newlines=1 if before.hidden and self.in_items else 2)
            self.in_items = True
        else:
            self._block("", pieces, line)

    def _block(self, prefix: str, pieces: Pieces, line: int, newlines: int = 2) -> None:
        self.marker, self.in_items = "", False
        self.page.block(prefix, pieces, line, newlines)

    def _table(self, token: Token) -> None:
        if token.type == "table_open":
            self.rows, self.row_lines, self.below = [], [], 0
        elif token.type == "tr_open":
            self._row(token)
        else:
            self._told_table()
            if self.below:
                line = self.row_lines[-self.below]
                text = (piece for row in self.rows[-self.below :] for piece in ("\n", *row[0]))
                self._block("", tuple(text)[1:], line)

    def _row(self, token: Token) -> None:
        line = self._line(token)
        cells = _cells(self.source[line - self.first_line])
        if self.rows and any(cells[len(self.rows[0]) :]):
            raise TooManyCellsError(line)
        is_below = len(self.rows) > 0 and len(self.rows[0]) > 1 and len(cells) == 1
        self.below = self.below + 1 if is_below else 0
        self.rows.append([])
        self.row_lines.append(line)

    def _told_table(self) -> None:
        if not self.rows:
            return
        header, *rows = self.rows[: len(self.rows) - self.below]
        if not rows:
            header, rows = [], [header]
        newlines = 2
        first = 1 if header else 0
        lines = self.row_lines[first : first + len(rows)]
        for line, told in zip(lines, told_rows(header, rows), strict=True):
            for pieces in told:
                self._block("| ", pieces, line, newlines)
                newlines = 1

    def _table_without_rule(self, token: Token, line: int) -> None:
        """Rows whose columns have no names: Markdown wants a line of dashes below the header."""
        columns = max(len(_BARS.findall(row)) for row in token.content.split("\n")) + 1
        table = "|" + " |" * columns + "\n" + "|" + "---|" * columns + "\n" + token.content
        outer = self.first_line, self.source
        self.first_line, self.source = line - 2, table.split("\n")
        self.read(PARSER.parse(table))
        self.first_line, self.source = outer
        if "\n" in token.content:
            self.page.notes.append(
                (line, "a table without a header: put a line such as |---|---| below the header")
            )

    def _html(self, token: Token) -> None:
        if any(char.isalnum() for char in _ANY_TAG.sub("", token.content)):
            note = "HTML is left out: write what it says as Markdown"
            self.page.notes.append((self._line(token), note))


def _cells(row: str) -> list[str]:
    """What stands between the bars of a line, as the parser parts it."""
    cells = [cell.strip() for cell in escapedSplit(row.lstrip("> \t").rstrip())]
    return cells[1 if cells[0] == "" else 0 : -1 if cells[-1] == "" else None]


def _in_one_line(piece: str | Mark) -> str | Mark:
    return piece.replace(HARD_BREAK, " ") if isinstance(piece, str) else piece


def _is_table_without_rule(content: str) -> bool:
    rows = content.split("\n")
    if all(_BAR_LINE.fullmatch(row) for row in rows):
        return True
    bars = {len(_BARS.findall(row)) for row in rows}
    return len(rows) > 1 and len(bars) == 1 and bars != {0}


def _is_paragraph(heading: Token, pieces: Pieces) -> bool:
    """Whether it is a heading only because a rule was drawn right below a paragraph."""
    is_underlined = heading.markup in ("-", "=")
    text = "".join(piece for piece in pieces if isinstance(piece, str)).rstrip()
    return is_underlined and ("\n" in text or text.endswith(tuple(_SENTENCE_END)))


def _refuse_open_fence(body: str, tokens: Sequence[Token], first_line: int) -> None:
    """A fence that nobody closed hides all that follows."""
    rows = body.split("\n")
    for token in tokens:
        if token.type == "fence" and token.map:
            last = rows[token.map[1] - 1].strip("> \t")
            is_closed = token.map[1] - token.map[0] > 1 and last.startswith(token.markup)
            if not is_closed or last.strip(token.markup[0]):
                raise UnclosedError(first_line + token.map[0])
