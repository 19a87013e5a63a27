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
