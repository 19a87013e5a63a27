"""What no document holds is told where just that is asked for, and never instead of an answer."""

import pytest

from bot.answers.gaps import is_of_another_time, nearest_gap
from bot.answers.reasons import AnswerStatus
from index import Glossary
from index.glossary import Entry

TEXT = (
    "The barge lift raises barges by 40 metres. The barge lift opened in May 2019.\n\n"
    "Its crew belongs to the port office.\n"
)
TOLL = {"question": "the toll of the barge lift for empty barges", "note": "Ask the port office."}
CAVEAT = "The page on the barge lift is undated."


@pytest.fixture(scope="module")
def documents(desk_document):
    """A document that says what is not held, and one of another subject."""
    return (
        desk_document(
            "zones/barge-lift.en",
            TEXT,
            title="Barge lift",
            not_covered=[TOLL, {"question": "opening hours of the barge lift in 2021"}],
            caveats=[CAVEAT],
        ),
        desk_document("events/tea.en", "Tea is sold in the hall.\n", title="Tea"),
    )


@pytest.fixture(scope="module")
def ask_lift(ask_of, documents):
    return ask_of(*documents)


def test_what_is_not_held_is_told_with_its_advice_where_it_is_asked_for(ask_lift):
    answer = ask_lift("What is the toll for empty barges?")

    assert answer.status is AnswerStatus.NOT_IN_DOCUMENTS
    assert f"Not in the documents: {TOLL['question']}. {TOLL['note']}" in answer.text
    assert not answer.citations


def test_what_has_no_advice_is_told_without(ask_lift):
    answer = ask_lift("What are the opening hours of the barge lift in 2021?")

    assert "Not in the documents: opening hours of the barge lift in 2021." in answer.text


def test_what_a_sentence_answers_is_answered(ask_lift):
    answer = ask_lift("By how many metres does the barge lift raise barges?")

    assert answer.status is AnswerStatus.ANSWERED
    assert "40 metres" in answer.citations[0].quote
    assert "Not in the documents" not in answer.text


def test_of_what_other_documents_lack_nothing_is_told(ask_lift):
    assert "Not in the documents" not in ask_lift("What does a cup of tea cost?").text


def test_a_caveat_stands_once_below_what_is_quoted_and_is_no_quote(ask_lift):
    answer = ask_lift(
        "How many metres does the barge lift raise barges, when was the barge lift opened?"
    )

    assert len(answer.citations) > 1
    assert answer.text.count(CAVEAT) == 1
    assert f"Please note: {CAVEAT}" in answer.text
    assert not any(CAVEAT in citation.quote for citation in answer.citations)


def test_a_document_without_a_caveat_has_no_note_of_one(ask_lift):
    answer = ask_lift("Where is tea sold?")

    assert answer.status is AnswerStatus.ANSWERED
    assert "Please note" not in answer.text


def test_the_entry_that_is_asked_for_is_nearest(retriever_of, documents, read):
    retriever = retriever_of(*documents)
    question = read("What are the opening hours of the barge lift in 2021?")
    found = retriever.search(question.search_text, question.language)

    gap = nearest_gap(question, found, retriever, Glossary())

    assert gap.entry.question == "opening hours of the barge lift in 2021"
    assert gap.document.id == "zones/barge-lift.en"


def test_what_another_thing_lacks_says_nothing(retriever_of, documents, read):
    names = Glossary(
        [
            Entry(id="lift", kind="zone", zh="升船机", en="barge lift"),
            Entry(id="lock", kind="zone", zh="船闸", en="sea lock"),
        ]
    )
    retriever = retriever_of(*documents)
    question = read("What is the toll of the sea lock for empty barges?")
    found = retriever.search(question.search_text, question.language)

    assert nearest_gap(question, found, retriever, Glossary())
    assert nearest_gap(question, found, retriever, names) is None


@pytest.mark.parametrize(
    ("question", "entry", "is_other"),
    [
        ("2025年服贸会什么时候举办？", "2026年服贸会举办日期", True),
        ("2026年服贸会什么时候举办？", "2026年服贸会举办日期", False),
        ("服贸会什么时候举办？", "2026年服贸会举办日期", True),
        ("明年的服贸会呢？", "2026年服贸会举办日期", True),
        ("服贸会什么时候举办？", "2025年服贸会举办日期", False),
        ("服贸会展位多少钱？", "服贸会展位价格", False),
        ("2025年服贸会展位多少钱？", "服贸会展位价格", False),
        ("第8届什么时候举办？", "第9届举办日期", True),
        ("第9届什么时候举办？", "第9届举办日期", False),
        ("2025年什么时候举办？", "第9届举办日期", True),
        ("2026年什么时候举办？", "第9届举办日期", False),
        ("什么时候举办？", "第9届举办日期", True),
    ],
)
def test_a_gap_of_another_year_or_edition_says_nothing(
    make_document, read, question, entry, is_other
):
    document = make_document("第8届于2025年9月在北京举办。", language="zh", title="2025年服贸会")

    assert is_of_another_time(read(question), document, entry) is is_other
