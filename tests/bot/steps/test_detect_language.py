"""The language of the message is that of the answer."""

import pytest

from bot.answers.case import Case
from bot.answers.steps.detect_language import detect_language
from tests.bot.conftest import TODAY


def _language(text, *history, **more):
    case = Case(message=text, text=text, today=TODAY, history=history, **more)
    return detect_language(case, None).language


@pytest.mark.parametrize(
    ("text", "language"), [("展会在哪里？", "zh"), ("Where is it?", "en"), ("Где она?", "ru")]
)
def test_it_is_that_of_the_words(text, language):
    assert _language(text) == language


def test_without_a_letter_it_is_that_of_the_last_turn_that_has_one():
    assert _language("2025?", "展会在哪里？", "Where is it?", "??") == "en"


def test_where_nothing_tells_it_is_the_usual_one():
    assert _language("2025?", usual_language="ru") == "ru"


def test_a_given_one_overrules():
    assert _language("Where is it?", language="zh") == "zh"
