"""Quotes are exact, few and short, whatever the documents and the question."""

import itertools
from datetime import date
from operator import attrgetter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.answers.choosing import MAX_QUOTES, choose
from bot.answers.evidence import SENTENCES_READ, as_both, as_read, beginning, sentences_of
from index import Glossary
from index.readers.word_reader import WordReader
from index.structure import MAX_QUOTE_CHARS
from tests.bot.conftest import TODAY

LEAST = 0.35
WORDS = ["fair", "Guangzhou", "2025", "74,600", "9810", "e.g.", "No.", "U.S.", "3.5%", "[1]"]
WORDS += ["{x}", "<b>", "$", "\\", "广交会", "展位", "7.46万个", "第138届", "2025年10月"]
WORDS += ["ярмарка", "展示会", "박람회", "معرض", "😀", "é", "\u200b"]
GLUE = [
    " ",
    "",
    "。",
    ". ",
    "，",
    "! ",
    "\n",
    "\n\n",
    "\n- ",
    "\n1. ",
    "\n## ",
    " | ",
    "\n|",
    "\u3000",
]
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GLUE)), min_size=1, max_size=60)


@st.composite
def texts(draw):
    """Markdown of a sort: prose, lists, tables and headings, in several languages, at random."""
    text = "".join(itertools.chain.from_iterable(draw(TEXTS)))
    assume(text.strip())
    return text * draw(st.sampled_from([1, 1, 1, 40]))


@pytest.fixture(scope="session")
def quotes_for(read):
    """`quotes_for(question, retriever)`: what is chosen from all that is found."""

    def chosen(text, retriever):
        question = read(text)
        found = retriever.search(question.search_text, question.language, 10)
        near = sentences_of(question, found, retriever, Glossary(), TODAY)
        sentences = as_read(WordReader(), question.text, near)
        quotes = choose(sentences, (), LEAST.__le__) if sentences else []
        return quotes, found.hits

    return chosen


def assert_exact_few_and_short(evidence, hits, retriever):
    """What holds of every choice."""
    spans = {(e.document.id, e.start, e.end) for e in evidence}
    for e in evidence:
        assert retriever.snapshot.documents[e.document.id].text[e.start : e.end] == e.quote
        assert e.quote.strip()
        assert any(hit.passage.document == e.document.id for hit in hits)
    assert len(spans) == len(evidence) <= MAX_QUOTES == 3
    assert sum(len(e.quote) for e in evidence) <= MAX_QUOTE_CHARS == 600
    assert bool(hits) or not evidence


@settings(deadline=None, max_examples=8)
@given(
    bodies=st.lists(texts(), min_size=1, max_size=6, unique=True),
    questions=st.lists(st.lists(st.sampled_from(WORDS), max_size=6), min_size=8, max_size=8),
)
def test_of_any_documents_quotes_are_exact_few_and_short(
    retriever_of, desk_document, quotes_for, bodies, questions
):
    languages = itertools.cycle(["en", "zh", "ru"])
    retriever = retriever_of(
        *(
            desk_document(f"events/{number}.{language}", body)
            for number, (body, language) in enumerate(zip(bodies, languages, strict=False))
        )
    )

    for question in questions:
        evidence, hits = quotes_for(" ".join(question), retriever)

        assert_exact_few_and_short(evidence, hits, retriever)


@settings(deadline=None, max_examples=100)
@given(question=st.text(max_size=60))
def test_for_any_question_quotes_are_exact_few_and_short(desk, quotes_for, question):
    evidence, hits = quotes_for(question, desk)

    assert_exact_few_and_short(evidence, hits, desk)


def test_the_nearest_sentences_are_read_and_only_so_many(desk, read):
    question = read("How many booths has the 12th tea fair?")
    found = desk.search(question.search_text, question.language, 10)

    sentences = sentences_of(question, found, desk, Glossary(), TODAY)

    cosines = [sentence.cosine for sentence in sentences]
    assert cosines == sorted(cosines, reverse=True)
    assert 1 < len(sentences) <= SENTENCES_READ
    assert "The 12th tea fair has 74,600 booths." in [sentence.quote for sentence in sentences]


def test_sentences_of_another_edition_are_not_read(desk, read):
    question = read("How many booths has the 13th tea fair?")
    found = desk.search(question.search_text, question.language, 10)

    sentences = sentences_of(question, found, desk, Glossary(), TODAY)

    assert not any("12th tea fair" in sentence.context for sentence in sentences)


def test_a_sentence_is_read_below_its_title_and_headings(desk, read):
    question = read("How many booths has the 12th tea fair?")
    found = desk.search(question.search_text, question.language, 10)

    near = sentences_of(question, found, desk, Glossary(), TODAY)
    best = max(as_read(WordReader(), question.text, near), key=attrgetter("probability"))

    assert best.text == "12th tea fair > 12th tea fair | The 12th tea fair has 74,600 booths."
    assert best.probability > 0.5


def test_what_was_published_later_is_not_read(desk, read):
    question = read("How many booths has the 12th tea fair?")
    found = desk.search(question.search_text, question.language, 10)

    later, earlier = (
        {sentence.document.id for sentence in sentences_of(question, found, desk, Glossary(), day)}
        for day in (TODAY, date(1990, 1, 1))
    )

    assert "events/tea-fair-12.en" in later - earlier


def test_a_sentence_must_answer_both_questions(desk, read):
    question = read("How many booths has the 12th tea fair?")
    found = desk.search(question.search_text, question.language, 10)
    near = sentences_of(question, found, desk, Glossary(), TODAY)
    first, second = (as_read(WordReader(), text, near) for text in (question.text, "Kenya"))

    both = as_both(first, second)

    for one, other, mean in zip(first, second, both, strict=True):
        assert one.quote == other.quote == mean.quote
        assert mean.probability == pytest.approx((one.probability * other.probability) ** 0.5)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "# Rule\n\nIt asks for a form. The form is blue. It is free.\n",
            "It asks for a form. The form is blue.",
        ),
        ("It asks for a form.\n\nThe form is blue.\n", "It asks for a form."),
        (
            "It asks for a form. " + "The form is blue, " * 20 + "and free.\n",
            "It asks for a form.",
        ),
        ("规定要填表。表格是蓝色的。\n", "规定要填表。表格是蓝色的。"),
        ("# Rule\n", "# Rule\n"),
    ],
)
def test_a_document_begins_with_its_first_sentence_or_two(make_document, text, quote):
    document = make_document(text)

    begun = beginning(document)

    assert begun.quote == quote == document.text[begun.start : begun.end]
