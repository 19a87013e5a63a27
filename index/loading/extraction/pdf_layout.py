"""Where words stand on a printed page: lines, columns, running heads, the ends of paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from statistics import median
from typing import Any

from index.loading.lines import CJK

_GAP = 0.15
"""Times the type size from which a gap between Chinese words is a space."""
_SPREAD_GAP = 0.8
"""The same in a line whose signs were spread to fill it."""
_CELL_GAP = 2.0
"""Times the type size from which a gap parts the cells of a table without rules."""
_MARGIN = 0.12
"""Share of a page, above and below, in which running heads and page numbers stand."""
_SAME_PLACE = 4.0
"""So many points a running head may move from page to page."""
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

    def holds(self, word: Mapping[str, Any]) -> bool:
        """Whether a word's middle lies within."""
        across, down = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
        return bool(self.left <= across <= self.right and self.top <= down <= self.bottom)


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
    words: tuple[tuple[float, float, str], ...] = ()
    """(left, right, text) of each."""
    height: float = 1.0
    """Of the page."""
    column: tuple[float, float] = (0.0, 0.0)


Block = Table | Line


def lines_of(words: Sequence[Mapping[str, Any]], *, height: float) -> list[Line]:
    """The lines that words form, from top to bottom."""
    rows: list[list[Mapping[str, Any]]] = []
    for word in sorted(words, key=lambda word: (word["top"] + word["bottom"], word["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        if rows and rows[-1][0]["top"] <= middle <= rows[-1][0]["bottom"]:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [
        _line([(word["x0"], word["x1"], word["text"]) for word in row], row, height)
        for row in (sorted(row, key=lambda word: word["x0"]) for row in rows)
    ]


def _line(
    words: Sequence[tuple[float, float, str]], row: Sequence[Mapping[str, Any]], height: float
) -> Line:
    size = median(word["size"] for word in row)
    return Line(
        left=words[0][0],
        top=min(word["top"] for word in row),
        right=max(right for _, right, _ in words),
        bottom=max(word["bottom"] for word in row),
        text=_spaced(words, size),
        size=size,
        words=tuple(words),
        height=height,
    )


def _spaced(words: Sequence[tuple[float, float, str]], size: float) -> str:
    """Words in one text: Chinese ones with a space only where the gap is plain."""
    alone = sum(len(word) == 1 and bool(CJK.match(word)) for _, _, word in words)
    gap = (_SPREAD_GAP if len(words) > 5 and alone * 2 > len(words) else _GAP) * size
    text, last = "", 0.0
    for left, right, word in words:
        is_tight = bool(text) and bool(CJK.match(text[-1]) or CJK.match(word[0]))
        text += (" " if text and (not is_tight or left - last > gap) else "") + word
        last = right
    return text


def parts_of(line: Line) -> list[Line]:
    """What wide gaps part a line in; the line alone where there are none."""
    cells = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if word[0] - before[1] > _CELL_GAP * line.size:
            cells.append([])
        cells[-1].append(word)
    return [_with_words(line, cell) for cell in cells]


def _with_words(line: Line, words: Sequence[tuple[float, float, str]]) -> Line:
    text = _spaced(words, line.size)
    return replace(line, left=words[0][0], right=words[-1][1], text=text, words=tuple(words))


def without_margins(pages: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """The pages without what stands at the same place of most: running heads, page numbers."""
    places = Counter[tuple[str, int]]()
    for page in pages:
        places.update({place for block in page for place in _places(block)})
    needed = max(2, len(pages) // 2)
    bodies = [
        [block for block in page if not any(places[at] >= needed for at in _places(block))]
        for page in pages
    ]
    return bodies if any(bodies) else [list(page) for page in pages]


def _places(block: Block) -> Iterator[tuple[str, int]]:
    """What a line in the margin says, digits alike, and about where it stands."""
    if not isinstance(block, Line):
        return
    if block.bottom < _MARGIN * block.height or block.top > (1 - _MARGIN) * block.height:
        said = re.sub(r"\d+|\b[ivxl]+\b", "#", block.text)
        at = int(block.top / _SAME_PLACE)
        yield from ((said, near) for near in (at, at + 1))


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
        [word for word in block.words if word[1] <= gutter],
        [word for word in block.words if word[1] > gutter],
    ]
    return [_with_words(block, words) for words in halves if words]


def _crosses(line: Line, gutter: float) -> bool:
    """Whether a word stands in the gap, or the words beside it are as close as any others."""
    before = [right for _, right, _ in line.words if right <= gutter]
    after = [left for left, right, _ in line.words if right > gutter]
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
