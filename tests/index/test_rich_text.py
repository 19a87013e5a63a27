"""RTF: what it shows, in whatever code page, and its tables."""

import pytest

FONTS = r"{\fonttbl{\f0\fnil Calibri;}{\f1\fnil\fcharset134 SimSun;}{\f2\fnil\fcharset204 Arial;}}"


def text_of(corpus, body, head=r"\ansi\ansicpg1252\deff0" + FONTS):
    corpus.write_raw("file.rtf", (r"{\rtf1" + head + body + "}").encode("latin-1"))
    (document,) = corpus.load().documents
    return document.text


def escaped(text, encoding):
    return "".join(rf"\'{byte:02x}" for byte in text.encode(encoding))


def test_a_font_says_which_code_page_its_text_is_in(corpus):
    body = (
        rf"\f1 {escaped('园区在苏州。', 'gbk')}\par\f2 {escaped('Привет', 'cp1251')}\par\f0 \'fc"
    )

    assert text_of(corpus, body) == "园区在苏州。\n\nПривет\n\nü\n"


def test_without_a_font_the_code_page_of_the_file_holds(corpus):
    fonts = r"{\fonttbl{\f0\fcharset0 Arial;}}"

    text = text_of(corpus, escaped("园区", "gbk"), head=r"\ansi\ansicpg936\deff0" + fonts)

    assert text == "园区\n"


def test_a_letter_may_be_half_of_a_character(corpus):
    assert text_of(corpus, r"\f1 \'d6\'ec\'e9F\'bb\'f9") == "朱镕基\n"


def test_bytes_that_were_not_escaped_are_read_in_the_code_page_of_the_file(corpus):
    raw = "嘰誠朱镕基".encode("gbk").decode("latin-1")  # one byte of it is a backslash

    assert text_of(corpus, raw + r"\par End.", head=r"\ansi\ansicpg936 ") == "嘰誠朱镕基\n\nEnd.\n"


@pytest.mark.parametrize("charset", ["85", "2", "999"])
def test_a_code_page_that_nobody_knows_is_that_of_the_file(corpus, charset):
    fonts = rf"\ansi\ansicpg1252{{\fonttbl{{\f0\fcharset{charset} X;}}}}"

    assert text_of(corpus, r"\f0 Gr\'fc\'dfe", head=fonts) == "Grüße\n"


def test_what_is_hidden_or_withdrawn_is_not_read(corpus):
    body = r"The fee is {\deleted 100}200{\v SECRET} yuan.\v MORE\v0 Paid {\v A}\plain yearly."

    assert text_of(corpus, body) == "The fee is 200 yuan.Paid yearly.\n"


def test_pictures_and_what_follows_the_end_are_no_text(corpus):
    body = r"One{\pict\bin5 }}{\'} two.}{\rtf1 Three."

    assert text_of(corpus, body) == "One two.\n"


def test_numbers_bullets_and_characters_of_two_halves_are_kept(corpus):
    body = (
        r"{\pntext\f0 1.\tab}Register\par {\pntext\f0\'B7\tab}by post\par "
        r"\u-10179?\u-8704? one\line two"
    )

    assert text_of(corpus, body) == "1. Register\n\n- by post\n\n😀 one\ntwo\n"


def test_a_cell_of_several_paragraphs_stays_one_cell(corpus):
    body = (
        r"Fees:\par"
        r"{\trowd\cellx1000\cellx2000\intbl City\cell Fee\cell\row"
        r"\trowd\cellx1000\cellx2000\intbl Wuxi\par and Suzhou\cell 90\cell\row}\pard After."
    )

    text = text_of(corpus, body)

    assert text == "Fees:\n\n| City: Wuxi and Suzhou; Fee: 90\n\nAfter.\n"


def test_paragraphs_that_end_before_their_cell_are_of_the_cell(corpus):
    def row(*cells):
        said = (rf"{{{{\pard\intbl {cell}\par}}\cell}}" for cell in cells)
        return r"{\trowd\cellx1000\cellx2000\intbl " + "".join(said) + r"\intbl\row}"

    text = text_of(corpus, row("Item", "Price") + row("Apple", "3.5") + r"{\pard Done.\par}")

    assert text == "| Item: Apple; Price: 3.5\n\nDone.\n"


def test_a_line_that_ends_in_a_bar_is_no_table(corpus):
    assert text_of(corpus, r"a|b|\par c|d|\par") == "a|b|\n\nc|d|\n"


def test_merged_cells_hold_for_the_rows_and_columns_that_they_cover(corpus):
    body = (
        r"\trowd\cellx10\cellx20\cellx30\pard\intbl Zone\cell City\cell Firms\cell\row"
        r"\trowd\clvmgf\cellx10\cellx20\cellx30\pard\intbl East\cell Wuxi\cell 50\cell\row"
        r"\trowd\clvmrg\cellx10\cellx20\cellx30\pard\intbl\cell Suzhou\cell 60\cell\row"
        r"\trowd\cellx20\cellx30\pard\intbl Together\cell 110\cell\row\pard"
    )

    assert text_of(corpus, body) == (
        "| Zone: East; City: Wuxi; Firms: 50\n"
        "| Zone: East; City: Suzhou; Firms: 60\n"
        "| Zone: Together; Firms: 110\n"
    )


def test_a_table_within_a_cell_is_text_of_the_cell(corpus):
    body = (
        r"\trowd\cellx10\cellx20\pard\intbl Park\cell Area\cell\row"
        r"\trowd\cellx10\cellx20\pard\intbl SIP\cell 80\par \pard\intbl\itap2 Lakes\nestcell"
        r" 3\nestcell{\*\nesttableprops\trowd\cellx5\cellx9\nestrow}{\nonesttables\par}"
        r"\pard\intbl\cell\row\pard"
    )

    assert text_of(corpus, body) == "| Park: SIP; Area: 80 Lakes 3\n"
