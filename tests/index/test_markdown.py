"""Markdown -> visible text: what a reader of the page sees becomes a quote, and nothing else."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents import Document, Metadata
from index.errors import DocumentError
from index.loading.markdown import read_markdown
from index.structure import quotable

SOURCES = [{"publisher": name} for name in ("First", "Second", "Third")]
METADATA = Metadata.model_validate(
    {"title": "Fair", "language": "en", "topic": "events", "sources": SOURCES}
)


@pytest.fixture
def read(tmp_path):
    """`read(markdown)` gives the document; its notes are left alone."""

    def read_one(body: str) -> Document:
        (parsed,) = read_markdown(body, tmp_path / "fair.md", METADATA)
        return Document(
            id="fair",
            stem="fair",
            metadata=METADATA,
            text=parsed.text,
            source_spans=parsed.source_spans,
        )

    return read_one


def quotes_of(document: Document) -> list[str]:
    return [document.text[start:end] for start, end in quotable(document.text)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<!-- 编辑注：请致电 13800000000 -->\n广交会在广州举行。", ["广交会在广州举行。"]),
        ("It is <!-- call Li --> old.", ["It is old."]),
        (
            "It is old.\n<!-- a note\n\nof two paragraphs -->\nIt is large.",
            ["It is old.", "It is large."],
        ),
        ("It is old.[^1]\n\n[^1]: Gazette, call 555.", ["It is old."]),
        ("它很大。［^１］\n\n［^１］：公报，2025年。\n", ["它很大。"]),
        ("It is old.[^1]\n\n[^1]: Gazette.\n\n    A second paragraph of it.", ["It is old."]),
        ("It is old.^[The editor doubts it.]", ["It is old."]),
        ("The fair\n========\n\nIt is old.\n\nBooths\n------\n\nMany.", ["It is old.", "Many."]),
        ("It is old.\n---\nIt is large.", ["It is old.", "It is large."]),
        ("It is old.\n\n***\n\nIt is large.", ["It is old.", "It is large."]),
        ("```python\nprint('no quote')\n```\n\nIt is old.", ["It is old."]),
        ("~~~\nno quote\n~~~\nIt is old.", ["It is old."]),
        ("It is old.\n\n![plan](data:image/png;base64,iVBORw0KGgo=)", ["It is old."]),
        (f"![p](data:image/svg+xml;base64,{'QUJD' * 30}\n{'QUJD' * 30}\nQUI=)\n\nOld.", ["Old."]),
        ("It is old.![plan][p]\n\n[p]: data:image/png;base64,iVBORw0KGgo=", ["It is old."]),
        ("It is <b>very</b> **old**, *large* and `busy`.", ["It is very old, large and busy."]),
        ("**注意：**请先备案。", ["注意：请先备案。"]),
        ("See [the rules](https://example.org) &amp; ask.", ["See the rules & ask."]),
        ("The rate is ~~7%~~ 5%, not <del>9%</del>.", ["The rate is 5%, not ."]),
        ("<div>\nnot seen\n</div>\n\nIt is old.", ["It is old."]),
        ("    首先，企业应当备案。", ["首先，企业应当备案。"]),
        ("\u3000\u3000企业应当备案。", ["企业应当备案。"]),
        ("> It is\n> old.", ["It is old."]),
        ("- one\n  thing\n- another\n\n  > told", ["one thing", "another", "told"]),
        ("- one\n    - two\n        1. three", ["one", "two", "three"]),
        (r"\# 5 \* 3", ["# 5 * 3"]),
    ],
)
def test_only_what_a_reader_sees_is_quoted(read, body, expected):
    document = read(body)
    quotes = quotes_of(document)

    assert [quote.removeprefix("# ") for quote in quotes] == [
        quote.removeprefix("# ") for quote in expected
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("应当向主管税务\n机关申报。", "应当向主管税务机关申报。"),
        ("The fair is held\nin Guangzhou.", "The fair is held in Guangzhou."),
        ("申请加入\nRCEP\n的企业。", "申请加入RCEP的企业。"),
        ("It is well-\nknown.", "It is well-known."),
        ("处以人民币12\n34元的罚款。", "处以人民币1234元的罚款。"),
        ("处以 3,\n500 元的罚款。", "处以 3,500 元的罚款。"),
        ("电话：12345\n678转3", "电话：12345 678转3"),
        ("见条款12\n2025年起施行。", "见条款12 2025年起施行。"),
        ("联系人：张三\n电话：1234", "联系人：张三\n\n电话：1234"),
        ("Line one  \nline two", "Line one\nline two"),
        ("Line one<br>line two", "Line one\nline two"),
    ],
)
def test_lines_of_a_paragraph_are_joined(read, body, expected):
    assert read(body).text == f"{expected}\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("| 国家 | 税率 |\n|---|---|\n| 泰国 | 7% |", ["国家：泰国；税率：7%"]),
        (
            "国家 | 税率\n--- | ---:\n泰国 | 7%\n越南 | 8%",
            ["国家：泰国；税率：7%", "国家：越南；税率：8%"],
        ),
        ("Country | Rate\n:-: | -\nThailand | 7%", ["Country: Thailand; Rate: 7%"]),
        ("｜国家｜税率｜\n｜---｜---｜\n｜泰国｜7%｜", ["国家：泰国；税率：7%"]),
        ("国家｜税率\n---｜---\n泰国｜7%", ["国家：泰国；税率：7%"]),
        ("｜国家｜税率｜\n｜－－－｜：——｜\n泰国｜7%", ["国家：泰国；税率：7%"]),
        (
            "|  | 2024 | 2025 |\n|---|---|---|\n| Thailand | 6% | 7% |",
            ["Thailand; 2024: 6%; 2025: 7%"],
        ),
        ("| A | B |\n|---|---|\n| x | |\n| | y |\n| | |", ["A: x", "B: y"]),
        ("| A | B |\n|---|---|\n| x \\| z | y. And on. |", ["A: x | z; B: y. And on."]),
        ("| A | B |\n|---|---|\n| one<br>two | y |", ["A: one two; B: y"]),
        ("| a | b |\n| c | d |", ["a; b", "c; d"]),
        ("a | b\nc | d", ["a; b", "c; d"]),
        (
            "国家 | 税率\n--- | ---\n泰国 | 7%\n注：配额不含\n加工品。",
            ["国家：泰国；税率：7%", "注：配额不含加工品。"],
        ),
        ("| A | B |\n|---|---|\nNote: x.", ["A; B", "Note: x."]),
        ("| A | B |\n|---|---|\none\n| x | y |", ["A: one", "A: x; B: y"]),
        ("| A |\n|---|\none", ["A: one"]),
        ("> | A | B |\n> |---|---|\n> | x | y | |\n> Note.", ["A: x; B: y", "Note."]),
        ("| Rate: | Note: |\n|---|---|\n| 7% | x |", ["Rate: 7%; Note: x"]),
    ],
)
def test_a_row_of_a_table_is_one_quote_that_names_its_columns(read, body, expected):
    assert quotes_of(read(body)) == expected


def test_each_part_of_a_long_row_names_the_row(read):
    long = "word " * 40
    body = f"| Country | A | B |\n|---|---|---|\n| Thailand | {long} | {long} |"

    quotes = quotes_of(read(body))

    assert [quote[:24] for quote in quotes] == [
        "Country: Thailand; A: wo",
        "Country: Thailand; B: wo",
    ]


@pytest.mark.parametrize(
    ("body", "quote", "publishers"),
    [
        ("| A | B |\n|---|---|\n| x | y[^2] |", "A: x; B: y", ["Second"]),
        ("| A | B |\n|---|---|\n| x | y |[^2]", "A: x; B: y", ["Second"]),
        ("| A | B[^3] |\n|---|---|\n| x | y |", "A: x; B: y", ["Third"]),
        ("| A | B |\n|---|---|\n| x | y |\n\n[^2]", "A: x; B: y", ["Second"]),
        ("| A | B |\n|---|---|\n| x | y |\nNote.[^3]", "Note.", ["Third"]),
        ("- one\n- two\n\n[^3]", "one", ["Third"]),
        ("它很大［^２］［^３］。", "它很大。", ["Second", "Third"]),
        ("它很大。【^2】", "它很大。", ["Second"]),
        (
            "It is old.[^1]\nIt is large.[^2]\n\n[^1]: Call 555.\n[^2]: Or 556.",
            "It is large.",
            ["Second"],
        ),
    ],
)
def test_a_quote_is_credited_to_the_sources_that_its_marks_name(read, body, quote, publishers):
    document = read(body)

    start = document.text.index(quote)
    found = document.sources_of(start, start + len(quote))

    assert [source.publisher for source in found] == publishers


@pytest.mark.parametrize(
    ("body", "line", "problem"),
    [
        ("Text.\n\n<!-- never closed\n\nMore.", 3, "a comment has no end"),
        ("Text.\n\n```\nnever closed\n\nMore.", 3, "a block of code has no end"),
        ("Text.\n\n- item\n  more[^9]", 4, "[^9] names no source"),
        ("| A |\n|---|\n| x[^note] |", 3, "[^note] names no source"),
        ("| A | B |\n|---|---|\n| x | y |\n| x | y | z[^1] |", 4, "more cells than the header"),
        ("A | B\n---|---\nx | y | z", 3, "more cells than the header"),
    ],
)
def test_what_would_hide_the_rest_or_credit_nobody_is_named_with_its_line(
    read, body, line, problem
):
    with pytest.raises(DocumentError) as caught:
        read(body)

    assert caught.value.line == line
    assert problem in caught.value.problem


@pytest.mark.parametrize(
    ("body", "note"),
    [
        ("Old.\n\n<table><tr><td>7%</td></tr></table>", (3, "HTML is left out")),
        ("Old.\n\n| a | b |\n| c | d |", (3, "a table without a header")),
    ],
)
def test_what_is_left_out_is_said(tmp_path, body, note):
    (parsed,) = read_markdown(body, tmp_path / "fair.md", METADATA)

    ((line, text),) = parsed.notes
    assert (line, text.startswith(note[1])) == (note[0], True)


def test_every_block_knows_its_line(tmp_path):
    body = "# One\n\nTwo.\nThree.\n\n<!-- x\n-->\n- Four\n\n| A |\n|---|\n| Five |\n"

    (parsed,) = read_markdown(body, tmp_path / "fair.md", METADATA)

    found = {line: parsed.text[offset:].split("\n")[0] for offset, line in parsed.lines}
    assert found == {
        1: "# One",
        3: "Two. Three.",
        4: "Three.",
        8: "- Four",
        12: "| A: Five",
    }


@pytest.mark.parametrize("name", ["blank lines first", "dots at the end"])
def test_front_matter_never_becomes_text(corpus, name):
    keys = "title: Fair\nlanguage: en\ntopic: events\nsources: [{publisher: Xinhua}]\n"
    text = f"\n\n---\n{keys}---\nOld.\n" if name.startswith("blank") else f"---\n{keys}...\nOld.\n"
    corpus.write_raw("fair.en.md", text)

    (document,) = corpus.load().documents

    assert document.text == "Old.\n"


@pytest.mark.parametrize(
    "piece",
    [
        *("A sentence.[^1] ", "[^1]", "[^", "[", "![", "^[", "<!-- a -->", "<!-", "中**", "**a_ "),
        *(
            "- a\n",
            "A b.[^1]\n\n",
            "| a | b |\n",
            "```\na\n```\n",
            "> ",
            "<b",
            "data:a/b;base64,AA ",
        ),
    ],
)
def test_four_times_the_text_takes_about_four_times_the_time(read, piece):
    """50,000 marks took over a minute, as each looked at all text before it."""

    def seconds(times: int) -> float:
        begun = time.process_time()
        read(piece * times + ".")
        return time.process_time() - begun

    seconds(100)
    assert min(seconds(4000) for _ in range(2)) < 8 * min(seconds(1000) for _ in range(3)) + 0.05


PIECES = (
    *("# ", "- ", "1. ", "> ", "| ", " | ", "|---|---|", "===", "\n", "\n\n", "    ", "\u3000"),
    *("[^1]", "[^2]: ", "**", "~~", "`", "<b>", "<!-- x -->", "[a](b)", "Word. ", "中文。", "a"),
)
MARKDOWN = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(MARKDOWN)
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_spans_lie_in_the_text_and_lines_ascend(tmp_path_factory, body):
    path = tmp_path_factory.getbasetemp() / "fair.md"

    try:
        (parsed,) = read_markdown(body, path, METADATA)
    except DocumentError:  # a fence without an end
        return

    assert "[^1]" not in parsed.text or "`" in body
    assert all(0 <= s.start <= s.end <= len(parsed.text) for s in parsed.source_spans)
    assert list(parsed.lines) == sorted(parsed.lines)
    assert parsed.text == parsed.text.strip("\n") + ("\n" if parsed.text else "")
