"""Greetings, thanks and introductions are left out before the question is split."""

import pytest

from bot.answers.steps.leave_out_asides import leave_out_asides


@pytest.fixture
def left(before, tools):
    """`left(message)`: the case after the step."""
    return lambda message: leave_out_asides(before(leave_out_asides, message), tools)


def test_what_stands_around_the_question_is_kept_apart_and_told(left):
    case = left("Hello! We are a small firm. How many booths has the tea fair? Thank you!")

    assert case.question.text == "How many booths has the tea fair?"
    assert "We are a small firm." in case.question.told
    assert "left out" in case.changed


def test_a_bare_question_stays_as_it_is(left):
    case = left("How many booths has the tea fair?")

    assert (case.question.text, case.question.told, case.changed) == (
        "How many booths has the tea fair?",
        "",
        "",
    )
