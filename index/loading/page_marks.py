"""What a printed page adds to its text: its number, and the line that heads every page."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.loading.lines import (
    LABEL,
    MARKER,
    PROSE,
    PROSE_WIDTH,
    RAGGED,
    SENTENCE_END,
    Line,
    measured,
)

PAGE_MARK = re.compile(
    r"[-—–·]\s*\d{1,4}\s*[-—–·]|第\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?"
    r"|(?:Page|Страница|стр\.)\s+\d{1,4}(?:\s+(?:of|из)\s+\d{1,4})?",
    re.IGNORECASE,
)
"""A page's number, in a line of its own."""
_NUMBER = re.compile(r"\d{1,4}")
_PAGES = 3
"""On so many pages stands what is no text: numbers that rise by one, or the same line."""
_LONGEST_HEAD = 100
"""Widest line that heads pages, in half-width characters."""
_PAGE_LINES = 8
"""Fewest lines from one page's number to the next; years head sections, and have four digits."""
_NUMBER_BESIDE = re.compile(
    rf"^(?:{PAGE_MARK.pattern}|\d{{1,4}}(?=[\s·|—–-]))[\s·|—–-]*"
    rf"|[\s·|—–-]*(?:{PAGE_MARK.pattern}|(?<=[\s·|—–-])\d{{1,4}})$",
    re.IGNORECASE,
)


def without_page_marks(lines: Sequence[Line], column: int | None) -> list[Line]:
    """The lines without marks of pages, nor blank ones beside them within a sentence.

    A mere number is a mark where it parts a sentence or counts the pages; a line that stands on
    several pages where it parts a sentence.

    Args:
        lines: All of a text.
        column: The width at which it is wrapped, if known.
    """
    sure = {at for at, line in enumerate(lines) if PAGE_MARK.fullmatch(line.text)}
    sure |= set(_rising(lines))
    heads = Counter(_head(line) for line in lines)
    kept: list[Line] = []
    between: list[int] = []
    last: Line | None = None
    for at, line in enumerate([*lines, None]):
        is_text = line is not None and line.text != "" and at not in sure
        if line is not None and (not is_text or _may_part(line, heads)):
            between.append(at)
            continue
        parts = last is not None and line is not None and _is_parted(last, line, column)
        kept += _kept_between(lines, between, sure, last, parts=parts)
        between = []
        if line is not None:
            kept.append(line)
            last = line
    return kept


def _kept_between(
    lines: Sequence[Line],
    between: Sequence[int],
    sure: set[int],
    last: Line | None,
    *,
    parts: bool,
) -> Iterator[Line]:
    """What stays of the lines between two of text."""
    stays = [at for at in between if not (at in sure or (parts and lines[at].text))]
    if len(stays) == len(between) or any(lines[at].text for at in stays):
        yield from (lines[at] for at in stays)
    elif last and SENTENCE_END.search(last.text):
        yield measured("")


def _rising(lines: Sequence[Line]) -> Iterator[int]:
    """The places of numbers that count pages."""
    chains: dict[int, list[int]] = {}
    for at, line in enumerate(lines):
        if _NUMBER.fullmatch(line.text) and len(line.text) < 4:
            number = int(line.text)
            before = chains.get(number - 1)
            if before and at - before[-1] >= _PAGE_LINES:
                chains[number] = [*chains.pop(number - 1), at]
            else:
                chains.setdefault(number, [at])
    for chain in chains.values():
        if len(chain) >= _PAGES:
            yield from chain


def _head(line: Line) -> str:
    """A line apart from a page's number beside it; empty where it is too long to head a page."""
    return _NUMBER_BESIDE.sub("", line.text) if line.width <= _LONGEST_HEAD else ""


def _may_part(line: Line, heads: Counter[str]) -> bool:
    """Whether a line may be one that a page adds, by what it is."""
    if _NUMBER.fullmatch(line.text):
        return True
    if MARKER.match(line.text) or LABEL.match(line.text) or SENTENCE_END.search(line.text):
        return False
    head = _head(line)
    return heads[head] >= _PAGES and any(map(str.isalpha, head))


def _is_parted(before: Line, after: Line, column: int | None) -> bool:
    """Whether a sentence goes on from one full line to the next that is text."""
    least = PROSE_WIDTH if column is None else column - RAGGED
    if before.width < least or SENTENCE_END.search(before.text) or MARKER.match(after.text):
        return False
    return after.indent <= before.indent and bool(PROSE.search(f"{before.text} {after.text}"))
