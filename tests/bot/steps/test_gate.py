"""Hits about another year, edition or code than the question names are dropped."""

import pytest

from bot.answers.case import Case
from bot.answers.reasons import Reason
from bot.answers.steps.gate import gate


@pytest.mark.parametrize(
    "message",
    [
        "How many booths had the 13th tea fair in Hangzhou?",
        "监管代码9811用于什么？",
    ],
)
def test_nothing_is_left_of_what_is_about_another(outcome, message):
    ended = outcome(gate, message)

    assert ended.reason is Reason.NAMES_ANOTHER
    assert ended.case.found.hits == ()
    assert len(ended.case.dropped) == len(ended.case.all_found.hits)


def test_hits_of_another_year_are_dropped_and_others_stay(before, tools):
    case = before(gate, "How many booths had the tea fair in 2019?")

    gated = gate(case, tools)

    dropped = {dropped.what.partition("@")[0] for dropped in gated.dropped}
    assert "events/tea-fair-12.en" in dropped
    assert dropped.isdisjoint(hit.passage.document for hit in gated.found.hits)


def test_what_fits_is_kept(before, tools):
    kept = gate(before(gate, "How many booths had the 12th tea fair?"), tools)

    assert isinstance(kept, Case)
    assert "events/tea-fair-12.en" in {hit.passage.document for hit in kept.found.hits}
