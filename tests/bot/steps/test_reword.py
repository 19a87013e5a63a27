"""A part without an answer is worded otherwise, once."""

import pytest

from bot.answers.answerer import OF_A_PART
from bot.answers.case import Case
from bot.answers.pipeline import run
from bot.answers.reasons import Reason
from bot.answers.steps.decide import decide
from bot.answers.steps.reword import reword
from bot.answers.steps.split_parts import split_parts


@pytest.fixture
def part(before, tools):
    """`part(message)`: its first part after the search."""

    def found(message):
        first = split_parts(before(split_parts, message), tools).parts[0]
        return run(OF_A_PART.steps[: OF_A_PART.steps.index(decide)], first, tools).case

    return found


def test_a_country_that_is_only_told_of_the_asker_is_no_condition(part, tools):
    message = "We make pots in Denmark with 9 kilns. How many booths has the tea fair?"

    case = reword(part(message), tools)

    assert case.question.search_text == message
    assert case.question.countries == frozenset()


def test_a_part_is_read_with_the_rest_of_its_message(part, tools):
    message = "How many booths has the tea fair? Where does the silk park lie?"

    case = reword(part(message), tools)

    assert case.question.search_text == message
    assert case.is_whole_message


def test_there_may_be_no_other_wording(part, tools):
    result = reword(part("How many booths has the tea fair?"), tools)

    assert not isinstance(result, Case)
    assert result.reason is Reason.NOT_READ
