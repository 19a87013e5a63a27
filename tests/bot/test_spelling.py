"""Slips of the finger and names in pinyin are mended; what is simply unknown is left alone."""

import pytest

from bot.answers.spelling import mended
from index import Glossary
from index.glossary import Entry, EntryKind
from tests.bot.conftest import TODAY
from tests.bot.reading import read_completed

GLOSSARY = Glossary(
    [
        Entry(id="tea-fair", kind=EntryKind.EVENT, zh="茶博会", en="tea fair"),
        Entry(id="boc", kind=EntryKind.INSTITUTION, zh="中行", en="Bank of China"),
    ]
)


@pytest.fixture(scope="session")
def mend(desk):
    """`mend(text)`: the question as it is searched for, and its language."""

    def read(text, *history):
        question = mended(read_completed(text, TODAY, history), desk, GLOSSARY)
        return question.search_text, question.language

    return read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("How many booths has the tea fair in Hangzhuo?", "hangzhou"),
        ("Which cooks from Yunnan are planed for the spice fair?", "planned"),
        ("the spice fair shows pepper and saffran", "saffron"),
        ("how meny booths has the tea fair", "many"),
    ],
)
def test_a_slip_becomes_the_word_of_the_documents(mend, typed, meant):
    text, language = mend(typed)

    assert (meant in text.lower(), language) == (True, "en")


@pytest.mark.parametrize(
    "typed",
    [
        "Who painted the Mona Lisa?",
        "How many booths has the tea fair?",
        "茶叶博览会有多少展位？",
        "",
        "?",
        "How many booths has the Aramco fair?",
        "How many booths has Wysh at the tea fair?",
        "How many coaches has the tea fair?",
    ],
)
def test_what_is_known_or_about_something_else_is_left_as_typed(mend, typed):
    assert mend(typed)[0] == typed


def test_a_name_in_pinyin_becomes_the_name_and_the_question_chinese(mend):
    text, language = mend("chabohui shenme shihou kaimu")

    assert ("茶博会" in text, language) == (True, "zh")


def test_a_name_in_pinyin_within_chinese_is_replaced_alone(mend):
    assert mend("chabohui 有多少展位？") == ("茶博会 有多少展位？", "zh")


def test_names_of_two_syllables_are_no_pinyin(mend):
    assert "中行" not in mend("How many booths has zhonghang at the tea fair?")[0]


def test_what_an_earlier_turn_said_is_mended_too(mend):
    text, _ = mend("And from where?", "Does the spice fair show saffran?")

    assert "saffron" in text


def test_another_word_with_another_first_letter_is_no_slip(mend):
    assert mend("How many beans has the tea fair in Hangzhou?")[0].count("beans") == 1


def test_everyday_words_are_no_names_in_pinyin(desk):
    words = Glossary([Entry(id="insured", kind="word", zh="买保险", en="insured")])

    read = read_completed("mai baoxian maibaoxian", TODAY)
    assert "买保险" not in mended(read, desk, words).search_text
