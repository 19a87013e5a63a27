"""Puts the outcomes of all parts together: here those without a quote, told by their reasons."""

from dataclasses import replace
from datetime import date

import pytest

from bot.answers.abstention import shipped_fit
from bot.answers.case import Case, Outcome, Tools
from bot.answers.finding import find
from bot.answers.lists import Lists
from bot.answers.steps.compose import compose, withheld
from bot.answers.values import Reason
from bot.texts import LANGUAGES, text
from index import Glossary

GAP = "The documents held here do not give the price of a booth."
ABSTAINING = [reason for reason in Reason if reason.may_retry]


@pytest.fixture(scope="module")
def tools(desk):
    return Tools(desk, Glossary(), Lists(desk, Glossary()), shipped_fit())


@pytest.fixture
def composed(tools, read):
    """`composed(reason, language=..., found=True, **details)`: the answer to a part that ended."""

    def compose_one(reason, language="en", *, found=True, **details):
        case = Case(message="How many?", today=date(2026, 2, 15), language=language)
        hits = find(read("How many booths has the tea fair?"), tools.retriever, tools.glossary)
        part = replace(case, part=1, all_found=hits) if found else replace(case, part=1)
        ended = replace(case, ended=(Outcome(reason, part, details),))
        return compose(ended, tools).answer

    return compose_one


@pytest.mark.parametrize("language", [*LANGUAGES, "zh-Hant"])
@pytest.mark.parametrize("reason", ABSTAINING)
def test_whoever_gets_no_answer_is_told_the_reason_first(composed, reason, language):
    answer = composed(reason, language)

    assert answer.reason is reason
    assert answer.text.splitlines()[0] == text(f"no_answer_{reason}", language)


def test_the_nearest_topics_follow_where_there_are_any(composed):
    with_topics, without = composed(Reason.NOT_READ), composed(Reason.NOT_READ, found=False)

    heading = text("nearest_topics", "en")
    assert with_topics.text.splitlines()[1] == heading
    assert with_topics.text.splitlines()[2:] == [f"· {title}" for title in with_topics.suggestions]
    assert without.text == text("no_answer_not_read", "en")


def test_who_may_mean_several_things_is_asked_which_where_there_are_any(composed):
    with_topics, without = composed(Reason.UNCLEAR), composed(Reason.UNCLEAR, found=False)

    assert with_topics.text.splitlines()[1] == text("did_you_mean", "en")
    assert with_topics.text.splitlines()[2].startswith("· ")
    assert without.text == text("no_answer_unclear", "en")


def test_what_the_documents_say_of_a_gap_follows_the_reason(composed):
    assert composed(Reason.NOT_COVERED, gap=GAP).text.splitlines()[1] == GAP


def test_a_ready_reply_is_the_whole_answer(composed):
    answer = composed(Reason.DECLINED_SCOPE, text="declined_scope")

    assert answer.text == text("declined_scope", "en")


def test_a_withheld_answer_tells_so_in_the_language_of_the_question(tools):
    case = Case(message="有多少？", today=date(2026, 2, 15), language="zh")

    answer = withheld(case, tools).answer

    assert answer.text == text("no_answer_withheld", "zh")
    assert (answer.suggestions, answer.citations) == ((), ())
