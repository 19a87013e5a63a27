"""What the bot suggests to ask, it can answer: a canned check asks each of its suggestions."""

import re

import pytest

from bot.answers.reasons import AnswerStatus
from bot.chat.conversation import EXAMPLES
from bot.checks.loading import load_checks
from bot.texts import INTERFACE_LANGUAGES, LANGUAGES, interface, text

ENDING_IN_ONE = (
    "no_answer_empty",
    "asks_decision",
    "declined_weather",
    "declined_writing",
    "declined_rates",
    "declined_booking",
)
"""Keys of the texts that end in a question in quotation marks."""
QUOTED = re.compile(r"[“«「]([^“«「]+)[”»」]\W?$")


@pytest.fixture(scope="module")
def promised(project):
    """The questions that canned checks find answered."""
    return {
        check.question
        for check in load_checks([project / "corpus" / "checks"])
        if check.status == (AnswerStatus.ANSWERED,) and not check.expected_failure
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_that_a_text_suggests_is_promised_to_be_answered(promised, language):
    said = [text(key, language) for key in ENDING_IN_ONE]
    suggested = [found[1] for sentence in said if (found := QUOTED.search(sentence))]

    assert len(suggested) == len(ENDING_IN_ONE)
    assert set(suggested) - promised == set()


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_the_examples_at_the_start_are_promised_to_be_answered(promised, language):
    assert {interface(key, language) for key in EXAMPLES} - promised == set()
