"""Passages quote their document exactly, hold all of it, and fit the encoder's window."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.chunking import PASSAGE_TOKENS, chunk, context, encoded_text
from index.structure import units

WINDOW = 512


def count_tokens(text: str) -> int:
    """Roughly as the model counts: four letters, or any other sign, are a token; two marks."""
    return len(re.findall(r"[A-Za-z]{1,4}|[^\sA-Za-z]", text)) + 2


def is_token_dense(text: str) -> bool:
    """Whether no part has many more tokens per character than the whole: no wide gaps."""
    return re.search(r"\s{9}", text) is None


ENGLISH = st.integers(1, 60).map(lambda n: " ".join(f"word{i}" for i in range(n)) + ".")
CHINESE = st.integers(1, 120).map(lambda n: "广交会在广州举行" * (n // 8 + 1) + "。")
PARAGRAPH = st.lists(st.one_of(ENGLISH, CHINESE), min_size=1, max_size=6).map(" ".join)
BLOCK = st.one_of(
    PARAGRAPH,
    st.tuples(st.integers(1, 4), st.sampled_from(["Booths", "展位", "Dates of the fair"])).map(
        lambda pair: "#" * pair[0] + " " + pair[1]
    ),
    st.lists(ENGLISH, min_size=1, max_size=9).map(lambda rows: "\n".join(f"- {r}" for r in rows)),
    st.lists(CHINESE, min_size=1, max_size=9).map(
        lambda rows: "\n".join(f"| {r} | 1 |" for r in rows)
    ),
    st.just("一" * 700 + "，" + "二" * 300),
    st.just("unbroken" * 300),
    st.text(max_size=40),
)
TEXT = st.lists(BLOCK, min_size=1, max_size=6).map("\n\n".join).filter(str.strip)


@given(text=TEXT)
@settings(max_examples=100, deadline=None)
def test_a_passage_quotes_its_document_exactly(make_document, text):
    passages = chunk(make_document(text), count_tokens, WINDOW)

    assert passages
    assert all(passage.text == text[passage.start : passage.end] for passage in passages)
    assert all(passage.text.strip() == passage.text != "" for passage in passages)


@given(text=TEXT, window=st.sampled_from([64, 128, 512]))
@settings(max_examples=100, deadline=None)
def test_every_character_but_white_space_lies_in_exactly_one_passage(make_document, text, window):
    passages = chunk(make_document(text), count_tokens, window)

    covered = [position for p in passages for position in range(p.start, p.end)]
    assert covered == sorted(set(covered))
    outside = set(range(len(text))) - set(covered)
    assert not "".join(text[position] for position in outside).strip()


@given(text=TEXT)
@settings(max_examples=100, deadline=None)
def test_only_what_alone_breaks_the_budget_is_ever_cut(make_document, text):
    passages = chunk(make_document(text), count_tokens, WINDOW)

    edges = {passage.start for passage in passages} | {passage.end for passage in passages}
    for unit in units(text):
        if count_tokens(text[unit.start : unit.end]) <= PASSAGE_TOKENS:
            assert not [edge for edge in edges if unit.start < edge < unit.end]


@given(
    text=TEXT.filter(is_token_dense),
    title=st.one_of(st.just("Canton Fair"), st.text("广交会 ab", min_size=1, max_size=150)),
    window=st.sampled_from([256, 512]),
)
@settings(max_examples=100, deadline=None)
def test_a_passage_fits_the_window_with_its_title_and_headings(make_document, text, title, window):
    assume(title.strip())
    document = make_document(text, title=title)

    passages = chunk(document, count_tokens, window)

    assert all(count_tokens(encoded_text(document, p)) <= window for p in passages)


@pytest.mark.parametrize("window", [128, 256, 512])
@pytest.mark.parametrize("title", ["Fair", "广交会" * 60], ids=["short title", "long title"])
def test_a_small_window_is_kept_to_whatever_the_title(make_document, window, title):
    document = make_document("展位很多，" * 400 + "。", title=title)

    passages = chunk(document, count_tokens, window)

    assert max(count_tokens(encoded_text(document, p)) for p in passages) <= window


def test_a_sentence_of_uneven_density_is_cut_to_fit(make_document):
    """A padded table cell: wide white space, which costs no tokens, then dense text."""
    document = make_document("| x" + " " * 6000 + "一" * 1500 + " |\n")

    passages = chunk(document, count_tokens, WINDOW)

    assert max(count_tokens(encoded_text(document, p)) for p in passages) <= WINDOW


def test_a_passage_is_no_longer_than_passages_may_be(make_document):
    document = make_document("\n\n".join(f"Sentence number {i} is here." for i in range(500)))

    passages = chunk(document, count_tokens, WINDOW)

    assert len(passages) > 5
    assert all(count_tokens(passage.text) <= PASSAGE_TOKENS for passage in passages)


def test_passages_of_a_section_are_about_even_in_length(make_document):
    """Not one full passage and a last one of a single sentence."""
    sentence = "Firms from many countries came to see it. "
    document = make_document(sentence * (PASSAGE_TOKENS // count_tokens(sentence) + 3))

    lengths = [len(passage.text) for passage in chunk(document, count_tokens, WINDOW)]

    assert len(lengths) == 2
    assert min(lengths) > max(lengths) / 2


def test_no_passage_crosses_a_heading(make_document):
    document = make_document("# Fair\n\nIntro.\n\n## Booths\n\nMany.\n\n## Dates\n\nOctober.\n")

    passages = chunk(document, count_tokens, WINDOW)

    assert [passage.headings for passage in passages] == [
        ("Fair",),
        ("Fair", "Booths"),
        ("Fair", "Dates"),
    ]
    assert [passage.text for passage in passages] == [
        "# Fair\n\nIntro.",
        "## Booths\n\nMany.",
        "## Dates\n\nOctober.",
    ]


def test_a_heading_of_a_higher_level_ends_those_below_it(make_document):
    text = "# A\n\na\n\n### B\n\nb\n\n## C ##\n\nc\n\n# D\n\nd\n"

    headings = [p.headings for p in chunk(make_document(text), count_tokens, WINDOW)]

    assert headings == [("A",), ("A", "B"), ("A", "C"), ("D",)]


def test_headings_without_text_go_with_what_follows(make_document):
    passages = chunk(make_document("# A\n\n## B\n\nText.\n\n## End\n"), count_tokens, WINDOW)

    assert [passage.text for passage in passages] == ["# A\n\n## B\n\nText.", "## End"]


def test_the_encoder_sees_title_and_headings_once_and_no_heading_lines(make_document):
    document = make_document("# Canton Fair\n\n## Booths\n\nMany.\n", title="Canton Fair")
    (passage,) = chunk(document, count_tokens, WINDOW)

    assert encoded_text(document, passage) == "Canton Fair > Booths\nMany."


def test_an_overlong_title_is_cut_for_the_encoder(make_document):
    document = make_document("Text.", title="x" * 500)

    assert len(context(document, ())) < 100


@pytest.mark.parametrize(
    ("declared", "text", "expected"),
    [
        ("en", "The fair is held in Guangzhou, in the south of China, twice a year.", "en"),
        (
            "en",
            "广交会在广州举行，每年春秋两季各举办一届，共有约七万个展位，参展企业来自许多国家和地区。",
            "zh",
        ),
        (
            "zh-Hant",
            "广交会在广州举行，每年春秋两季各举办一届，共有约七万个展位，参展企业来自许多国家。",
            "zh-Hant",
        ),
        ("de", "Short 广交会", "de"),
        ("zh", "RCEP, AEO, 2025", "zh"),
        ("fr", "123 456 789 " * 9, "fr"),
    ],
)
def test_a_passage_has_the_declared_language_unless_its_script_is_another(
    make_document, declared, text, expected
):
    (passage,) = chunk(make_document(text, language=declared), count_tokens, WINDOW)

    assert passage.language == expected
