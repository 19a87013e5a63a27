"""XLSX: what is merged, hidden and formatted in a sheet."""

import time
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.filters import FilterColumn, Filters

from index.loading.extraction import sheets
from index.loading.extraction.draft import Draft
from tests.index.saved_files import text_of


@pytest.fixture
def book():
    return Workbook()


def fill(book, *rows):
    for row in rows:
        book.active.append(row)
    return book.active


def test_the_time_a_sheet_takes_grows_with_its_rows():
    def seconds(count):
        start = time.perf_counter()
        sheets.add_sheet(Draft(), [["Wuxi", "90"]] * count, "")
        return time.perf_counter() - start

    seconds(100)

    assert seconds(16_000) < 40 * seconds(2_000)


def test_a_cell_merged_over_rows_holds_in_each_of_them(corpus, book):
    sheet = fill(
        book, ["省份", "城市"], ["江苏", "太仓"], [None, "昆山"], ["广东", "揭阳"], ["", ""]
    )
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("A4:A5")

    assert text_of(corpus, "sheet.xlsx", book) == (
        "| 省份：江苏；城市：太仓\n| 省份：江苏；城市：昆山\n| 省份：广东；城市：揭阳\n"
    )


def test_the_names_of_columns_may_stand_in_two_rows(corpus, book):
    sheet = fill(
        book,
        ["Exports by province", None, None],
        ["Province", "2024", None, "Note"],
        [None, "Exports", "Imports", None],
        ["Jiangsu", 100, 60, "high"],
    )
    for cells in ("A1:D1", "A2:A3", "B2:C2", "D2:D3"):
        sheet.merge_cells(cells)

    assert text_of(corpus, "sheet.xlsx", book) == (
        "Exports by province\n\n"
        "| Province: Jiangsu; 2024 Exports: 100; 2024 Imports: 60; Note: high\n"
    )


def test_a_column_without_a_name_makes_no_second_header_of_the_first_row(corpus, book):
    fill(book, ["Country", "Rate", None], ["Peru", "free", "until May"], ["Chile", "low", "-"])

    assert text_of(corpus, "sheet.xlsx", book) == (
        "| Country: Peru; Rate: free; until May\n| Country: Chile; Rate: low; -\n"
    )


def test_a_code_keeps_the_zero_that_its_format_shows(corpus, book):
    sheet = fill(book, ["Goods", "Code"], ["Batteries", 85076], ["Tiles", 690721])
    sheet["B2"].number_format = sheet["B3"].number_format = "000000"

    assert text_of(corpus, "sheet.xlsx", book) == (
        "| Goods: Batteries; Code: 085076\n| Goods: Tiles; Code: 690721\n"
    )


def hidden(book):
    sheet = fill(book, ["Goods", "Cost", "Rate"], ["Tea", "x", "7%"], ["Secret", "x", "1%"])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    return sheet


def test_hidden_rows_and_columns_are_left_out(corpus, book):
    hidden(book)

    assert text_of(corpus, "sheet.xlsx", book) == "| Goods: Tea; Rate: 7%\n"


def test_rows_that_a_filter_hides_are_read(corpus, book):
    sheet = hidden(book)
    sheet.auto_filter.ref = "A1:C3"
    sheet.auto_filter.filterColumn.append(FilterColumn(colId=0, filters=Filters(filter=["Tea"])))

    assert (
        text_of(corpus, "sheet.xlsx", book)
        == "| Goods: Tea; Rate: 7%\n| Goods: Secret; Rate: 1%\n"
    )


def test_rows_that_are_folded_up_are_read(corpus, book):
    sheet = fill(book, ["Goods", "Rate"], ["Tea", "7%"], ["Rice", "1%"])
    sheet.row_dimensions.group(3, 3, hidden=True)

    assert (
        text_of(corpus, "sheet.xlsx", book) == "| Goods: Tea; Rate: 7%\n| Goods: Rice; Rate: 1%\n"
    )


def test_only_cells_that_say_something_count(corpus, book, monkeypatch):
    sheet = fill(book, ["City", "Fee"], ["Wuxi", 90])
    for row in range(3, 20):
        sheet.cell(row, 1).font = Font(bold=True)
    stream = BytesIO()
    book.save(stream)
    monkeypatch.setattr(sheets, "MOST_CELLS", 4)

    (found,) = sheets.read(stream.getvalue())

    assert found.text == "| City: Wuxi; Fee: 90\n"
