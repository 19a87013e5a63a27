"""The message as it is read from here on."""

from bot.answers.case import Case
from bot.answers.question import MAX_CHARS
from bot.answers.steps.clean import clean
from tests.bot.conftest import TODAY


def _cleaned(message):
    return clean(Case(message=message, today=TODAY), None)


def test_what_carries_no_meaning_is_left_out_and_the_trace_says_so():
    case = _cleaned("By the way,\u200b  who runs\nthe fair?")

    assert case.text == "who runs the fair?"
    assert "who runs the fair?" in case.changed


def test_a_clean_message_stays_as_it_is():
    case = _cleaned("Who runs the fair?")

    assert (case.text, case.changed, case.was_cut) == ("Who runs the fair?", "", False)


def test_a_long_message_is_cut():
    case = _cleaned("tea " * MAX_CHARS)

    assert case.was_cut
    assert len(case.text) <= MAX_CHARS


def test_a_change_of_topic_is_noticed():
    assert _cleaned("换个话题，展会在哪里？").starts_anew
    assert not _cleaned("顺便问一下，展会在哪里？").starts_anew
