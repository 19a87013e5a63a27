"""The visible text as it grows, block by block, with the sources behind each part."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.documents import SourceSpan
from index.loading.inline import HARD_BREAK
from index.loading.lines import begins_with_label
from index.loading.tables import Mark, text_of
from index.loading.wrapping import seam

_RUN = re.compile(r"([ \t\n\v\f\r\xa0]+)|([^ \t\n\v\f\r\xa0]+)")


class MarkError(ValueError):
    """A footnote mark that names no source."""

    def __init__(self, mark: Mark) -> None:
        super().__init__(f"[^{mark.label}] names no source of this document")
        self.line = mark.line


@dataclass(frozen=True, slots=True)
class Visible:
    """A text, what stands behind it, and where in the file it comes from."""

    text: str
    source_spans: tuple[SourceSpan, ...]
    lines: tuple[tuple[int, int], ...]
    """(offset in the text, line of the file), ascending."""
    notes: tuple[tuple[int, str], ...]
    """(line, what was left out and what to do)."""


@dataclass
class Page:
    """The text as it grows. A mark credits what stands before it in its block."""

    sources: int
    parts: list[str] = field(default_factory=list)
    length: int = 0
    spans: list[SourceSpan] = field(default_factory=list)
    lines: list[tuple[int, int]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    block_start: int = 0
    group_start: int = 0
    """Where the last paragraph, list or table began; a mark standing alone is about all of it."""

    def block(self, prefix: str, pieces: Sequence[str | Mark], line: int, newlines: int) -> None:
        """Add a block; nothing is added where no text is in it, but its marks count."""
        if not text_of(pieces):
            alone = [self._source(piece) for piece in pieces if isinstance(piece, Mark)]
            if alone:
                self.spans.append(SourceSpan(self.group_start, self.length, tuple(alone)))
            return
        if self.length:
            self._add("\n" * newlines)
        start = self.length
        self.block_start = start
        self.lines.append((start, line))
        self._add(prefix)
        self._write(pieces, line)
        self.group_start = start if newlines > 1 else self.group_start

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _write(self, pieces: Sequence[str | Mark], line: int) -> None:
        gap, row, begun = "", "", False
        for piece in pieces:
            if isinstance(piece, Mark):
                self._credit(self._source(piece), self.block_start)
                continue
            for space, word in _RUN.findall(piece):
                if space:
                    gap += space
                    continue
                glue = _glue(gap, row, word) if begun else ""
                line += gap.count("\n")
                if "\n" in glue + gap:
                    self.lines.append((self.length + len(glue), line))
                    row = ""
                self._add(glue + word)
                row, gap, begun = row + glue + word if len(row) < 40 else row[:40] + word, "", True

    def _source(self, mark: Mark) -> int:
        source = int(mark.label) - 1 if mark.label.isdecimal() else -1
        if not 0 <= source < self.sources:
            raise MarkError(mark)
        return source

    def _credit(self, source: int, start: int) -> None:
        last = self.spans[-1] if self.spans else None
        if last and last.end == self.length and last.end > start:  # [^1][^2]
            if source not in last.sources:
                self.spans[-1] = SourceSpan(last.start, last.end, (*last.sources, source))
            return
        start = max(start, last.end if last else 0)
        self.spans.append(SourceSpan(start, self.length, (source,)))

    def finish(self) -> Visible:
        text = "".join(self.parts)
        return Visible(
            text + "\n" if text else "", tuple(self.spans), tuple(self.lines), tuple(self.notes)
        )


def _glue(gap: str, row: str, word: str) -> str:
    """What stands between two words that white space parts in the file."""
    if HARD_BREAK in gap:
        return "\n"
    if "\n" not in gap:
        return " " if gap else ""
    if begins_with_label(row) and begins_with_label(word):
        return "\n\n"
    return seam(row, word)
