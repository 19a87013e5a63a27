"""One threshold decides whether to answer."""

from dataclasses import replace

from bot.answers.abstention import THRESHOLD
from bot.answers.case import Case
from bot.answers.reasons import Reason
from bot.answers.steps.decide import decide


def test_what_the_sentences_answer_goes_on_with_its_confidence(before, tools):
    case = decide(before(decide, "How many booths has the 12th tea fair?"), tools)

    assert isinstance(case, Case)
    assert case.confidence >= THRESHOLD
    assert case.scores == {"confidence": case.confidence, "threshold": THRESHOLD}


def test_below_the_threshold_it_ends(before, tools):
    case = before(decide, "How many booths has the 12th tea fair?")
    never = tools.fit.same_language.model_copy(update={"threshold": 1000.0})
    fit = tools.fit.model_copy(update={"same_language": never})
    doubtful = replace(tools, fit=fit)

    outcome = decide(case, doubtful)

    assert outcome.reason is Reason.NOT_READ
    assert outcome.case.confidence < THRESHOLD
