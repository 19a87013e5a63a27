"""The deciding sentence is quoted first; another one only for another part, or for a list."""

from dataclasses import replace
from operator import attrgetter

import pytest

from bot.answers.choosing import MAX_QUOTES, choose
from bot.answers.evidence import as_read, opening, sentences_of
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
        return [quote.quote for quote in choose(question, sentences, WordReader(), LEAST.__le__)]

    return choose_for


def test_one_question_gets_one_quote(chosen):
    assert chosen("How many booths?") == ["The lamp fair has 300 booths."]


def test_each_clause_gets_its_own(chosen):
    quotes = chosen("How many booths has the lamp fair, and when does the lamp fair opens in May?")

    assert set(quotes) == {"The lamp fair has 300 booths.", "The lamp fair opens in May."}


def test_a_question_for_several_things_gets_all_that_answers_and_only_so_many(chosen):
    quotes = chosen("Which dishes are those that the lamp fair serves?")

    assert len(quotes) == MAX_QUOTES
    assert all("serves" in quote for quote in quotes)


@pytest.mark.parametrize(("reads", "is_quoted"), [(0.9, True), (0.3, True), (0.04, False)])
def test_another_document_is_quoted_if_it_reads_about_as_well(
    desk_document, read, reads, is_quoted
):
    best, other = (
        replace(opening(desk_document(f"events/{name}.en", text)), probability=probability)
        for name, text, probability in (
            ("lamps", "The lamp fair has 300 booths.\n", 0.97),
            ("teas", "The tea fair has 90 booths.\n", reads),
        )
    )

    quotes = choose(read("How many booths?"), [best, other], WordReader(), (0.02).__le__)

    assert [quote.document.stem for quote in quotes] == ["events/lamps", "events/teas"][
        : 1 + is_quoted
    ]
