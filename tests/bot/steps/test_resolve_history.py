"""What a message may ask: as it stands, or behind the turns before it; reading tells which."""

from dataclasses import replace

import pytest

from bot.answers.case import Case
from bot.answers.steps.resolve_history import resolve_history
from tests.bot.conftest import TODAY
from tests.bot.reading import read_question


@pytest.fixture(scope="module")
def readings(tools):
    """`readings(said, *before)`: what is searched for each thing that a message may ask."""

    def read(said, *before, **more):
        case = Case(message=said, today=TODAY, history=before, question=read_question(said, TODAY))
        laid_out = resolve_history(replace(case, **more), tools)
        return [reading.search_text for reading in laid_out.readings]

    return read


@pytest.mark.parametrize(
    "said", ["多少企业？", "And how many firms?", "那江苏呢", "what about 2024", "RCEP 2025"]
)
def test_a_question_may_be_of_its_own_or_go_on_from_the_turn_before(readings, said):
    assert readings(said, "丝绸园在哪里？") == [said, f"丝绸园在哪里？ {said}"]


@pytest.mark.parametrize(
    "said",
    [
        "2025年中国出口到越南的钢材是多少吨？",
        "How many overseas buyers came to the autumn 2025 Canton Fair?",
        "С какого дня действует новый закон о внешней торговле?",
    ],
)
def test_a_question_that_says_what_it_is_about_goes_on_from_none(readings, said):
    assert readings(said, "丝绸园在哪里？", "有多少企业？") == [said]


def test_one_that_says_that_it_goes_on_does_so_however_long(readings):
    said = "那2025年中国出口到越南的钢材是多少吨？"

    assert readings(said, "丝绸园在哪里？") == [said, f"丝绸园在哪里？ {said}"]


def test_read_alone_it_still_knows_what_was_talked_of(tools):
    said, before = "有多少企业？", ("丝绸园在哪里？",)
    case = Case(message=said, today=TODAY, history=before, question=read_question(said, TODAY))

    alone, behind = resolve_history(case, tools).readings

    assert (alone.search_text, alone.talked_of) == (said, *before)
    assert behind.talked_of == ""


def test_it_may_go_on_from_further_back(readings):
    assert readings("那北京呢？", "深圳补贴多少？", "上海呢？") == [
        "那北京呢？",
        "上海呢？ 那北京呢？",
        "深圳补贴多少？ 上海呢？ 那北京呢？",
    ]


@pytest.mark.parametrize("thanks", ["谢谢", "？", "thanks!"])
def test_turns_that_ask_nothing_are_passed_over(readings, thanks):
    assert readings("链博会呢？", "进博会在哪里？", thanks) == [
        "链博会呢？",
        "进博会在哪里？ 链博会呢？",
    ]


@pytest.mark.parametrize("said", ["你真没用", "算了，不问了", "Thanks, you helped me a lot"])
def test_what_asks_and_names_nothing_goes_on_from_no_question(readings, said):
    assert readings(said, "进博会有多少参展商？") == [said]


def test_a_message_that_changes_the_subject_stays_as_it_is(readings):
    assert readings("它怎么申请？", "丝绸园在哪里？", starts_anew=True) == ["它怎么申请？"]


def test_the_first_question_may_be_only_itself(readings):
    assert readings("丝绸园在哪里？") == ["丝绸园在哪里？"]


@pytest.mark.parametrize(
    ("before", "said", "asked"),
    [
        ("第138届广交会来了多少人？", "上一届呢？", ["第137届广交会来了多少人？"]),
        ("Exports in 2024?", "And the year after?", ["Exports in 2025?"]),
        ("第138届广交会来了多少人？", "下一届什么时候？", None),
        ("Exports?", "And the year after?", None),
    ],
)
def test_the_year_after_can_only_ask_the_question_before_of_that_year(
    readings, before, said, asked
):
    assert readings(said, before) == (asked or [said, f"{before} {said}"])


@pytest.mark.parametrize("said", ["那第137届呢？", "what about the 137th", "А на 137-й?"])
def test_who_names_another_edition_and_nothing_else_asks_the_same_of_it(readings, said):
    assert readings(said, "第138届广交会来了多少人？") == ["第137届广交会来了多少人？"]


def test_it_asks_the_same_of_a_third_edition_too(readings):
    before = ("第138届广交会来了多少人？", "那第137届呢？")

    assert readings("第136届呢？", *before) == ["第136届广交会来了多少人？"]


@pytest.mark.parametrize("said", ["那第7届进博会呢？", "第137届在哪里？"])
def test_who_names_more_or_asks_something_else_does_not(readings, said):
    assert said in readings(said, "第138届广交会来了多少人？")
