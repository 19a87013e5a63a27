"""Web pages, mails, books, RTF, CSV and XML."""

from email.message import EmailMessage
from io import BytesIO
from struct import pack
from zipfile import ZipFile

import pytest


def text_of(corpus, name, content):
    corpus.write_raw(name, content)
    (document,) = corpus.load().documents
    return document.text


PAGE = """<!DOCTYPE html><html><head><title>Export rules</title><style>p {}</style></head><body>
<nav><a href="/">Home</a></nav><div class="main-menu">Other pages</div>
<h1>Rules for <b>exporters</b></h1>
<p>The first
paragraph.<br>A new line.</p>
<ul><li>One</li><li>Two<ul><li>Inner</li></ul></li></ul>
<ol><li>First</li><li><p>Second</p></li></ol>
<table><tr><th>Country</th><th>Rate</th></tr><tr><td>Thailand</td><td>7%</td></tr></table>
<p hidden>Secret</p><p style="display: none">Secret</p><script>secret()</script><!-- secret -->
</body></html>"""


def test_a_page_is_what_its_readers_see(corpus):
    text = text_of(corpus, "rules.html", PAGE)

    assert text == (
        "# Rules for exporters\n\nThe first paragraph.\nA new line.\n\n"
        "- One\n- Two\n  - Inner\n1. First\n2. Second\n\n| Country: Thailand; Rate: 7%\n"
    )
    assert corpus.load().documents[0].metadata.title == "Export rules"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("gb2312", "gb18030"), ("big5", "big5hkscs"), ("utf-8", "gb18030"), ("", "gb18030")],
)
def test_a_page_is_read_in_the_encoding_it_declares_or_else_has(corpus, declared, encoding):
    words = (
        "中小企業" if "big5" in encoding else "中小企业可以申请出口信用保险，由当地商务部门受理。"
    )
    page = f'<html><head><meta charset="{declared}"></head><body><p>{words}\n{words}</p></body>'

    assert text_of(corpus, "page.htm", page.encode(encoding)) == words * 2 + "\n"


def test_a_mail_is_its_subject_and_text_without_what_it_answers(corpus):
    mail = EmailMessage()
    mail["Subject"] = "展会报名"
    mail["From"] = "li@example.org"
    mail.set_content("报名截止到五月三十日。\n\n> An older mail\n")
    mail.add_alternative("<p>Ignored</p>", subtype="html")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")

    text = text_of(corpus, "mail.eml", mail.as_bytes())

    assert text == "# 展会报名\n\n报名截止到五月三十日。\n"
    assert corpus.load().documents[0].metadata.title == "展会报名"


def test_a_book_is_read_in_the_order_of_its_spine(corpus):
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata><title>Handbook</title></metadata>'
        '<manifest><item id="b" href="b.xhtml"/><item id="a" href="a%20one.xhtml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr(
            "META-INF/container.xml", '<container><rootfile full-path="in/x.opf"/></container>'
        )
        archive.writestr("in/x.opf", package)
        archive.writestr("in/b.xhtml", "<html><body><h2>Two</h2><p>Last.</p></body></html>")
        archive.writestr("in/a one.xhtml", "<html><body><h2>One</h2><p>First.</p></body></html>")

    text = text_of(corpus, "book.epub", stream.getvalue())

    assert text == "# Handbook\n\n## One\n\nFirst.\n\n## Two\n\nLast.\n"


def test_rich_text_is_read_in_its_code_page_with_its_tables(corpus):
    words = "".join(f"\\'{byte:02x}" for byte in "出口信用保险".encode("gbk"))
    rich = (
        "{\\rtf1\\ansi\\ansicpg936 " + words + "\\par "
        "\\trowd Country\\cell Rate\\cell\\row \\trowd Thailand\\cell 7%\\cell\\row }"
    )

    text = text_of(corpus, "cover.rtf", rich.encode())

    assert text == "出口信用保险\n\n| Country: Thailand; Rate: 7%\n"


@pytest.mark.parametrize(("name", "sign"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
def test_a_row_of_csv_is_told_with_its_header(corpus, name, sign):
    rows = [["国家", "税率"], ["泰国", '"7%\n暂定"'], ["越南", "10%"]]
    content = "\r\n".join(sign.join(row) for row in rows).encode("gb18030")

    text = text_of(corpus, name, content)

    assert text == "| 国家：泰国；税率：7%暂定\n| 国家：越南；税率：10%\n"
    assert "read as gb18030" in str(corpus.load().notes[0])


def test_a_table_whose_first_row_holds_numbers_has_no_header(corpus):
    assert text_of(corpus, "a.csv", "Rice,12.5\nTea,3\n") == "| Rice; 12.5\n| Tea; 3\n"


def test_years_may_name_columns(corpus):
    assert text_of(corpus, "a.csv", "Goods,2024\nTea,3\n") == "| Goods: Tea; 2024: 3\n"


def test_records_of_xml_are_told_with_their_names(corpus):
    xml = "<list><c><name>France</name><tax>7%</tax></c><c><name>Spain</name></c></list>"

    assert text_of(corpus, "a.xml", xml) == "| name: France; tax: 7%\n| name: Spain\n"


def test_an_old_sheet_of_excel_is_read(corpus):
    def label(row, column, text):
        body = pack("<HH3xB", row, column, len(text)) + text.encode()
        return pack("<HH", 4, len(body)) + body

    number = pack("<HHHH3xd", 3, 15, 1, 1, 12.0)
    rows = label(0, 0, "Goods") + label(0, 1, "Price") + label(1, 0, "Tea") + number
    book = pack("<HHHH", 9, 4, 2, 16) + rows + pack("<HH", 10, 0)

    assert text_of(corpus, "old.xls", book) == "| Goods: Tea; Price: 12\n"


@pytest.mark.parametrize(
    ("declared", "notes"),
    [("", ["read as gb18030: save it as UTF-8 to be sure"]), ('<meta charset="gbk">', [])],
)
def test_the_encoding_of_a_page_that_declares_none_is_noted(corpus, declared, notes):
    page = f"<html><head>{declared}</head><body><p>广交会在广州举行，欢迎参展。</p></body></html>"
    corpus.write_raw("a.html", page.encode("gbk"))

    loaded = corpus.load()

    assert "广交会在广州举行" in loaded.documents[0].text
    assert [note.text for note in loaded.notes] == notes
