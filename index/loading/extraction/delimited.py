"""CSV and TSV: each row with its header."""

import csv

from index.loading.decoding import NotTextError, assumption, decode
from index.loading.extraction.draft import Draft
from index.loading.extraction.extracted import Cause, Extracted, UnreadableError
from index.loading.extraction.sheets import add_sheet

_DELIMITERS = ",;\t|"
_SAMPLE_CHARS = 20_000


def read(content: bytes) -> list[Extracted]:
    """One document.

    Raises:
        UnreadableError: It is no text, or a cell is longer than a page.
    """
    try:
        decoded = decode(content, may_hold_html=True)
    except NotTextError as error:
        raise UnreadableError(str(error)) from error
    text = decoded.text
    lines = text.replace("\0", " ").splitlines(keepends=True)
    try:
        rows = list(csv.reader(lines, delimiter=_delimiter(text[:_SAMPLE_CHARS])))
    except csv.Error as error:
        problem = f"not CSV: {error}: save it anew from its program"
        raise UnreadableError(problem, Cause.DAMAGED) from error
    draft = Draft()
    add_sheet(draft, rows, "")
    notes = (assumption(decoded),) if decoded.assumed else ()
    return [draft.finish(notes=notes)]


def _delimiter(sample: str) -> str:
    """What parts the cells: the sign that the first lines have most alike."""
    lines = [line for line in sample.splitlines() if line.strip()][:20]
    return max(
        _DELIMITERS,
        key=lambda sign: (sum(line.count(sign) > 0 for line in lines), sample.count(sign)),
    )
