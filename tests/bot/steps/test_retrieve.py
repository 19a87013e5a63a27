"""Hits for a question, and what costs an encoding."""

from bot.answers.case import Case
from bot.answers.reasons import Reason
from bot.answers.steps.retrieve import retrieve


def test_the_best_hits_come_first_and_one_encoding_is_spent(before, tools):
    case = before(retrieve, "How many booths has the tea fair?")

    found = retrieve(case, tools)

    assert isinstance(found, Case)
    assert found.found.hits[0].passage.document == "events/tea-fair-12.en"
    assert found.encodings_left == case.encodings_left - 1
    assert next(iter(found.scores)) == found.found.hits[0].passage.id


def test_one_word_that_may_mean_many_things_is_unclear(outcome):
    assert outcome(retrieve, "fair").reason is Reason.UNCLEAR
