"""What may be quoted: sentences, list items, table rows, headings."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.structure import Kind, quotable, sentence_spans, units


def sentences_of(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is old. It is large! Is it?", ["It is old.", "It is large!", "Is it?"]),
        (
            "广交会在广州举行。共有7万个展位！为什么？",
            ["广交会在广州举行。", "共有7万个展位！", "为什么？"],
        ),
        ("これは日本語です。次の文です。", ["これは日本語です。", "次の文です。"]),
        ("Что это? Да. Нет.", ["Что это?", "Да.", "Нет."]),
        ("هل هذا؟ نعم.", ["هل هذا؟", "نعم."]),
        ("He said “Stop.” Then he left.", ["He said “Stop.”", "Then he left."]),
        ("展位（约7万个。）参展企业很多。", ["展位（约7万个。）", "参展企业很多。"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("wrapped\nin lines", ["wrapped\nin lines"]),
        ("An English end.中文。", ["An English end.", "中文。"]),
        ("No mark at the end", ["No mark at the end"]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_a_sentence_ends_at_its_mark(text, expected):
    assert sentences_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It costs 3.5 million, or 3.2% of it.",
        "Mr. Li and Dr. Wu met Prof. Smith.",
        "Firms (e.g. SMEs) sell to the U.S. market.",
        "See No. 5 and Art. 12 of the rules.",
        "It was held on 5 Nov. 2025 in Guangzhou.",
        "A.B. Smith came.",
        "Это было в 2025 г. в Москве.",
        "Wait... and then go on.",
        "He asked “Why?” and left.",
        "“展位很多！”，他说。",
        "See http://example.org/a.b.html for it.",
    ],
)
def test_a_full_stop_within_a_sentence_does_not_end_it(text):
    assert sentences_of(text) == [text]


def kinds_of(text: str) -> list[tuple[str, str]]:
    return [(unit.kind.name, text[unit.quote_start : unit.end].strip()) for unit in units(text)]


def test_every_kind_of_block_is_told_apart_and_quoted_without_its_markup():
    text = (
        "## The fair\n"
        "It is old.\nIt is large.\n"
        "- an item\n"
        "* another one\n  that goes on\n"
        "12. a numbered one\n"
        "| size | 3 |\n"
        "|---|---|\n"
        "\n"
        "The end"
    )

    assert kinds_of(text) == [
        ("HEADING", "The fair"),
        ("SENTENCE", "It is old."),
        ("SENTENCE", "It is large."),
        ("ITEM", "an item"),
        ("ITEM", "another one\n  that goes on"),
        ("ITEM", "a numbered one"),
        ("ROW", "size | 3 |"),
        ("ROW", "---|---|"),
        ("SENTENCE", "The end"),
    ]


@pytest.mark.parametrize("level", range(1, 7))
def test_a_heading_knows_its_level(level):
    (unit,) = units("#" * level + " Booths\n")

    assert (unit.kind, unit.level) == (Kind.HEADING, level)


@pytest.mark.parametrize(
    "text", ["#hashtag", "-5 degrees", "2025. ", "a | b", "####### seven", "3.5 x"]
)
def test_what_only_looks_like_markup_is_text(text):
    assert [kind for kind, _ in kinds_of(text)] == ["SENTENCE"]


def test_an_item_of_several_sentences_is_one_unit():
    assert kinds_of("- It is old. It is large.\n") == [("ITEM", "It is old. It is large.")]


def test_a_paragraph_ends_at_a_blank_line_even_within_a_sentence():
    assert kinds_of("without a mark\n\u3000\nnext") == [
        ("SENTENCE", "without a mark"),
        ("SENTENCE", "next"),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "=====",
        "-----",
        "* * *",
        "|---|---|",
        "……",
        "***",
        "2026年10月8日",
        "二〇二六年十月八日",
        "2026.10.8",
    ],
)
def test_a_line_without_words_is_no_quote(rule):
    text = f"The fair\n\n{rule}\n\nIt is old."

    assert [text[start:end] for start, end in quotable(text)] == ["The fair", "It is old."]


LINE = st.one_of(
    st.text(max_size=30),
    st.text("# -*+|.。!？“”）1aA中 \t\u3000", max_size=30),
    st.sampled_from(
        ["## Heading", "- item", "| a | b |", "12) x", "", "Text. More text.", "中文。"]
    ),
)
MARKDOWN = st.lists(LINE, max_size=8).map("\n".join)


@given(MARKDOWN)
@settings(max_examples=200, deadline=None)
def test_units_hold_every_character_but_white_space_exactly_once(text):
    found = units(text)

    spans = [(unit.start, unit.end) for unit in found]
    outside = text
    for start, end in reversed(spans):
        outside = outside[:start] + outside[end:]
    assert spans == sorted(spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert not outside.strip()


@given(MARKDOWN)
@settings(max_examples=200, deadline=None)
def test_a_unit_neither_begins_nor_ends_with_white_space(text):
    for unit in units(text):
        whole = text[unit.start : unit.end]

        assert whole
        assert whole == whole.strip()
        assert unit.start <= unit.quote_start <= unit.end
