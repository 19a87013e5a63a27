"""A list request is answered from typed facts, everything else goes on."""

import pytest

from bot.answers.answerer import tools_of, until
from bot.answers.case import Case
from bot.answers.reasons import Reason
from bot.answers.steps.answer_from_lists import answer_from_lists
from index import Glossary
from index.readers.word_reader import WordReader
from tests.bot.conftest import TODAY
from tests.bot.handmade_fits import decision_fit


def test_a_list_ends_the_message_with_the_first_sentence_of_each_document(outcome):
    ended = outcome(answer_from_lists, "Which fairs are there in October 2025?")

    assert (ended.reason, ended.ends_message) == (Reason.LISTED, True)
    assert [quote.document.stem for quote in ended.case.quotes] == ["events/tea-fair-12"]
    assert ended.case.quotes[0].quote == "The 12th tea fair has 74,600 booths."


def test_a_question_that_asks_more_than_a_list_goes_on(before, tools):
    case = before(answer_from_lists, "How many booths has the tea fair?")

    assert isinstance(answer_from_lists(case, tools), Case)


def test_a_list_of_the_past_that_nothing_fits_goes_on_and_says_so(before, tools):
    result = answer_from_lists(
        before(answer_from_lists, "Which fairs are there in March 2011?"), tools
    )

    assert isinstance(result, Case)
    assert "nothing fits" in result.changed


@pytest.mark.parametrize(
    "question",
    ["Which fairs are there in March 2031?", "What fairs are coming up in April 2031?"],
)
def test_of_a_coming_time_without_anything_the_next_ones_are_told(outcome, question):
    ended = outcome(answer_from_lists, question)

    assert (ended.reason, ended.ends_message) == (Reason.NOT_COVERED, True)
    assert "2026" in ended.details["note"]


@pytest.mark.parametrize(
    ("question", "words"),
    [("All documents on policy", "policy"), ("Which fairs are there in October 2025?", None)],
)
def test_a_list_of_documents_tells_the_words_that_list_them(outcome, question, words):
    ended = outcome(answer_from_lists, question)

    assert ended.reason == Reason.LISTED
    assert ended.details.get("brief") == words


def test_a_brief_of_a_place_quotes_what_names_it_and_begins_with_what_is_about_it_alone(
    retriever_of, desk_document
):
    pact = desk_document(
        "policy/pact.en",
        "The pact is in force. It covers Indonesia, Laos and Viet Nam.",
        countries=["ID", "LA", "VN"],
    )
    fair = desk_document("policy/fair.en", "The fair is large.", countries=["ID"])
    halal = desk_document(
        "policy/halal.en", "A label is needed. Indonesia asks for it.", countries=["ID"]
    )
    over = desk_document(
        "policy/over.en", "Indonesia had a trial.", countries=["ID"], valid_until="2020-01-01"
    )
    retriever = retriever_of(pact, fair, halal, over)
    tools = tools_of(retriever, Glossary(), WordReader(), decision_fit())
    case = Case(message="Everything about Indonesia", today=TODAY)

    ended = answer_from_lists(until(answer_from_lists, case, tools), tools)

    assert [quote.quote for quote in ended.case.quotes] == [
        "Indonesia asks for it.",
        "It covers Indonesia, Laos and Viet Nam.",
        "Indonesia had a trial.",
        "The fair is large.",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The rules are new. A kettle needs a label from next winter on.",
            "A kettle needs a label from next winter on.",
        ),
        (
            "Until 5 January 2027 nothing is new. From 5 January 2027 a kettle needs a label.",
            "From 5 January 2027 a kettle needs a label.",
        ),
        ("The kettle label is new. It begins on 5 January 2027.", "It begins on 5 January 2027."),
    ],
)
def test_a_change_is_told_by_the_sentence_that_has_its_day_and_most_of_its_words(
    retriever_of, desk_document, text, told
):
    change = {
        "what": "kettle label needed",
        "kind": "standard",
        "from": "2027-01-05",
        "until": None,
    }
    decided = [change | {"who": "all", "status": "decided"}]
    rules = desk_document("policy/rules.en", text, changes=decided)
    tools = tools_of(retriever_of(rules), Glossary(), WordReader(), decision_fit())
    case = Case(message="Which rule changes are there in January 2027?", today=TODAY)

    ended = answer_from_lists(until(answer_from_lists, case, tools), tools)

    assert [quote.quote for quote in ended.case.quotes] == [told]
