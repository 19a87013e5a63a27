"""One threshold decides whether to answer."""

from dataclasses import replace

import pytest

from bot.answers.case import Case
from bot.answers.decision import THRESHOLD, log_odds
from bot.answers.evidence import NEAR
from bot.answers.reasons import Reason
from bot.answers.steps.decide import decide
from tests.bot.handmade_fits import decision_fit


def test_what_the_sentences_answer_goes_on_with_its_confidence(before, tools):
    case = decide(before(decide, "How many booths has the 12th tea fair?"), tools)

    assert isinstance(case, Case)
    assert case.confidence >= THRESHOLD
    assert case.scores == {"confidence": case.confidence, "threshold": THRESHOLD}


def test_below_the_threshold_it_ends(before, tools):
    case = before(decide, "How many booths has the 12th tea fair?")
    doubtful = replace(tools, fit=decision_fit(threshold=1000.0))

    outcome = decide(case, doubtful)

    assert outcome.reason is Reason.NOT_READ
    assert outcome.case.confidence < THRESHOLD


@pytest.mark.parametrize("words", ["12th tea fair booths", "booths tea fair 12th"])
def test_words_that_ask_nothing_are_answered_by_a_sentence_that_has_them_all(before, tools, words):
    doubtful = replace(tools, fit=decision_fit(threshold=1000.0))

    outcome = decide(before(decide, words), doubtful)

    assert outcome.reason is Reason.ANSWERED
    assert ["booths" in quote.quote for quote in outcome.case.quotes] == [True]


@pytest.mark.parametrize("words", ["12th tea fair parking", "Has the 12th tea fair booths?"])
def test_other_words_and_questions_are_left_to_the_reader(before, tools, words):
    doubtful = replace(tools, fit=decision_fit(threshold=1000.0))

    assert decide(before(decide, words), doubtful).reason is Reason.NOT_READ


def test_what_is_about_something_else_altogether_is_told_so(before, tools):
    """Not behind earlier questions: what they were about may be what is meant."""
    case = before(decide, "How many booths has the 12th tea fair?")
    far = replace(case, sentences=tuple(replace(s, cosine=NEAR - 0.01) for s in case.sentences))
    doubtful = replace(tools, fit=decision_fit(threshold=1000.0))

    assert decide(far, doubtful).reason is Reason.NOT_FOUND
    assert decide(replace(far, history=("Hello",)), doubtful).reason is Reason.NOT_READ


def test_a_document_in_one_language_is_read_once(before):
    case = before(decide, "How many booths has the 12th tea fair?")
    alone = replace(case, elsewhere=())

    assert alone.reading == log_odds(case.sentences[0].probability)


def test_what_another_language_of_the_document_says_counts_as_much(before):
    case = before(decide, "How many booths has the 12th tea fair?")
    best, *_ = case.sentences

    def with_elsewhere(*probabilities):
        others = tuple(replace(best, probability=p) for p in probabilities)
        return replace(case, elsewhere=others).reading

    own = log_odds(best.probability)
    assert with_elsewhere(0.1, 0.6, 0.2) == pytest.approx((own + log_odds(0.6)) / 2)
    assert with_elsewhere(0.1) < with_elsewhere(0.6)
