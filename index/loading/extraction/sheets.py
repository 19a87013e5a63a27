"""XLSX: each sheet's rows with their headers; stored values, formulas are never worked out."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from itertools import groupby
from typing import Any

from openpyxl import load_workbook

from index.loading.extraction.archive import opened
from index.loading.extraction.dated import day_of
from index.loading.extraction.draft import Draft
from index.loading.extraction.extracted import Cause, Extracted, UnreadableError
from index.loading.extraction.sheet_layout import Layout, layout_of, repeat_merged

MOST_CELLS = 1_000_000
"""More is data, no document: to encode it would take hours."""

_ZEROS = re.compile(r"0{2,}")
"""The format of codes that may begin with a zero."""
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
        with (
            sheet._get_source() as part
        ):  # openpyxl tells nothing of a layout where it saves memory
            layout = layout_of(part)
        sheet.reset_dimensions()  # what some programs say of a sheet's size is wrong
        rows: list[list[str]] = []
        for row in sheet.iter_rows():
            rows.append([_cell(cell) for cell in row])
            cells += sum(map(bool, rows[-1]))
            if cells > MOST_CELLS:
                problem = "it has over a million cells: keep what is asked about"
                raise UnreadableError(problem, Cause.TOO_MUCH)
        repeat_merged(rows, layout.merged)
        add_sheet(draft, _seen(rows, layout), sheet.title if len(sheets) > 1 else "")
    known = book.properties
    book.close()
    return [draft.finish(known.title or "", dated=day_of(known.modified, known.created))]


def _cell(cell: Any) -> str:
    return "" if cell.value is None else shown(cell.value, cell.number_format or "")


def _seen(rows: list[list[str]], layout: Layout) -> list[list[str]]:
    """Without hidden rows and columns."""
    return [
        [cell for column, cell in enumerate(row) if column not in layout.hidden_columns]
        for at, row in enumerate(rows)
        if at not in layout.hidden_rows
    ]


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
            used = {at for row in table for at, cell in enumerate(row) if cell.strip()}
            first, last = min(used), max(used)
            yield [row[first : last + 1] for row in table]


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
        if _ZEROS.fullmatch(number_format) and float(value).is_integer():
            return str(int(value)).zfill(len(number_format))
        is_share = "%" in number_format
        return f"{_plain(round(value * 100, 6))}%" if is_share else _plain(value)
    return "" if value is None else str(value)


def _plain(value: float) -> str:
    """A number without what binary fractions add to it."""
    is_whole = float(value).is_integer() and abs(value) < _EXACT
    return str(int(value)) if is_whole else f"{value:.12g}"
