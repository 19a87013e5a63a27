"""A follow-up on its way: completed first, read otherwise by the retry."""

from dataclasses import replace

from bot.answers.case import Case
from bot.answers.steps.resolve_history import resolve_history
from bot.answers.steps.reword import reword
from tests.bot.conftest import TODAY
from tests.bot.reading import read_question


def asked(said):
    return Case(
        message=said,
        today=TODAY,
        history=("丝绸园在哪里？",),
        question=read_question(said, TODAY),
    )


def test_the_retry_takes_the_other_reading_of_a_doubtful_follow_up(tools):
    case = resolve_history(asked("怎么申请？"), tools)
    again = reword(case, tools)

    assert case.question.search_text == "丝绸园在哪里？ 怎么申请？"
    assert "completed to" in case.changed
    assert (again.question, again.otherwise) == (case.otherwise, case.question)


def test_a_message_that_changes_the_subject_stays_as_it_is(tools):
    case = replace(asked("它怎么申请？"), starts_anew=True)

    assert resolve_history(case, tools).question == case.question
