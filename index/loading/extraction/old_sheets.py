"""XLS, the binary sheets of Excel up to 2003."""

import xlrd
from xlrd.xldate import xldate_as_datetime

from index.loading.extraction.draft import Draft
from index.loading.extraction.extracted import Cause, Extracted, UnreadableError
from index.loading.extraction.sheet_layout import repeat_merged
from index.loading.extraction.sheets import add_sheet, shown


def read(content: bytes) -> list[Extracted]:
    """One document; visible sheets only."""
    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True)
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower():
            raise UnreadableError("it has a password: save it without", Cause.PASSWORD) from error
        raise
    draft = Draft()
    sheets = [sheet for sheet in book.sheets() if sheet.visibility == 0]
    for sheet in sheets:
        rows = [[_shown(cell, book) for cell in sheet.row(at)] for at in range(sheet.nrows)]
        repeat_merged(rows, sheet.merged_cells)
        add_sheet(draft, rows, sheet.name if len(sheets) > 1 else "")
    return [draft.finish()]


def _shown(cell: xlrd.sheet.Cell, book: xlrd.Book) -> str:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return shown(xldate_as_datetime(cell.value, book.datemode))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, ""))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value))
    kind = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    return shown(cell.value, kind)
