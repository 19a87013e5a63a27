"""The message as it is read from here on."""

import pytest

from bot.answers.case import Case
from bot.answers.cleaning import MAX_CHARS
from bot.answers.steps.clean import clean
from tests.bot.conftest import TODAY


@pytest.fixture
def cleaned(tools):
    """`cleaned(message)`: the case after the step."""
    return lambda message: clean(Case(message=message, today=TODAY), tools)


def test_what_carries_no_meaning_is_left_out_and_the_trace_says_so(cleaned):
    case = cleaned("By the way,\u200b  who runs\nthe fair?")

    assert case.text == "who runs the fair?"
    assert "who runs the fair?" in case.changed


def test_a_clean_message_stays_as_it_is(cleaned):
    case = cleaned("Who runs the fair?")

    assert (case.text, case.changed, case.was_cut) == ("Who runs the fair?", "", False)


def test_a_long_message_is_cut(cleaned):
    case = cleaned("tea " * MAX_CHARS)

    assert case.was_cut
    assert len(case.text) <= MAX_CHARS


def test_a_change_of_topic_is_noticed(cleaned):
    assert cleaned("换个话题，展会在哪里？").starts_anew
    assert not cleaned("顺便问一下，展会在哪里？").starts_anew


def test_who_shouts_is_read_as_documents_write(cleaned):
    shouted = cleaned("WHERE DOES THE SILK PARK LIE IN SUZHOU?")

    assert shouted.text == "Where does the silk park lie in Suzhou?"
