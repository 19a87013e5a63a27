"""DOCX: what Word shows, also where its text does not say it."""

import re

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.index.saved_files import text_of


def add_numbered(file, text, number):
    """A paragraph whose number Word draws, of the list of that number."""
    properties = file.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        )
    )


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


@pytest.mark.parametrize(
    ("copied", "read"),
    [
        (
            "截\u2f4c到2026年12\u2f4931\u2f47，最\u2ed3（见附件）。",
            "截止到2026年12月31日，最长（见附件）。",
        ),
        ("个体\u2f2f商\u2f3e缴纳\u2f08\u2ea0币。", "个体工商户缴纳人民币。"),
        ("個體商\u2f3e繳納\u2f08\u2ea0幣。", "個體商戶繳納人民幣。"),
    ],
)
def test_radicals_that_were_copied_from_a_pdf_are_the_characters_they_look_like(
    corpus, copied, read
):
    file = Document()
    file.add_paragraph(copied)

    assert read in text_of(corpus, "grant.docx", file)


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
        add_numbered(file, text, 77)

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
        add_numbered(file, "Step", number)

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


def test_a_row_that_word_repeats_on_each_page_names_the_columns(corpus):
    file = Document()
    table = file.add_table(rows=3, cols=2)
    for at, text in enumerate(("Term", "30", "Rate", "3%", "Fee", "9")):
        table.cell(at // 2, at % 2).text = text
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))

    text = text_of(corpus, "loans.docx", file)

    assert text == "| Term: Rate; 30: 3%\n| Term: Fee; 30: 9\n"


def test_a_text_box_in_a_cell_is_told_once(corpus):
    file = Document()
    table = file.add_table(rows=2, cols=2)
    for at, text in enumerate(("Name", "Note", "Ningbo", "open")):
        table.cell(at // 2, at % 2).text = text
    box = "<w:txbxContent><w:p><w:r><w:t>until five</w:t></w:r></w:p></w:txbxContent>"
    names = (
        f'{nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    table.cell(1, 1).paragraphs[0]._p.append(
        parse_xml(
            f"<w:r {names}><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )

    assert text_of(corpus, "port.docx", file) == "| Name: Ningbo; Note: open until five\n"


def test_what_stands_in_elements_of_ones_own_is_read_and_a_reading_above_words_is_not(corpus):
    file = Document()
    ruby = (
        "<w:r><w:ruby><w:rt><w:r><w:t>tàicāng</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>太仓</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    file.element.body.insert(
        0, parse_xml(f"<w:customXml {nsdecls('w')}><w:p>{ruby}</w:p></w:customXml>")
    )

    assert text_of(corpus, "town.docx", file) == "太仓\n"


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("<m:r><m:t>value×rate</m:t></m:r>", "value×rate"),
        ("<m:f><m:num>{a+b}</m:num><m:den>{2}</m:den></m:f>", "(a+b)/2"),
        ("<m:sSup><m:e>{x}</m:e><m:sup>{2}</m:sup></m:sSup>{+y}", "x^2+y"),
        ("<m:sSub><m:e>{x}</m:e><m:sub>{i+1}</m:sub></m:sSub>", "x_(i+1)"),
        ("{k}<m:d><m:e>{a+b}</m:e></m:d>", "k(a+b)"),
        (
            '<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e>{a}</m:e></m:d>',
            "[a]",
        ),
        ("<m:rad><m:radPr/><m:deg/><m:e>{a+b}</m:e></m:rad>", "√(a+b)"),
        (
            '<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{i=1}</m:sub><m:sup>{n}</m:sup>'
            "<m:e>{x}</m:e></m:nary>",
            "∑_(i=1)^n x",
        ),
        (
            "<m:m><m:mr><m:e>{a}</m:e><m:e>{b}</m:e></m:mr><m:mr><m:e>{c}</m:e></m:mr></m:m>",
            "a, b; c",
        ),
    ],
)
def test_a_formula_of_word_is_told_in_one_line(corpus, formula, told):
    file = Document()
    paragraph = file.add_paragraph("The duty is ")
    inner = re.sub(r"\{(.*?)\}", r"<m:r><m:t>\1</m:t></m:r>", formula)
    names = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    paragraph._p.append(parse_xml(f"<m:oMath {names}>{inner}</m:oMath>"))
    paragraph.add_run(" of it.")

    assert text_of(corpus, "duty.docx", file) == f"The duty is {told} of it.\n"


def test_a_merged_cell_of_word_holds_in_each_of_its_rows(corpus):
    file = Document()
    table = file.add_table(rows=3, cols=2)
    for at, text in enumerate(("Region", "Port", "South", "Shenzhen", "", "Guangzhou")):
        table.cell(at // 2, at % 2).text = text
    table.cell(1, 0).merge(table.cell(2, 0))

    text = text_of(corpus, "ports.docx", file)

    assert text == "| Region: South; Port: Shenzhen\n| Region: South; Port: Guangzhou\n"
