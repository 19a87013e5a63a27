"""The last look before an answer is sent: no quote and no number that its sources do not hold."""

import re
from collections.abc import Sequence

from bot.answers.values import Citation
from bot.errors import UnverifiedError

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_MARK = re.compile(r" ?\[\d+\]")


def verify(body: str, citations: Sequence[Citation]) -> None:
    """Check the quoting part of an answer against what it cites.

    Args:
        body: Quotes with their marks `[1]`, and nothing else.
        citations: What the marks stand for.

    Raises:
        UnverifiedError: A quote is not an exact part of its document, or the body holds text
            or numbers that no quote has.
    """
    for citation in citations:
        if citation.document.text[citation.start : citation.end] != citation.quote:
            raise UnverifiedError(f"citation {citation.number} is not in {citation.document.id}")
    rest = _MARK.sub("", body)
    for citation in sorted(citations, key=lambda citation: -len(citation.quote)):
        if one_line(citation.quote) not in rest:
            raise UnverifiedError(f"citation {citation.number} is not in the answer")
        rest = rest.replace(one_line(citation.quote), "", 1)
    if rest.strip():
        numbers = _NUMBER.findall(rest)
        raise UnverifiedError(f"the answer says what no source does: {numbers or rest.strip()!r}")


def one_line(quote: str) -> str:
    """A quote as it is shown: runs of white space as one space, table bars as gaps."""
    return re.sub(r"\s+", " ", quote.strip().strip("|").replace(" | ", "; ")).strip()
