"""A message is split once: into its sentences, and into the things it compares."""

from datetime import date

import pytest

from bot.answers.steps.split_parts import compared, focused, split_parts
from index import Glossary
from index.glossary import Entry
from tests.bot.conftest import TODAY


def test_seasons_are_asked_one_by_one(read):
    parts = focused(read("2025年春季和秋季两届广交会各有多少采购商？"), TODAY)

    assert [("春季" in part.text, "秋季" in part.text) for part in parts] == [
        (True, False),
        (False, True),
    ]


def test_things_of_one_kind_are_compared_one_by_one(read):
    fairs = [
        Entry(id="canton-fair", kind="event", zh="广交会", en="Canton Fair"),
        Entry(id="caexpo", kind="event", zh="东博会", en="CAEXPO"),
    ]

    parts = compared(read("广交会和东博会哪个展商多？"), Glossary(fairs), date(2026, 2, 15))

    assert [part.label for part in parts] == ["广交会", "东博会"]
    assert ["东博会" in part.search_text for part in parts] == [False, True]


def test_things_that_are_only_named_together_are_not_taken_apart(read):
    fairs = [
        Entry(id="canton-fair", kind="event", zh="广交会", en="Canton Fair"),
        Entry(id="caexpo", kind="event", zh="东博会", en="CAEXPO"),
    ]
    question = read("广交会和东博会的展商")

    assert compared(question, Glossary(fairs), date(2026, 2, 15)) == [question]


def test_each_part_is_a_case_with_its_number_and_label(before, tools):
    case = before(split_parts, "How many booths has the tea fair? Where does the silk park lie?")

    parts = split_parts(case, tools).parts

    assert [(part.part, part.question.text, part.is_only_part) for part in parts] == [
        (1, "How many booths has the tea fair?", False),
        (2, "Where does the silk park lie?", False),
    ]


def test_a_question_about_one_thing_is_one_part(before, tools):
    case = before(split_parts, "How many booths has the tea fair?")

    (part,) = split_parts(case, tools).parts

    assert part.is_only_part
    assert part.question.text == "How many booths has the tea fair?"


@pytest.mark.parametrize(
    "message",
    [
        "How many booths has the tea fair? Where does the silk park lie? When is it open?",
        "1. How many booths has the tea fair 2. Where does the silk park lie 3. When is it open",
        "How many booths has the tea fair\nWhere does the silk park lie\nWhen is it open",
    ],
)
def test_several_questions_are_parts_of_which_one_may_lean_on_those_before(before, tools, message):
    parts = split_parts(before(split_parts, message), tools).parts

    fair, park, open_ = (part.asked.rstrip("?") for part in parts)
    assert open_ == "When is it open"
    assert [len(part.history) for part in parts] == [0, 0, 2]
    assert parts[2].question.search_text.startswith(park)
    assert fair not in parts[1].question.search_text


def test_a_message_that_tells_something_besides_is_answered_as_a_whole(before, tools):
    told = "How many booths has the tea fair? We weave silk in Suzhou and want to sell it."

    assert {part.asked for part in split_parts(before(split_parts, told), tools).parts} == {""}


def test_more_questions_than_are_answered_at_once_are_noted(before, tools):
    message = " ".join(f"Where does the {name} park lie?" for name in "silk tea rope salt".split())

    assert not split_parts(before(split_parts, message), tools).asks_too_much
    more = split_parts(before(split_parts, f"{message} Where does the wool park lie?"), tools)
    assert (more.asks_too_much, len(more.parts)) == (True, 4)
