"""A message is split once: into its sentences, and into the things it compares."""

from datetime import date

from bot.answers.steps.split_parts import compared, focused, split_parts
from index import Entry, Glossary
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
