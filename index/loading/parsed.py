"""What a reader makes of a file before the file gives it its identity."""

from dataclasses import dataclass

from index.documents import Metadata, SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """One document's content.

    `part` tells the documents of one file apart; it is empty where a file is one document.
    """

    metadata: Metadata
    text: str
    part: str = ""
    source_spans: tuple[SourceSpan, ...] = ()
    lines: tuple[tuple[int, int], ...] = ()
    """(offset in the text, line of the file), ascending; empty where the text is the file's."""
    notes: tuple[tuple[int, str], ...] = ()
    """(line of the file, what was left out and what to do)."""
