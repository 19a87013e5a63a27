"""The visible text of Markdown: what a reader of the rendered page sees, and nothing else.

It keeps four marks, by which `index.structure` tells blocks apart: `## ` before a heading, `- ` or
`1. ` before an item, `| ` before a table's row, a blank line between paragraphs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from index.loading.inline import HARD_BREAK, shown
from index.loading.page import Page, Visible
from index.loading.tables import Mark, Pieces, told_rows

_ANY_TAG = re.compile(r"<[^>]*>")
_BAR_LINE = re.compile(r"[ \t]*\|.*\|[ \t]*")
_BARS = re.compile(r"(?<!\\)\|")
_STARS = re.compile(r"\*+")
_CLOSES, _OPENS = frozenset(")）]］}】%％‰°℃²³"), frozenset("(（[［{【")
_SENTENCE_END = "。！？!?.；;…：:"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # Indented text is a paragraph: so do Chinese authors begin one.
    parser.disable("code")
    parser.use(footnote_plugin, move_to_end=False, always_match_refs=True)
    parser.inline.ruler.before("emphasis", "times", _times)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser


def _times(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Stars within a word are text: `60*40*30` is a size, `价格*税率*汇率` a formula.

    Markdown makes `604030` of it, with a 40 in italics. Two stars are bold type within Chinese,
    and what hides a part of a number within digits: `138****1234`.
    """
    run = _STARS.match(state.src, state.pos)
    if not run or not _is_within_word(state.src, run.start(), run.end()):
        return False
    if not silent:
        state.pending += run[0]
    state.pos = run.end()
    return True


def _is_within_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if end - start > 1:
        return (before + after).isascii() and before.isalnum() and after.isalnum()
    if before in _CLOSES:
        return after.isalnum() or after in _OPENS
    return before.isalnum() and after.isalnum()


_PARSER = _parser()


class UnclosedError(ValueError):
    """A block of code without an end, which would swallow the rest of the document."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}: a block of code has no end")
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
    """
    page = Page(sources)
    tokens = _PARSER.parse(body)
    _refuse_open_fence(body, tokens, first_line)
    _Reader(page, first_line).read(tokens)
    return page.finish()


@dataclass
class _Reader:
    """Goes through the tokens once and adds each block to the page."""

    page: Page
    first_line: int
    lists: int = 0
    marker: str = ""
    """Of the item that has begun and has no text yet."""
    in_items: bool = False
    """Whether the block before is an item."""
    hidden: int = 0
    """How many footnotes we are in: they are no text."""
    rows: list[list[Pieces]] = field(default_factory=list)
    row_lines: list[int] = field(default_factory=list)

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
            self.rows, self.row_lines = [], []
        elif token.type == "tr_open":
            self.rows.append([])
            self.row_lines.append(self._line(token))
        else:
            self._told_table()

    def _told_table(self) -> None:
        if not self.rows:
            return
        header, *rows = self.rows
        if not rows:
            header, rows = [], self.rows
        newlines = 2
        for line, told in zip(self.row_lines[-len(rows) :], told_rows(header, rows), strict=True):
            for pieces in told:
                self._block("| ", pieces, line, newlines)
                newlines = 1

    def _table_without_rule(self, token: Token, line: int) -> None:
        """Rows whose columns have no names: Markdown wants a line of dashes below the header."""
        columns = max(len(_BARS.findall(row)) for row in token.content.split("\n")) + 1
        table = "|" + " |" * columns + "\n" + "|" + "---|" * columns + "\n" + token.content
        outer, self.first_line = self.first_line, line - 2
        self.read(_PARSER.parse(table))
        self.first_line = outer
        if "\n" in token.content:
            self.page.notes.append(
                (line, "a table without a header: put a line such as |---|---| below the header")
            )

    def _html(self, token: Token) -> None:
        if any(char.isalnum() for char in _ANY_TAG.sub("", token.content)):
            note = "HTML is left out: write what it says as Markdown"
            self.page.notes.append((self._line(token), note))


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
