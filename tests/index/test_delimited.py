"""CSV and TSV as programs in several countries write them."""

import pytest

from index.loading.extraction.delimited import read


def lines_of(text):
    (found,) = read(text.encode())
    return found.text.splitlines()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "Firm;Town, land\nHaas;Ulm, DE, EU\nWu;Wuxi, CN\n",
            "| Firm: Haas; Town, land: Ulm, DE, EU",
        ),
        ("Land;Rate\nPeru;1,5\nCuba;2,5\n", "| Land: Peru; Rate: 1,5"),
        ('id,text\na1,"x; y; z"\nb1,"x; y; z"\n', "| id: a1; text: x; y; z"),
        ("Land\tGoods\nPeru\ta, b, c\n", "| Land: Peru; Goods: a, b, c"),
        ("Land|Goods\nPeru|a, b\nCuba|c\n", "| Land: Peru; Goods: a, b"),
        ("A title\n\nLand,Goods\nPeru,tea; rice\nCuba,tea\n", "| Land: Peru; Goods: tea; rice"),
    ],
)
def test_cells_are_parted_by_what_gives_all_rows_equally_many(text, line):
    assert line in lines_of(text)


def test_the_sign_that_excel_declares_is_believed_and_not_told():
    assert lines_of("sep=;\r\nCity, land;Fee\r\nWuxi, CN;90\r\n") == [
        "| City, land: Wuxi, CN; Fee: 90"
    ]


@pytest.mark.parametrize("sign", ["\v", "\u2028", "\x85", "\x1c"])
def test_a_line_break_within_a_cell_begins_no_row(sign):
    (line,) = lines_of(f"Name,Note\nWuxi,open{sign}daily\n")[:1]

    assert line.startswith("| Name: Wuxi; Note: open")
    assert "Name: daily" not in "".join(lines_of(f"Name,Note\nWuxi,open{sign}daily\n"))
