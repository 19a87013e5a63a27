"""The deciding sentence is quoted first; another one only for another part, or for a list."""

from dataclasses import replace
from operator import attrgetter

import pytest

from bot.answers.choosing import MAX_QUOTES, choose
from bot.answers.evidence import as_read, opening, quotable, sentences_of
from index import Glossary
from index.readers.word_reader import WordReader
from tests.bot.conftest import TODAY

LEAST = 0.35
TEXT = (
    "The lamp fair has 300 booths.\n\nThe lamp fair opens in May.\n\nThe lamp fair serves tea.\n\n"
    "The lamp fair serves rice.\n\nThe lamp fair serves soup.\n\nThe lamp fair serves fish.\n"
)


@pytest.fixture(scope="module")
def chosen(retriever_of, desk_document, read):
    """`chosen(question)`: quotes from a document about a fair."""
    retriever = retriever_of(desk_document("events/lamps.en", TEXT, title="Lamps"))

    def choose_for(text):
        question = read(text)
        found = retriever.search(question.search_text, question.language, 10)
        near = sentences_of(question, found, retriever, Glossary(), TODAY)
        read_ones = as_read(WordReader(), question.text, near)
        sentences = sorted(read_ones, key=attrgetter("probability"), reverse=True)
        return [quote.quote for quote in choose(sentences, (), LEAST.__le__)]

    return choose_for


def test_one_question_gets_one_quote(chosen):
    assert chosen("How many booths?") == ["The lamp fair has 300 booths."]


def _read_as(desk_document, *probabilities):
    document = desk_document("events/lamps.en", TEXT, title="Lamps")
    return [
        replace(sentence, probability=probability)
        for sentence, probability in zip(quotable(document), probabilities, strict=False)
    ]


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        (0.9, ["fair has 300 booths", "fair opens in May", "fair serves tea"]),
        (0.1, ["fair opens in May", "fair serves tea"]),
    ],
)
def test_what_answers_each_clause_is_quoted_behind_what_answers_all_if_anything_does(
    desk_document, whole, expected
):
    sentences = _read_as(desk_document, whole, 0.01, 0.0)
    of_clauses = [replace(sentence, probability=0.8) for sentence in sentences[1:]]

    quotes = choose(sentences, of_clauses, LEAST.__le__)

    assert [quote.quote for quote in quotes] == [f"The lamp {said}." for said in expected]


def test_a_question_for_several_things_gets_all_that_answers_and_only_so_many(chosen):
    quotes = chosen("Which dishes are those that the lamp fair serves?")

    assert len(quotes) == MAX_QUOTES
    assert all("serves" in quote for quote in quotes)


@pytest.mark.parametrize(("reads", "is_quoted"), [(0.9, True), (0.3, True), (0.04, False)])
def test_another_document_is_quoted_if_it_reads_about_as_well(desk_document, reads, is_quoted):
    best, other = (
        replace(opening(desk_document(f"events/{name}.en", text)), probability=probability)
        for name, text, probability in (
            ("lamps", "The lamp fair has 300 booths.\n", 0.97),
            ("teas", "The tea fair has 90 booths.\n", reads),
        )
    )

    quotes = choose([best, other], (), (0.02).__le__)

    assert [quote.document.stem for quote in quotes] == ["events/lamps", "events/teas"][
        : 1 + is_quoted
    ]
