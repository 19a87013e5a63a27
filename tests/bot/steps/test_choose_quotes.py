"""The part ends with its quotes; what was not chosen stands in the trace."""

import pytest

from bot.answers.choosing import MAX_QUOTES
from bot.answers.reasons import Reason
from bot.answers.steps.choose_quotes import choose_quotes


def test_it_ends_with_the_sentence_that_answers_first(outcome):
    ended = outcome(choose_quotes, "How many booths has the 12th tea fair?")

    assert ended.reason is Reason.ANSWERED
    assert ended.case.quotes[0].quote == "The 12th tea fair has 74,600 booths."
    assert 1 <= len(ended.case.quotes) <= MAX_QUOTES


def test_sentences_that_were_not_chosen_are_told_with_their_scores(outcome):
    ended = outcome(choose_quotes, "How many booths has the 12th tea fair?")

    quoted = {quote.quote for quote in ended.case.quotes}
    assert all(dropped.because.startswith("read") for dropped in ended.case.dropped)
    assert quoted.isdisjoint(dropped.what for dropped in ended.case.dropped)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("Who may claim the harbour rebate at the pier office?", Reason.OUT_OF_DATE),
        ("Where does the silk park lie?", Reason.ANSWERED),
    ],
)
def test_an_answer_that_is_valid_no_longer_says_so(outcome, message, reason):
    assert outcome(choose_quotes, message).reason is reason
