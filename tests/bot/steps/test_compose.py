"""The outcomes of all parts become one answer."""

import pytest

from bot.answers.steps.compose import compose
from bot.answers.values import Reason


@pytest.fixture
def composed(before, tools):
    """`composed(message)`: the answer, before it is verified."""
    return lambda message: compose(before(compose, message), tools).answer


def test_quotes_are_numbered_and_cited(composed):
    answer = composed("How many booths has the 12th tea fair?")

    assert answer.reason is Reason.ANSWERED
    assert answer.text.startswith("The 12th tea fair has 74,600 booths. [1]")
    assert [citation.number for citation in answer.citations] == [
        *range(1, len(answer.citations) + 1)
    ]


def test_each_part_has_its_quote(composed):
    answer = composed("How many booths has the 12th tea fair? Where does the silk park lie?")

    assert {"events/tea-fair-12", "zones/silk-park"} <= {
        citation.document.stem for citation in answer.citations
    }


def test_without_quotes_the_answer_says_so_and_names_what_is_near(composed):
    answer = composed("How many booths had the 13th tea fair?")

    assert answer.reason is Reason.NAMES_ANOTHER
    assert answer.citations == ()
    assert "12th tea fair" in answer.suggestions


def test_an_answer_tells_how_sure_it_is(composed):
    assert 0.5 <= composed("How many booths has the 12th tea fair?").confidence <= 1
    assert composed("你好").confidence is None
