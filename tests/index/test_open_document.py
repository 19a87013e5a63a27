"""ODT: what it shows, the numbers that its program draws, and its tables."""

from io import BytesIO
from zipfile import ZipFile

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "drawing")
)
_LEVEL = '<text:list-level-style-number text:level="{}" {}/>'


def text_of(corpus, body, styles=""):
    content = (
        f"<office:document-content {_NAMES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    corpus.write_raw("file.odt", stream.getvalue())
    (document,) = corpus.load().documents
    return document.text


def table(*rows):
    cells = ("".join(row) for row in rows)
    inner = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f"<table:table>{inner}</table:table>"


def cell(text, marks="", more=""):
    said = f"<text:p>{text}</text:p>{more}"
    return f"<table:table-cell {marks}>{said}</table:table-cell>"


def items(*contents, marks=""):
    inner = "".join(f"<text:list-item>{content}</text:list-item>" for content in contents)
    return f"<text:list {marks}>{inner}</text:list>"


def test_headings_paragraphs_lists_and_tables_survive(corpus):
    text = text_of(
        corpus,
        '<text:h text:outline-level="2">Parks</text:h><text:p>One<text:s/>park.</text:p>'
        + items("<text:p>Suzhou</text:p>")
        + table((cell("Name"), cell("Size")), (cell("SIP"), cell("80 km2"))),
    )

    assert text == "## Parks\n\nOne park.\n\n- Suzhou\n\n| Name: SIP; Size: 80 km2\n"


def test_the_numbers_of_items_stand_in_the_text(corpus):
    styles = (
        '<text:list-style style:name="L">'
        + _LEVEL.format(1, 'style:num-format="1" style:num-suffix="."')
        + _LEVEL.format(2, 'style:num-format="1" text:display-levels="2" style:num-suffix="."')
        + '</text:list-style><text:list-style style:name="Z">'
        + _LEVEL.format(
            1,
            'style:num-format="一, 二, 三, ..." style:num-prefix="第" style:num-suffix="条" '
            'text:start-value="11"',
        )
        + '</text:list-style><style:style style:name="P" style:family="paragraph" '
        'style:list-style-name="Z"/>'
    )
    one, two = "<text:p>One.</text:p>", "<text:p>Two.</text:p>"

    text = text_of(
        corpus,
        items(one + "<text:p>More.</text:p>" + items(one, two), two, marks='text:style-name="L"')
        + "<text:p>Between.</text:p>"
        + items(one, marks='text:style-name="L" text:continue-numbering="true"')
        + "<text:p>Anew:</text:p>"
        + items(one, marks='text:style-name="L"')
        + items(*['<text:p text:style-name="P">本条。</text:p>'] * 2),
        styles,
    )

    assert text == (
        "1. One.\n\nMore.\n\n1.1. One.\n\n1.2. Two.\n\n2. Two.\n\nBetween.\n\n3. One.\n\n"
        "Anew:\n\n1. One.\n\n第十一条 本条。\n\n第十二条 本条。\n"
    )


def test_a_list_continues_another_or_begins_where_it_says(corpus):
    level = _LEVEL.format(1, 'style:num-format="a" style:num-suffix=")"')
    styles = f'<text:list-style style:name="L">{level}</text:list-style>'
    one = "<text:p>One.</text:p>"

    text = text_of(
        corpus,
        items(one, marks='text:style-name="L" xml:id="first"')
        + items(one, marks='text:style-name="L"')
        + items(one, marks='text:style-name="L" text:continue-list="first"')
        + items(one, marks='text:style-name="L"').replace(
            "item>", 'item text:start-value="7">', 1
        ),
        styles,
    )

    assert text == "a) One.\n\na) One.\n\nb) One.\n\ng) One.\n"


def test_the_numbers_of_headings_stand_in_the_text(corpus):
    levels = (
        '<text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>'
    )
    heading = '<text:h text:outline-level="{}">{}</text:h>'
    told = [(1, "Goods"), (2, "Food"), (2, "Toys"), (1, ""), (1, "Services")]

    text = text_of(
        corpus,
        "".join(heading.format(*one) for one in told)
        + '<text:h text:outline-level="1" text:is-list-header="true">Annex</text:h>',
        f"<text:outline-style>{levels}</text:outline-style>",
    )

    assert text == ("# 1. Goods\n\n## 1.1 Food\n\n## 1.2 Toys\n\n# 3. Services\n\n# Annex\n")


def test_a_merged_cell_holds_in_each_of_its_rows(corpus):
    covered = "<table:covered-table-cell/>"

    text = text_of(
        corpus,
        table(
            (cell("Zone"), cell("City"), cell("Firms")),
            (cell("East", 'table:number-rows-spanned="2"'), cell("Wuxi"), cell("50")),
            (covered, cell("Suzhou"), cell("60")),
            (cell("Together", 'table:number-columns-spanned="2"'), covered, cell("110")),
        ),
    )

    assert text == (
        "| Zone: East; City: Wuxi; Firms: 50\n"
        "| Zone: East; City: Suzhou; Firms: 60\n"
        "| Zone: Together; Firms: 110\n"
    )


def test_a_table_within_a_cell_is_text_of_the_cell_alone(corpus):
    inner = table((cell("Lakes"), cell("3")))

    text = text_of(
        corpus, table((cell("Park"), cell("Area")), (cell("SIP"), cell("80", more=inner)))
    )

    assert text == "| Park: SIP; Area: 80 Lakes 3\n"


def test_what_is_hidden_or_said_about_the_text_is_not_read(corpus):
    styles = "".join(
        f'<style:style style:name="H" style:family="{family}">'
        '<style:text-properties text:display="none"/></style:style>'
        for family in ("text", "paragraph")
    )
    comment = "<office:annotation><text:p>COMMENT</text:p></office:annotation>"

    text = text_of(
        corpus,
        '<text:p><text:span text:style-name="H">SECRET</text:span>Shown.</text:p>'
        '<text:p text:style-name="H">SECRET</text:p>'
        '<text:section text:display="none"><text:p>SECRET</text:p></text:section>'
        "<text:p><text:ruby><text:ruby-base>太仓</text:ruby-base>"
        "<text:ruby-text>tàicāng</text:ruby-text></text:ruby></text:p>"
        + table((cell("Name"), cell("Fee")), (cell("A"), cell(f"9{comment}", more=comment))),
        styles,
    )

    assert text == "Shown.\n\n太仓\n\n| Name: A; Fee: 9\n"
