"""Nothing is sent that the cited documents do not hold."""

from dataclasses import replace

import pytest

from bot.answers.reasons import Reason
from bot.answers.steps.verify import verify
from bot.errors import UnverifiedError

MESSAGE = "How many booths has the 12th tea fair?"


def test_an_answer_of_exact_quotes_passes(outcome):
    assert outcome(verify, MESSAGE).reason is Reason.ANSWERED


def test_an_answer_that_says_more_does_not(before, tools):
    case = before(verify, MESSAGE)

    with pytest.raises(UnverifiedError):
        verify(replace(case, body=f"{case.body} And 99 more."), tools)
