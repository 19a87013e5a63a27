"""The last look before an answer is sent: no quote and no number that its sources do not hold."""

import re
from collections.abc import Sequence

from bot.answers.values import Citation, PartAnswer
from bot.errors import UnverifiedError


def verify(body: str, citations: Sequence[Citation]) -> None:
    """Check the quoting part of an answer against what it cites.

    Args:
        body: What is to be sent, less the notes.
        citations: What it rests on.

    Raises:
        UnverifiedError: A quote is not an exact part of its document, or the body is anything
            but the quotes, each with its own mark: so it holds no number, date, amount or name
            that its source does not.
    """
    for citation in citations:
        if citation.document.text[citation.start : citation.end] != citation.quote:
            raise UnverifiedError(f"citation {citation.number} is not in {citation.document.id}")
    if body != quoted(citations):
        raise UnverifiedError("the answer says what its sources do not")


def quoted(citations: Sequence[Citation]) -> str:
    """The quoting part of an answer: one quote a line, with its mark."""
    return "\n".join(f"{one_line(c.quote)} [{c.number}]" for c in citations)


def in_lines(parts: Sequence[PartAnswer]) -> str:
    """The answers to several questions, each under its own line."""
    return "\n\n".join(
        "\n".join(filter(None, [part.asked, part.why, quoted(part.citations), part.said]))
        for part in parts
    )


def one_line(quote: str) -> str:
    """A quote as it is shown: runs of white space as one space.

    A row of a plain text's table ends with a bar; its bars become gaps. Markdown's rows have none.
    """
    line = re.sub(r"\s+", " ", quote).strip()
    if line.endswith("|"):
        line = line.strip("|").replace(" | ", "; ").strip()
    return line
