"""Sentences that only say what the documents do not hold: they belong into the front matter."""

import re
from collections.abc import Iterator

from index.documents import Document
from index.structure import Kind, units

_GAP = re.compile(
    r"本知识库[^，。]{0,20}(?:没有|未)|"
    r"\b(?:documents held here|this knowledge base) (?:do|does|have|has|holds?) (?:not|no)\b",
    re.IGNORECASE,
)
"""How house documents used to say it; other wordings are left to whoever reads them."""


def declared_gaps(document: Document) -> Iterator[str]:
    """The sentences of a document's text that say what is not held."""
    for unit in units(document.text):
        text = document.text[unit.quote_start : unit.end]
        if unit.kind is not Kind.HEADING and _GAP.search(text):
            yield text
