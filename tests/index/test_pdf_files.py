"""PDF: reading order, paragraphs, tables, what every page repeats, and what cannot be read."""

import re

import pytest

from tests.index.pdf_pages import Field, Picture, Text, pdf


def lines(x, y, texts, size=10.0):
    return [Text(x, y - 14 * at, text, size) for at, text in enumerate(texts)]


def text_of(corpus, content):
    corpus.write_raw("report.pdf", content)
    (document,) = corpus.load().documents
    return document.text


def test_lines_of_a_paragraph_are_one_and_headings_are_told_by_their_size(corpus):
    page = [
        Text(50, 740, "Rules for exporters", 18),
        *lines(
            50, 700, ["Firms that export goods for the first time may", "ask the fund for help."]
        ),
        *lines(50, 650, ["A second paragraph."]),
    ]

    text = text_of(corpus, pdf(page))

    assert text == (
        "# Rules for exporters\n\n"
        "Firms that export goods for the first time may ask the fund for help.\n\n"
        "A second paragraph.\n"
    )


def test_a_sentence_of_chinese_is_no_heading_where_small_print_is_longer(corpus):
    page = [
        Text(50, 780, "http://example.org/a/very/long/address/of/the/page/that/was/printed", 6),
        Text(50, 740, "海外仓补助申报指南", 20),
        *lines(50, 700, ["海外仓补助申报截止到2026年12月31日。"]),
    ]

    text = text_of(corpus, pdf(page))

    assert "# 海外仓补助申报指南\n\n海外仓补助申报截止到2026年12月31日。\n" in text


def test_a_sentence_of_chinese_goes_on_below_however_wide_the_title_is(corpus):
    page = [
        Text(50, 740, "关于支持企业在境外建设和租赁海外仓的申报指南", 20),
        *lines(50, 700, ["申报的企业须在本市注册满一年，海外仓面积不少于", "2000平方米。"]),
        *lines(50, 640, ["海外仓补助申报表", "企业承诺书"]),
    ]

    text = text_of(corpus, pdf(page))

    assert "海外仓面积不少于2000平方米。\n\n海外仓补助申报表\n\n企业承诺书" in text


def test_no_space_stands_where_a_line_of_chinese_was_wrapped(corpus):
    page = lines(
        50,
        700,
        [
            "第一条 为了促进中小企业开拓国际市场和扩大出口",
            "规模，制定本办法。",
            "第二条 本办法自公布之日起施行。",
        ],
    )

    text = text_of(corpus, pdf(page))

    assert text == (
        "第一条 为了促进中小企业开拓国际市场和扩大出口规模，制定本办法。\n\n"
        "第二条 本办法自公布之日起施行。\n"
    )


def test_two_columns_are_read_one_after_the_other(corpus):
    left = [f"the left column goes on in line number {at} of" for at in range(8)]
    right = [f"and the right column goes on in row {at} where" for at in range(8)]
    page = [
        Text(50, 750, "A title that stands above both of the two columns of this page", 14),
        *lines(50, 700, left),
        *lines(310, 700, right),
    ]

    text = text_of(corpus, pdf(page))

    assert " ".join([*left, *right]) in text
    assert text.startswith("# A title")


def test_a_heading_beside_the_text_of_another_column_is_told_by_its_own_size(corpus):
    page = [
        *lines(50, 700, [f"the left column goes on in line number {at} of" for at in range(9)]),
        Text(310, 700, "Second heading", 14),
        *lines(310, 686, [f"and the right column goes on in row {at} where" for at in range(8)]),
    ]

    assert "# Second heading\n" in text_of(corpus, pdf(page))


def test_what_heads_every_page_and_their_numbers_are_no_text(corpus):
    pages = [
        [
            Text(50, 780, "Ministry of Trade 2025"),
            *lines(50, 700, [f"What page {word} says is here."]),
            Text(300, 20, f"- {number} -"),
        ]
        for number, word in enumerate(("one", "two", "three"), 1)
    ]

    text = text_of(corpus, pdf(*pages))

    assert text == (
        "What page one says is here.\n\nWhat page two says is here.\n\n"
        "What page three says is here.\n"
    )


@pytest.mark.parametrize("size", [10, 18])
def test_headings_at_the_top_of_pages_that_differ_by_a_number_are_text(corpus, size):
    pages = [
        [
            Text(50, 740, f"Foreign trade in {2022 + number}", size),
            Text(50, 715, f"Annex {number}", size),
            *lines(50, 600, ["What was exported is told here."]),
            Text(300, 20, f"Page {number} of 3", 12),
        ]
        for number in (1, 2, 3)
    ]

    text = text_of(corpus, pdf(*pages))

    assert re.findall(r"20\d\d|Annex \d", text) == [
        *("2023", "Annex 1", "2024", "Annex 2", "2025", "Annex 3")
    ]
    assert "Page" not in text


@pytest.mark.parametrize(
    "mark",
    [
        "{}",
        "- {} / 9 -",
        "iv",
        "第{}页 共9页",
        "Page {} de 9",
        "Страница {} из 9",
        "3-{}",
        "Trade guide    {}",
        "{} | Trade guide",
    ],
)
def test_numbers_that_count_the_pages_are_no_text_nor_words_beside_them(corpus, mark):
    pages = [
        [*lines(50, 600, [f"What was exported in {word}."]), Text(50, 780, mark.format(number), 9)]
        for number, word in enumerate(("May", "June", "July", "August"), 11)
    ]

    text = text_of(corpus, pdf(*pages))

    assert [line for line in text.split("\n") if line] == [
        f"What was exported in {word}." for word in ("May", "June", "July", "August")
    ]


def test_what_heads_every_page_in_large_type_is_text_once(corpus):
    pages = [
        [Text(50, 740, "Required papers", 18), *lines(50, 600, [f"A passport, for {whom}."])]
        for whom in ("firms", "owners")
    ]

    text = text_of(corpus, pdf(*pages))

    assert text.count("# Required papers") == 1
    assert text.count("A passport") == 2


def test_a_sentence_goes_on_over_the_end_of_a_page(corpus):
    first = [*lines(50, 120, ["A long line of this text that fills the column well and then the"])]
    second = [*lines(50, 700, ["sentence ends on the next page."])]

    assert "and then the sentence ends" in text_of(corpus, pdf(first, second))


def test_a_ruled_table_is_told_by_its_columns(corpus):
    rules = [(50, y, 350, y) for y in (600, 580, 560, 540)] + [
        (x, 540, x, 600) for x in (50, 150, 350)
    ]
    rows = [("Country", "Rate"), ("Thailand", "7%"), ("Vietnam", "10%")]
    cells = [
        Text(x, 586 - 20 * at, cell)
        for at, row in enumerate(rows)
        for x, cell in zip((55, 155), row, strict=True)
    ]

    text = text_of(corpus, pdf([Text(50, 640, "Duties:"), *rules, *cells]))

    assert text == ("Duties:\n\n| Country: Thailand; Rate: 7%\n| Country: Vietnam; Rate: 10%\n")


def test_a_merged_cell_is_told_in_each_of_its_rows(corpus):
    rules = [(50, y, 350, y) for y in (600, 580, 540)] + [(150, 560, 350, 560)]
    rules += [(x, 540, x, 600) for x in (50, 150, 350)]
    rows = [("Country", "Rate"), ("Thailand", "7%"), ("", "10%")]
    cells = [
        Text(x, 586 - 20 * at, cell)
        for at, row in enumerate(rows)
        for x, cell in zip((55, 155), row, strict=True)
        if cell
    ]

    text = text_of(corpus, pdf([*rules, *cells]))

    assert text == "| Country: Thailand; Rate: 7%\n| Country: Thailand; Rate: 10%\n"


def test_aligned_lines_without_rules_are_a_table_too(corpus):
    rows = [("Country", "Rate"), ("Thailand", "7%"), ("Vietnam", "10%")]
    cells = [
        Text(x, 586 - 14 * at, cell)
        for at, row in enumerate(rows)
        for x, cell in zip((55, 255), row, strict=True)
    ]

    assert "| Country: Vietnam; Rate: 10%" in text_of(corpus, pdf(cells))


def test_a_sign_that_cannot_be_read_before_a_line_is_a_bullet(corpus):
    page = [*lines(50, 700, ["Papers:"]), *lines(60, 680, ["\x7f business licence", "\x7f seal"])]

    assert text_of(corpus, pdf(page)) == "Papers:\n\n- business licence\n- seal\n"


def test_a_hyphen_stays_where_the_rest_of_the_text_has_it(corpus):
    page = lines(
        50,
        700,
        [
            "A duty-paid price is for goods whose seller has also registered the tax-",
            "payer. What the buyer pays and what the seller asks for goods that are duty-",
            "paid are alike, and the authority of finance asks each taxpayer for the regis-",
            "tration.",
        ],
    )

    text = text_of(corpus, pdf(page))

    assert "the taxpayer. What" in text
    assert "are duty-paid are" in text
    assert "the registration." in text


@pytest.mark.parametrize(
    ("header", "row", "told"),
    [
        (("Country", "Rate 2025", "Rate 2026"), ("Laos", "9%", "0%"), "Country: Laos; Rate 2025"),
        (("Country", "2025", "2026"), ("Laos", "9%", "0%"), "Country: Laos; 2025: 9%; 2026: 0%"),
        (("May 2026", "Canton", "Fair"), ("June 2026", "Xiamen", "CIFIT"), "| May 2026; Canton"),
        (("Laos", "9%", "7%"), ("Nepal", "8%", "6%"), "| Laos; 9%; 7%"),
    ],
)
def test_a_year_may_stand_in_the_header_of_aligned_lines(corpus, header, row, told):
    cells = [
        Text(x, 586 - 14 * at, cell)
        for at, cells in enumerate((header, row, row))
        for x, cell in zip((55, 205, 355), cells, strict=True)
    ]

    assert told in text_of(corpus, pdf(cells))


def test_the_title_of_the_file_is_the_documents_unless_a_program_made_it_up(corpus):
    corpus.write_raw("a.pdf", pdf([Text(50, 700, "Some words.")], title="Guide for exporters"))
    corpus.write_raw("b.pdf", pdf([Text(50, 700, "Some words.")], title="Microsoft Word - x.doc"))

    titles = [document.metadata.title for document in corpus.load().documents]

    assert titles == ["Guide for exporters", "b"]


@pytest.mark.parametrize("degrees", [30, 45, -60])
def test_a_watermark_across_the_page_is_no_text(corpus, degrees):
    said = ["Firms that export goods for the first time may", "ask the fund for help."] * 4
    mark = Text(100, 640, "DRAFT COPY", 20, degrees)

    text = text_of(corpus, pdf([*lines(50, 700, said), mark]))

    assert text == text_of(corpus, pdf(lines(50, 700, said)))


@pytest.mark.parametrize("degrees", [2, 45])
def test_a_page_that_is_written_askew_is_text(corpus, degrees):
    page = [Text(100, 300, "Firms may ask the fund.", 10, degrees)]

    assert "Firmsmayaskthefund." in text_of(corpus, pdf(page)).replace(" ", "")


def test_what_was_filled_into_a_form_is_read_where_the_value_is_its_parents(corpus):
    page = [*lines(50, 700, ["Application for a licence"]), Field("applicant", "Wuxi Bearings")]

    assert "| applicant; Wuxi Bearings" in text_of(corpus, pdf(page))


def test_pages_that_are_pictures_are_told_in_a_note(corpus):
    corpus.write_raw("report.pdf", pdf([Text(50, 700, "Some words.")], [], [Picture()]))

    (note,) = corpus.load().notes

    assert "1 of 3 pages hold pictures only and are left out, the first is page 3" in str(note)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (pdf([Text(50, 700, "Secret.")], encrypted=True), "it has a password: save it without"),
        (pdf([(50, 700, 90, 700)]), "recognised (OCR)"),
        (pdf([Text(50, 700, "Scanned")], [Text(50, 700, "Scanned")]), "recognised (OCR)"),
        (b"%PDF-1.7 broken", "save it anew"),
        (b"", "the file is empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(corpus, content, problem):
    corpus.write_raw("report.pdf", content)

    assert problem in corpus.problem().problem
