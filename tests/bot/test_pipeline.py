"""Runs a list of steps, and writes down what each did."""

from dataclasses import replace
from datetime import date

import pytest

from bot.answers.case import Case
from bot.answers.pipeline import EachPart, run
from bot.answers.values import Dropped, Reason
from bot.errors import UnverifiedError

TOOLS = None
"""The steps of these tests need none."""


def name(case, _tools):
    return replace(case, text="named", changed="named it")


def drop(case, _tools):
    dropped = (Dropped(what="a", because="is old"),)
    return replace(case, dropped=dropped, scores={"a": 0.3, "threshold": 0.5})


def refuse(case, _tools):
    return replace(case, changed="saw").ends(Reason.NOT_READ)


def answer(case, _tools):
    return case.ends(Reason.ANSWERED)


def fail(_case, _tools):
    raise UnverifiedError("it says what its sources do not")


@pytest.fixture
def case():
    return Case(message="How many?", today=date(2026, 2, 15))


@pytest.fixture
def parts(case):
    """A message of two parts that has gone through a step."""
    parts = tuple(replace(case, part=number) for number in (1, 2))
    return replace(run((name,), case, TOOLS), parts=parts)


def test_each_step_works_on_what_the_one_before_returned(case):
    seen = []

    result = run((name, lambda case, _: seen.append(case.text) or case), case, TOOLS)

    assert seen == ["named"]
    assert result.text == "named"


def test_what_a_step_tells_goes_into_the_trace_and_not_to_the_next_step(case):
    result = run((name, drop, refuse), case, TOOLS).case

    first, second, third = result.trace
    assert (first.step, first.changed, first.dropped, first.ends) == ("name", "named it", (), None)
    assert (second.step, second.changed) == ("drop", "")
    assert second.dropped == (Dropped(what="a", because="is old"),)
    assert second.scores == {"a": 0.3, "threshold": 0.5}
    assert (third.changed, third.dropped, third.ends) == ("saw", (), Reason.NOT_READ)
    assert all(step.took_ms >= 0 for step in result.trace)


def test_no_step_follows_the_one_that_ends_the_case(case):
    outcome = run((refuse, fail), case, TOOLS)

    assert outcome.reason is Reason.NOT_READ
    assert [step.step for step in outcome.case.trace] == ["refuse"]


def test_an_answer_that_is_not_verified_is_withheld_with_its_trace(case):
    outcome = run((name, fail), case, TOOLS)

    assert outcome.reason is Reason.WITHHELD
    assert [(step.step, step.ends) for step in outcome.case.trace] == [
        ("name", None),
        ("fail", Reason.WITHHELD),
    ]


def test_the_trace_tells_the_steps_of_the_message_once_and_those_of_each_part(parts):
    result = run((EachPart(steps=(answer,), retry=(fail,)), name), parts, TOOLS)

    assert [outcome.reason for outcome in result.ended] == [Reason.ANSWERED] * 2
    assert [(step.step, step.part) for step in result.trace] == [
        ("name", 0),
        ("answer", 1),
        ("answer", 2),
        ("name", 0),
    ]


@pytest.mark.parametrize(
    ("last", "reason"), [(answer, Reason.ANSWERED), (refuse, Reason.NOT_FOUND)]
)
def test_a_part_without_an_answer_is_tried_once_more_and_keeps_its_first_reason(
    parts, last, reason
):
    def find_nothing(case, _tools):
        return case.ends(Reason.NOT_FOUND)

    result = run((EachPart(steps=(find_nothing,), retry=(name, last)),), parts, TOOLS)

    assert result.ended[0].reason is reason
    assert [step.step for step in result.ended[0].case.trace] == [
        "find_nothing",
        "name",
        last.__name__,
    ]


def test_a_part_that_ends_the_message_is_its_only_one(parts):
    def list_all(case, _tools):
        return replace(case.ends(Reason.LISTED), ends_message=True)

    result = run((EachPart(steps=(list_all,), retry=()),), parts, TOOLS)

    assert [outcome.reason for outcome in result.ended] == [Reason.LISTED]


def test_a_part_that_no_step_ends_is_an_error(parts):
    with pytest.raises(TypeError, match="ends it"):
        run((EachPart(steps=(name,), retry=()),), parts, TOOLS)
