"""XLSX: each sheet's rows with their headers; stored values, formulas are never worked out."""

from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from itertools import groupby

from openpyxl import load_workbook

from index.loading.extraction.archive import opened
from index.loading.extraction.dated import day_of
from index.loading.extraction.draft import Draft
from index.loading.extraction.extracted import Cause, Extracted, UnreadableError

MOST_CELLS = 1_000_000
"""More is data, no document: to encode it would take hours."""

_EXACT = 1e15
"""Up to here a float holds every whole number."""


def read(content: bytes) -> list[Extracted]:
    """One document; visible sheets only.

    Raises:
        UnreadableError: It has far too many cells.
    """
    opened(content).close()
    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    draft = Draft()
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    cells = 0
    for sheet in sheets:
        sheet.reset_dimensions()  # what some programs say of a sheet's size is wrong
        rows: list[list[str]] = []
        for row in sheet.iter_rows():
            cells += len(row)
            if cells > MOST_CELLS:
                problem = "it has over a million cells: keep what is asked about"
                raise UnreadableError(problem, Cause.TOO_MUCH)
            rows.append([shown(cell.value, cell.number_format or "") for cell in row])
        add_sheet(draft, rows, sheet.title if len(sheets) > 1 else "")
    known = book.properties
    book.close()
    return [draft.finish(known.title or "", dated=day_of(known.modified, known.created))]


def add_sheet(draft: Draft, rows: list[list[str]], name: str) -> None:
    """Add the tables of a sheet, which blank rows part, below its name."""
    tables = list(_tables(rows))
    if name and tables:
        draft.heading(name, 2)
    for table in tables:
        draft.table(table)


def _tables(rows: list[list[str]]) -> Iterator[list[list[str]]]:
    for is_filled, run in groupby(rows, key=lambda row: any(map(str.strip, row))):
        if is_filled:
            table = list(run)
            used = [at for row in table for at, cell in enumerate(row) if cell.strip()]
            yield [row[min(used) : max(used) + 1] for row in table]


def shown(value: object, number_format: str = "") -> str:
    """A value as its sheet shows it, as far as that matters: dates, percentages, whole numbers."""
    if isinstance(value, datetime):
        is_day = value.time() == time(0)
        return value.date().isoformat() if is_day else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        is_share = "%" in number_format
        return f"{_plain(round(value * 100, 6))}%" if is_share else _plain(value)
    return "" if value is None else str(value)


def _plain(value: float) -> str:
    """A number without what binary fractions add to it."""
    is_whole = float(value).is_integer() and abs(value) < _EXACT
    return str(int(value)) if is_whole else f"{value:.12g}"
