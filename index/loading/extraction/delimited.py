"""CSV and TSV: each row with its header."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from index.loading.decoding import NotTextError, assumption, decode
from index.loading.extraction.draft import Draft
from index.loading.extraction.extracted import Cause, Extracted, UnreadableError
from index.loading.extraction.sheets import add_sheet

_DELIMITERS = "\t;|,"
"""The one that is rarest within cells first."""
_DECLARED = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
"""A first line that Excel writes and reads."""
_SAMPLE_ROWS = 50


def read(content: bytes) -> list[Extracted]:
    """One document.

    Raises:
        UnreadableError: It is no text, or a cell is longer than a page.
    """
    try:
        decoded = decode(content, may_hold_html=True)
    except NotTextError as error:
        raise UnreadableError(str(error)) from error
    text = decoded.text.replace("\0", " ")
    declared = _DECLARED.match(text)
    if declared:
        text = text[declared.end() :]
    try:
        rows = list(_rows(text, declared[1] if declared else _delimiter(text)))
    except csv.Error as error:
        problem = f"not CSV: {error}: save it anew from its program"
        raise UnreadableError(problem, Cause.DAMAGED) from error
    draft = Draft()
    add_sheet(draft, rows, "")
    notes = (assumption(decoded),) if decoded.assumed else ()
    return [draft.finish(notes=notes)]


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(text: str) -> str:
    """What parts the cells: the sign that gives most of the first rows equally many."""
    return max(_DELIMITERS, key=lambda sign: _likeness(text, sign))


def _likeness(text: str, sign: str) -> float:
    """The share of rows with as many cells as most have; 0 where that is one cell."""
    try:
        counts = Counter(len(row) for row in islice(_rows(text, sign), _SAMPLE_ROWS) if row)
    except csv.Error:
        return 0.0
    most = max((rows for cells, rows in counts.items() if cells > 1), default=0)
    return most / max(1, counts.total())
