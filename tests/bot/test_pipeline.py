"""Steps run in order, an outcome ends a case, and each leaves its trace."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.answers.case import MAX_ENCODINGS, NO_QUESTION, Case
from bot.answers.evidence import Evidence
from bot.answers.gaps import Gap
from bot.answers.pipeline import EachPart, EachReading, run
from bot.answers.reasons import Reason
from bot.answers.values import Dropped
from bot.errors import UnverifiedError
from index import Remark
from tests.bot.conftest import TODAY
from tests.bot.handmade_fits import decision_fit

CASE = Case(message="When?", today=TODAY)


def trim(case, _tools):
    return replace(case, text=case.message.rstrip("?"), changed="trimmed")


def drop(case, _tools):
    return replace(case, dropped=(Dropped(what="a", because=Remark("b")),), scores={"best": 0.5})


def give_up(case, _tools):
    return case.ends(Reason.NOT_READ)


def encode(case, _tools):
    return replace(case, encodings_left=case.encodings_left - 1)


def answer(case, _tools):
    return case.ends(Reason.ANSWERED)


def end_all(case, _tools):
    return replace(case.ends(Reason.SMALL_TALK), ends_message=True)


def _parts(count):
    return replace(CASE, parts=tuple(replace(CASE, part=n) for n in range(1, count + 1)))


def _names(case):
    return [trace.step for trace in case.trace]


def test_each_step_gets_what_the_one_before_returned_and_leaves_a_trace():
    case = run((trim, drop), CASE, None)

    assert case.text == "When"
    first, second = case.trace
    assert (first.step, first.changed, first.dropped) == ("trim", "trimmed", ())
    assert (second.step, second.changed, second.scores) == ("drop", "", {"best": 0.5})
    assert second.dropped == (Dropped(what="a", because=Remark("b")),)
    assert min(first.took_ms, second.took_ms) >= 0


def test_an_outcome_ends_the_run_and_says_where():
    outcome = run((trim, give_up, drop), CASE, None)

    assert outcome.reason is Reason.NOT_READ
    assert outcome.case.text == "When"
    assert [(t.step, t.ends) for t in outcome.case.trace] == [
        ("trim", None),
        ("give_up", Reason.NOT_READ),
    ]


def test_an_answer_that_is_not_verified_is_withheld_with_its_trace(caplog):
    def fail(_case, _tools):
        raise UnverifiedError("it says what its sources do not")

    outcome = run((trim, fail), CASE, None)

    assert outcome.reason is Reason.WITHHELD
    assert [(t.step, t.ends) for t in outcome.case.trace] == [
        ("trim", None),
        ("fail", Reason.WITHHELD),
    ]
    assert "withheld" in caplog.text


def test_every_part_of_a_message_has_an_outcome_of_its_own():
    case = run((trim, EachPart(steps=(answer,), retry=()), drop), _parts(2), None)

    assert [outcome.reason for outcome in case.ended] == [Reason.ANSWERED] * 2
    assert [(t.step, t.part) for t in case.trace] == [
        ("trim", 0),
        ("answer", 1),
        ("answer", 2),
        ("drop", 0),
    ]


def test_an_outcome_for_the_message_spares_the_other_parts():
    case = run((EachPart(steps=(end_all,), retry=()),), _parts(3), None)

    assert [outcome.reason for outcome in case.ended] == [Reason.SMALL_TALK]
    assert _names(case) == ["end_all"]


@pytest.mark.parametrize(
    ("retry", "reason", "steps"),
    [
        ((trim, answer), Reason.ANSWERED, ["give_up", "trim", "answer"]),
        ((trim, give_up), Reason.NOT_READ, ["give_up", "trim", "give_up"]),
    ],
)
def test_a_part_without_an_answer_is_tried_once_more(retry, reason, steps):
    case = run((EachPart(steps=(give_up,), retry=retry),), _parts(1), None)

    assert [outcome.reason for outcome in case.ended] == [reason]
    assert _names(case) == steps


def test_a_part_without_any_answer_keeps_what_was_found_first():
    def find(case, _tools):
        return replace(case, text=f"{case.text} found").ends(Reason.NOT_READ)

    case = run((EachPart(steps=(find,), retry=(find,)),), _parts(1), None)

    assert case.ended[0].case.text == " found"
    assert _names(case.ended[0].case) == ["find", "find"]


def test_a_part_with_an_answer_is_not_tried_again():
    case = run((EachPart(steps=(answer,), retry=(trim, answer)),), _parts(1), None)

    assert _names(case) == ["answer"]


def test_no_message_encodes_more_than_it_may():
    retrying = EachPart(steps=(encode, give_up), retry=(encode, give_up))

    case = run((retrying,), _parts(3), None)

    assert _names(case).count("encode") == MAX_ENCODINGS
    assert [trace.part for trace in case.trace if trace.step == "encode"] == [1, 1, 2, 3]


def test_the_last_step_of_a_part_must_end_it():
    with pytest.raises(TypeError, match="last step"):
        run((EachPart(steps=(trim,), retry=()),), _parts(1), None)


def of_question(text):
    return replace(NO_QUESTION, text=text, search_text=text)


def read_as_often_as_it_says(case, _tools):
    """Reads the question `0.9` with that probability, `0.1 not held` with a gap, `none` not."""
    if case.question.text == "none":
        return case.ends(Reason.NOT_FOUND)
    probability = float(case.question.text.removesuffix(" not held"))
    sentence = Evidence(document=None, start=0, end=0, language="en", probability=probability)
    gap = Gap(entry=None, document=None, cosine=0.9) if "held" in case.question.text else None
    return replace(case, sentences=(sentence,), gap=gap)


def read_each(*texts, left=MAX_ENCODINGS):
    case = replace(CASE, readings=tuple(map(of_question, texts)), encodings_left=left)
    tools = SimpleNamespace(fit=decision_fit())
    return run((EachReading((read_as_often_as_it_says,)),), case, tools)


def test_of_what_a_message_may_ask_the_question_that_reads_best_goes_on():
    case = read_each("0.2", "0.9", "none")

    assert case.question.text == "0.9"
    assert case.encodings_left == MAX_ENCODINGS - 3
    assert _names(case) == ["read_as_often_as_it_says"]


def test_if_none_is_answered_what_is_not_held_is_told_rather_than_what_is_near():
    assert read_each("0.00001", "0.000001 not held").question.text == "0.000001 not held"
    assert read_each("0.9", "0.000001 not held").question.text == "0.9"


def test_if_none_of_them_can_be_read_it_ends_as_the_first_did():
    ended = read_each("none", "none")

    assert (ended.reason, ended.case.question.text) == (Reason.NOT_FOUND, "none")


def test_no_more_of_them_are_read_than_may_be_encoded_but_one():
    assert read_each("0.2", "0.3", "0.9", left=2).question.text == "0.3"
    assert read_each("0.2", "0.9", left=0).question.text == "0.2"
