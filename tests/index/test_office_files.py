"""Office files: sheets, and what holds for all of them."""

from datetime import date

import pytest
from docx import Document
from openpyxl import Workbook

from tests.index.saved_files import saved, text_of

SIDE = "title: A side title\nlanguage: en\ntopic: zones\nsources: [{publisher: Ministry}]\n"


def test_a_side_file_describes_an_office_file_and_without_one_it_has_no_source(corpus):
    for name in ("described", "alone"):
        file = Document()
        file.add_paragraph("The park lies in Suzhou and is very large.")
        file.core_properties.title = "A title of its own"
        corpus.write_raw(f"{name}.en.docx", saved(file))
    corpus.write_raw("described.en.docx.meta.yaml", SIDE)

    alone, described = (document.metadata for document in corpus.load().documents)

    assert (alone.title, alone.language, alone.sources) == ("A title of its own", "en", ())
    assert (described.title, described.topic) == ("A side title", "zones")


def test_a_row_of_a_sheet_is_told_with_its_header(corpus):
    file = Workbook()
    sheet = file.active
    sheet.append(["Fees of 2025", None, None])
    sheet.append(["Country", "Rate", "Since"])
    sheet.append(["Thailand", 0.07, date(2025, 1, 1)])
    sheet["B3"].number_format = "0%"
    hidden = file.create_sheet("old")
    hidden.append(["Not for you"])
    hidden.sheet_state = "hidden"

    text = text_of(corpus, "fees.xlsx", file)

    assert text == "Fees of 2025\n\n| Country: Thailand; Rate: 7%; Since: 2025-01-01\n"


def test_a_formula_is_never_worked_out(corpus):
    file = Workbook()
    file.active.append(["Name", "Sum"])
    file.active.append(["Rice", "=1+1"])
    file.active.append(['=HYPERLINK("http://example.org")', "3"])

    text = text_of(corpus, "sum.xlsx", file)

    assert text == "| Name: Rice\n| Sum: 3\n"


def test_several_sheets_are_headed_by_their_names(corpus):
    file = Workbook()
    file.active.title = "Ports"
    file.active.append(["Name", "Town"])
    file.active.append(["Yantian", "Shenzhen"])
    file.create_sheet("Empty")
    other = file.create_sheet("Parks")
    other.append(["Name", "Town"])
    other.append(["SIP", "Suzhou"])

    text = text_of(corpus, "places.xlsx", file)

    assert text == (
        "## Ports\n\n| Name: Yantian; Town: Shenzhen\n\n## Parks\n\n| Name: SIP; Town: Suzhou\n"
    )


@pytest.mark.parametrize(
    ("name", "instead"),
    [("a.doc", ".docx"), ("a.ppt", ".pptx"), ("a.xlsm", ".xlsx"), ("a.PAGES", ".docx")],
)
def test_an_old_or_foreign_format_says_what_to_save_instead(corpus, name, instead):
    corpus.write_raw(name, b"\xd0\xcf\x11\xe0")

    assert corpus.problem().problem.endswith(f"save it as {instead}")


@pytest.mark.parametrize("name", ["a.docx", "a.pptx", "a.xlsx", "a.odt", "a.epub"])
def test_an_office_file_that_is_damaged_or_locked_is_refused_with_what_to_do(corpus, name):
    corpus.write_raw(name, b"PK\x03\x04 cut off")
    assert "save it anew" in corpus.problem().problem

    corpus.write_raw(name, b"\xd0\xcf\x11\xe0" + bytes(600))
    assert "has a password" in corpus.problem().problem


def test_a_file_with_pictures_only_says_that_it_holds_no_text(corpus):
    corpus.write_raw("empty.docx", saved(Document()))

    assert "there is no text in it" in corpus.problem().problem
