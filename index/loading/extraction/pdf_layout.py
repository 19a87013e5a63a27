"""Where words stand on a printed page: lines and columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from statistics import median

from index.loading.lines import CJK

_GAP = 0.15
"""Times the type size from which a gap between Chinese words is a space."""
_SPREAD_GAP = 0.8
"""The same in a line whose signs were spread to fill it."""
_CELL_GAP = 2.0
"""Times the type size from which a gap parts the cells of a table without rules."""
_LEAST_COLUMN_LINES = 4
_FULL_COLUMN = 0.55
"""Share of a column's width that its lines take up in the middle: less is a list or a form."""
_MOST_CROSSING = 0.4
"""Share of lines that may cross the gap between columns: titles, tables."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: "Box") -> bool:
        """Whether the middle of the other lies within."""
        across, down = (other.left + other.right) / 2, (other.top + other.bottom) / 2
        return self.left <= across <= self.right and self.top <= down <= self.bottom


@dataclass(frozen=True, slots=True)
class Word(Box):
    """What white space parts from what stands beside it; its size in points."""

    text: str = ""
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Table(Box):
    """A table; whether its first row names the columns, None if that is to be told by it."""

    rows: list[list[str]] = field(default_factory=list)
    has_header: bool | None = None


@dataclass(frozen=True, slots=True)
class Line(Box):
    """Words in a line; `column` is where the column that it stands in begins and ends."""

    text: str = ""
    size: float = 0.0
    words: tuple[Word, ...] = ()
    height: float = 1.0
    """Of the page."""
    column: tuple[float, float] = (0.0, 0.0)


Block = Table | Line


def lines_of(words: Sequence[Word], *, height: float) -> list[Line]:
    """The lines that words form, from top to bottom.

    Args:
        words: Those of a page, in any order.
        height: The page's, in points.
    """
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.left)):
        middle = (word.top + word.bottom) / 2
        if rows and rows[-1][0].top <= middle <= rows[-1][0].bottom:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_line(sorted(row, key=lambda word: word.left), height) for row in rows]


def _line(words: Sequence[Word], height: float) -> Line:
    size = median(word.size for word in words)
    return Line(
        left=words[0].left,
        top=min(word.top for word in words),
        right=max(word.right for word in words),
        bottom=max(word.bottom for word in words),
        text=_spaced(words, size),
        size=size,
        words=tuple(words),
        height=height,
    )


def _spaced(words: Sequence[Word], size: float) -> str:
    """Words in one text: Chinese ones with a space only where the gap is plain."""
    alone = sum(len(word.text) == 1 and bool(CJK.match(word.text)) for word in words)
    gap = (_SPREAD_GAP if len(words) > 5 and alone * 2 > len(words) else _GAP) * size
    text, last = "", 0.0
    for word in words:
        is_tight = bool(text) and bool(CJK.match(text[-1]) or CJK.match(word.text[0]))
        text += " " if text and (not is_tight or word.left - last > gap) else ""
        text += word.text
        last = word.right
    return text


def parts_of(line: Line) -> list[Line]:
    """What wide gaps part a line in; the line alone where there are none."""
    cells = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if word.left - before.right > _CELL_GAP * line.size:
            cells.append([])
        cells[-1].append(word)
    return [replace(_line(cell, line.height), column=line.column) for cell in cells]


def in_reading_order(page: Sequence[Block]) -> list[Block]:
    """Blocks from top to bottom; where a page has two columns, the left one first."""
    lines = [block for block in page if isinstance(block, Line)]
    gutter = _gutter(lines)
    if gutter is None:
        return sorted(_with_columns(lines, page), key=lambda block: (block.top, block.left))
    ordered: list[Block] = []
    parts = [part for block in page for part in _split(block, gutter)]
    parts.sort(key=lambda block: block.top)
    for crosses, run in groupby(parts, key=lambda block: block.left < gutter < block.right):
        band = list(run)
        left = [block for block in band if block.right <= gutter]
        right = [block for block in band if block.left >= gutter]
        for side in [band] if crosses else [left, right]:
            members = [block for block in side if isinstance(block, Line)]
            ordered += sorted(_with_columns(members, side), key=lambda block: block.top)
    return ordered


def _with_columns(lines: Sequence[Line], blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, each line with the edges of the column."""
    if not lines:
        return list(blocks)
    edges = min(line.left for line in lines), max(line.right for line in lines)
    return [replace(block, column=edges) if isinstance(block, Line) else block for block in blocks]


def _split(block: Block, gutter: float) -> list[Block]:
    """A line that only seems to cross the gap between columns, in its two halves."""
    if not isinstance(block, Line) or _crosses(block, gutter):
        return [block]
    halves = [
        [word for word in block.words if word.right <= gutter],
        [word for word in block.words if word.right > gutter],
    ]
    return [_line(words, block.height) for words in halves if words]


def _crosses(line: Line, gutter: float) -> bool:
    """Whether a word stands in the gap, or the words beside it are as close as any others."""
    before = [word.right for word in line.words if word.right <= gutter]
    after = [word.left for word in line.words if word.right > gutter]
    if not before or not after:
        return bool(after) and after[0] < gutter
    return after[0] - before[-1] < line.size


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where the gap between two columns of running text lies; None where there is none."""
    if len(lines) < 2 * _LEAST_COLUMN_LINES:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    width = right - left
    best = min(
        (left + width * share / 100 for share in range(35, 66)),
        key=lambda at: (sum(_crosses(line, at) for line in lines), abs(at - left - width / 2)),
    )
    free = [line for line in lines if not _crosses(line, best)]
    if len(lines) - len(free) > _MOST_CROSSING * len(lines):
        return None
    parts = [part for line in free for part in _split(line, best)]
    for side in (
        [part for part in parts if part.right <= best],
        [part for part in parts if part.left >= best],
    ):
        if len(side) < _LEAST_COLUMN_LINES:
            return None
        if median(part.right - part.left for part in side) < _FULL_COLUMN * width / 2:
            return None
    return best
