"""Lines of printed pages -> headings, items, paragraphs, and tables without rules."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from index.loading.extraction.draft import Draft
from index.loading.extraction.pdf_layout import Block, Line, Table, parts_of
from index.loading.extraction.pdf_margins import LARGE, body_size
from index.loading.lines import CJK, MARKER, PROSE_WIDTH, SENTENCE_END, columns
from index.loading.wrapping import joined, words_in

_HEADING_CHARS = 90
"""Longest heading."""
_MOST_LEVELS = 4
_BULLET = re.compile(r"\s*(?:[•●▪◦■□◆◇➢➤✓✔‣⁃\uf06c\uf0b7\uf0d8\uf0a7]\s*|\(cid:\d+\)(?:\s+|$))")
"""What begins an item; a sign that cannot be read and stands alone there is nothing else."""
_ITEM = re.compile(r"(\d{1,3}[.)])\s+(?=\S)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LEAST_ALIGNED = 3
"""So many lines with gaps at the same places are a table without rules."""
_LINE_GAP = 0.95
"""Times the type size from which the gap between two lines parts paragraphs."""
_INDENT = 1.2
"""The same for how far to the right a line begins that opens a paragraph."""
_RAGGED_CJK = 2.5
"""The same for what may be left at the end of a full line of Chinese."""
_SPACE = 0.6
"""The same for the space before a word, and what is lost by rounding."""
_RAGGED = 0.3
"""Share of a column's width that may be left at the end of a line within a sentence."""
_ARTICLE = re.compile(r"第\s?[〇零一二三四五六七八九十百千\d]+\s?条(?=[\s：:【])")
"""What begins a paragraph in Chinese rules."""


def tell(blocks: Sequence[Block], draft: Draft) -> None:
    """Add what stands on the pages, in reading order, to the draft."""
    lines = [block for block in blocks if isinstance(block, Line)]
    levels = _levels(lines)
    words = words_in("\n".join(line.text for line in lines))
    for paragraph in _paragraphs(list(_with_aligned(blocks))):
        if isinstance(paragraph, Table):
            draft.table(paragraph.rows, has_header=paragraph.has_header)
            continue
        text = joined([line.text for line in paragraph], words)
        level = levels.get(round(paragraph[0].size), 0)
        if level and len(text) <= _HEADING_CHARS and not text.endswith("。"):
            draft.heading(text, level)
        elif bullet := _BULLET.match(text):
            draft.item(text[bullet.end() :])
        elif number := _ITEM.match(text):
            draft.item(text[number.end() :], marker=number[1])
        else:
            draft.paragraph(text)


def _levels(lines: Sequence[Line]) -> dict[int, int]:
    """The level of headings by their size: the largest is 1."""
    body = body_size(lines)
    sizes = {round(line.size) for line in lines}
    larger = sorted({size for size in sizes if size >= body * LARGE}, reverse=True)
    return {size: min(level, _MOST_LEVELS) for level, size in enumerate(larger, 1)}


def _with_aligned(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with runs of lines that have equally many cells as tables."""
    for count, run in groupby(blocks, key=_count_cells):
        members = list(run)
        lines = [line for line in members if isinstance(line, Line)]
        if count < 2:
            yield from members
            continue
        if len(lines) < _LEAST_ALIGNED:
            yield from (part for line in lines for part in parts_of(line))
            continue
        rows = [[part.text for part in parts_of(line)] for line in lines]
        edges = min(line.left for line in lines), max(line.right for line in lines)
        has_header = _names_columns(rows)
        yield Table(
            edges[0], lines[0].top, edges[1], lines[-1].bottom, rows=rows, has_header=has_header
        )


def _names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table without rules is its header, and the last row is none.

    No digit stands in a header, but for a year above cells that hold none: `Rate 2025` over 9%.
    """
    header, *others = rows
    if not any(map(str.isdigit, "".join(rows[-1]))):
        return False
    for name, *cells in zip(header, *others, strict=True):
        without_years = _YEAR.sub("", name)
        if any(map(str.isdigit, without_years)):
            return False
        if without_years != name and any(map(_YEAR.search, cells)):
            return False
    return True


def _count_cells(block: Block) -> int:
    """0 for tables; the numbers of headings and items are no cells, nor are labels."""
    if not isinstance(block, Line):
        return 0
    first, *others = parts_of(block)
    is_label = first.text.endswith((":", "：")) or sum(map(str.isalpha, first.text)) < 2
    return 1 if is_label else 1 + len(others)


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Table | list[Line]]:
    """Tables, and the lines of each paragraph, also across columns and pages."""
    for is_table, run in groupby(blocks, key=lambda block: isinstance(block, Table)):
        paragraph: list[Line] = []
        for block in run:
            if is_table and isinstance(block, Table):
                yield block
            elif isinstance(block, Line):
                if paragraph and not _is_continued(paragraph, block):
                    yield paragraph
                    paragraph = []
                paragraph.append(block)
        if paragraph:
            yield paragraph


def _is_continued(paragraph: Sequence[Line], line: Line) -> bool:
    if _BULLET.match(line.text) or _ITEM.match(line.text):
        return False
    hangs = bool(_BULLET.match(paragraph[0].text) or _ITEM.match(paragraph[0].text))
    return _goes_on(paragraph[-1], line, hangs=hangs and len(paragraph) == 1)


def _goes_on(before: Line, line: Line, *, hangs: bool) -> bool:
    """Whether a line belongs to the paragraph of the one before.

    Args:
        before: The line before, in reading order.
        line: The line in question.
        hangs: Whether the one before begins an item, whose other lines are indented.
    """
    is_below = before.top < line.top and before.column == line.column
    ended = bool(SENTENCE_END.search(before.text))
    if not _may_go_on(before, line) or (ended and not is_below):
        return False
    if is_below and line.top - before.bottom > _LINE_GAP * before.size:
        return False
    if line.text[0].islower() and not ended:
        return True
    begins = before.left if is_below else line.column[0]
    is_indented = line.left - begins > _INDENT * before.size
    return (hangs or not is_indented) and _is_full(before, line, ended=ended)


def _may_go_on(before: Line, line: Line) -> bool:
    """Whether a line is set like the one before and does not begin something new."""
    is_alike = abs(line.size - before.size) <= 0.1 * before.size
    return is_alike and not _ARTICLE.match(line.text) and not MARKER.match(line.text)


def _is_full(before: Line, line: Line, *, ended: bool) -> bool:
    """Whether what the line begins with did not fit behind the one before."""
    if not ended and _is_mid_sentence(before, line):
        return True
    room = before.column[1] - before.right
    if CJK.match(line.text[0]) or CJK.match(before.text[-1]):
        return room < _RAGGED_CJK * before.size
    if not ended:
        return room < _RAGGED * (before.column[1] - before.column[0])
    word = line.words[0]
    return room < word.right - word.left + _SPACE * before.size


def _is_mid_sentence(before: Line, line: Line) -> bool:
    """Whether a sentence in Chinese plainly ends in the next line, however wide the column."""
    is_prose = bool(CJK.match(before.text[-1])) and columns(before.text) >= PROSE_WIDTH
    return is_prose and bool(SENTENCE_END.search(line.text))
