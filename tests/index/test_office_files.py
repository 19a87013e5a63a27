"""Office files: DOCX, PPTX, XLSX, ODT; what they show becomes text that can be quoted."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook
from pptx import Presentation
from pptx.util import Inches

SIDE = "title: A side title\nlanguage: en\ntopic: zones\nsources: [{publisher: Ministry}]\n"


def saved(file):
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def text_of(corpus, name, file):
    corpus.write_raw(name, saved(file))
    (document,) = corpus.load().documents
    return document.text


def test_word_headings_paragraphs_lists_and_tables_survive(corpus):
    file = Document()
    file.add_heading("进口关税", 1)
    file.add_paragraph("关税由海关征收。")
    file.add_heading("Steps", 2)
    file.add_paragraph("First item", style="List Bullet")
    file.add_paragraph("Second item", style="List Bullet")
    table = file.add_table(rows=0, cols=2)
    for row in (("国家", "税率"), ("泰国", "7%"), ("越南", "10%")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text

    text = text_of(corpus, "duties.docx", file)

    assert text == (
        "# 进口关税\n\n关税由海关征收。\n\n## Steps\n\n- First item\n- Second item\n\n"
        "| 国家：泰国；税率：7%\n| 国家：越南；税率：10%\n"
    )


def test_radicals_that_were_copied_from_a_pdf_are_the_characters_they_look_like(corpus):
    file = Document()
    file.add_paragraph("截\u2f4c到2026年12\u2f4931\u2f47，最\u2ed3（见附件）。")

    assert "截止到2026年12月31日，最长（见附件）。" in text_of(corpus, "grant.docx", file)


def test_the_numbers_that_word_draws_stand_in_the_text(corpus):
    file = Document()
    root = file.part.numbering_part.element
    root.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0">'
            '<w:start w:val="11"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条"/>'
            "</w:lvl></w:abstractNum>"
        ),
    )
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    for text in ("本办法适用于出口企业。", "本办法自公布之日起施行。"):
        paragraph = file.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'
            )
        )

    text = text_of(corpus, "rules.docx", file)

    assert text == "第十一条 本办法适用于出口企业。\n\n第十二条 本办法自公布之日起施行。\n"


def test_a_list_that_word_restarts_begins_anew(corpus):
    file = Document()
    root = file.part.numbering_part.element
    for number, change in (
        ("81", ""),
        ("82", '<w:startOverride w:val="1"/>'),
        ("83", '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl>'),
    ):
        override = f'<w:lvlOverride w:ilvl="0">{change}</w:lvlOverride>'
        root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="77"/>'
                f"{override if change else ''}</w:num>"
            )
        )
    root.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0">'
            '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
            "</w:abstractNum>"
        ),
    )
    for number in (81, 81, 82, 82, 83):
        paragraph = file.add_paragraph("Step")
        paragraph._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
            )
        )

    text = text_of(corpus, "steps.docx", file)

    assert text == "1. Step\n2. Step\n1. Step\n2. Step\n3) Step\n"


def test_tracked_changes_are_accepted_and_hidden_words_left_out(corpus):
    file = Document()
    paragraph = file.add_paragraph("The fee is ")
    run = "<w:r><w:{0}>{1}</w:{0}></w:r>"
    for kind, tag, text in (("del", "delText", "100"), ("ins", "t", "200")):
        change = (
            f'<w:{kind} {nsdecls("w")} w:id="1" w:author="x">{run.format(tag, text)}</w:{kind}>'
        )
        paragraph._p.append(parse_xml(change))
    paragraph.add_run(" yuan.")
    paragraph.add_run("SECRET").font.hidden = True
    file.sections[0].header.paragraphs[0].text = "A running head"

    assert text_of(corpus, "fee.docx", file) == "The fee is 200 yuan.\n"


def test_a_merged_cell_of_word_holds_in_each_of_its_rows(corpus):
    file = Document()
    table = file.add_table(rows=3, cols=2)
    for at, text in enumerate(("Region", "Port", "South", "Shenzhen", "", "Guangzhou")):
        table.cell(at // 2, at % 2).text = text
    table.cell(1, 0).merge(table.cell(2, 0))

    text = text_of(corpus, "ports.docx", file)

    assert text == "| Region: South; Port: Shenzhen\n| Region: South; Port: Guangzhou\n"


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


def test_slides_give_titles_lists_tables_and_notes_in_order(corpus):
    file = Presentation()
    slide = file.slides.add_slide(file.slide_layouts[1])
    slide.shapes.title.text = "出口融资"
    slide.placeholders[1].text = "首先\n其次"
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(4), Inches(4), Inches(1)).table
    for at, text in enumerate(("Bank", "Rate", "A", "3%")):
        table.cell(at // 2, at % 2).text = text
    slide.notes_slide.notes_text_frame.text = "Say who may apply."

    text = text_of(corpus, "talk.pptx", file)

    assert text == "## 出口融资\n\n- 首先\n- 其次\n\n| Bank: A; Rate: 3%\n\nSay who may apply.\n"


def boxed(*boxes):
    """A slide of text boxes: each a text and, in inches, how far from the left and the top."""
    file = Presentation()
    slide = file.slides.add_slide(file.slide_layouts[6])
    for text, left, top in boxes:
        box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(3), Inches(1))
        box.text_frame.text = text
    return file


def test_boxes_are_read_as_they_stand_not_as_they_were_drawn(corpus):
    file = boxed(("Third", 3, 5), ("Second", 5, 3.1), ("First", 1, 3), ("Zeroth", 1, 1))

    assert text_of(corpus, "talk.pptx", file) == "Zeroth\n\nFirst\n\nSecond\n\nThird\n"


def test_boxes_that_were_drawn_column_by_column_stay_together(corpus):
    file = boxed(("Duties", 1, 1), ("7%", 1, 2), ("Fees", 5, 1), ("90 yuan", 5, 2))

    assert text_of(corpus, "talk.pptx", file) == "Duties\n\n7%\n\nFees\n\n90 yuan\n"


def test_a_merged_cell_of_a_slide_holds_in_each_of_its_rows(corpus):
    file = Presentation()
    slide = file.slides.add_slide(file.slide_layouts[6])
    table = slide.shapes.add_table(4, 3, Inches(1), Inches(1), Inches(4), Inches(1)).table
    cells = ("Zone", "City", "Firms", "East", "Wuxi", "50", "", "Suzhou", "60", "All", "", "110")
    for at, text in enumerate(cells):
        table.cell(at // 3, at % 3).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 1))

    text = text_of(corpus, "zones.pptx", file)

    assert text == (
        "| Zone: East; City: Wuxi; Firms: 50\n"
        "| Zone: East; City: Suzhou; Firms: 60\n"
        "| Zone: All; Firms: 110\n"
    )


def test_the_mark_of_a_footnote_on_a_slide_is_no_digit_of_its_text(corpus):
    file = boxed(("The rate is 9%", 1, 1))
    paragraph = file.slides[0].shapes[0].text_frame.paragraphs[0]
    for text, link in (("1", "https://example.org"), (" of 4 m", None), ("2", None)):
        run = paragraph.add_run()
        run.text = text
        run.hyperlink.address = link
        run._r.get_or_add_rPr().set("baseline", "0" if " " in text else "30000")

    assert text_of(corpus, "rate.pptx", file) == "The rate is 9% of 4 m2\n"


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
