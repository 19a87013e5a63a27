"""No answer is sent that says what its sources do not: every corruption is caught."""

import logging
import random
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.reasons import AnswerStatus
from bot.answers.values import Citation
from bot.answers.verification import one_line, verify
from bot.errors import UnverifiedError
from tests.bot.corrupting import (
    assert_caught,
    assert_every_corruption_is_caught,
    body_of,
    with_another_mark,
)

BOOTHS = "How many booths has the tea fair in Hangzhou?"
TWO_QUOTES = "How many booths has the tea fair, and where was the fair held in Hangzhou?"
QUESTIONS = [
    BOOTHS,
    "杭州茶叶博览会有多少个展位？",
    "Where does the silk park lie?",
    "保单融资贷款最高多少？",
    "监管代码9810用于什么？",
    "Whom must toy labels name?",
]


@settings(deadline=None, max_examples=100)
@given(question=st.sampled_from(QUESTIONS), seed=st.integers(0, 10**9))
def test_no_corruption_of_an_answer_passes(ask, question, seed):
    assert_every_corruption_is_caught(ask(question), random.Random(seed))  # noqa: S311


@settings(deadline=None, max_examples=50)
@given(question=st.sampled_from(QUESTIONS), seed=st.integers(0, 10**9))
def test_a_mark_that_points_to_another_source_is_caught(ask, question, seed):
    answer = ask(question)

    bad = with_another_mark(body_of(answer), random.Random(seed))  # noqa: S311

    assert_caught(bad, answer.citations)


def test_marks_that_are_exchanged_are_caught(ask):
    answer = ask(TWO_QUOTES)
    assert len(answer.citations) > 1

    exchanged = body_of(answer).replace("[1]", "[#]").replace("[2]", "[1]")

    assert_caught(exchanged.replace("[#]", "[2]"), answer.citations)


def test_a_quote_that_is_left_out_is_caught(ask):
    answer = ask(TWO_QUOTES)

    assert_caught(body_of(answer).split("\n")[0], answer.citations)
    assert_caught("", answer.citations)


def test_a_quote_without_its_citation_is_caught(ask):
    answer = ask(BOOTHS)

    assert_caught(body_of(answer), answer.citations[1:])


def test_a_citation_that_does_not_quote_its_document_cannot_be_made(ask):
    citation = ask(BOOTHS).citations[0]

    for wrong in ({"quote": "75,600"}, {"start": citation.start + 1}, {"end": citation.end + 5}):
        with pytest.raises(ValueError, match=re.escape("events/tea-fair-12.en[")):
            replace(citation, **wrong)


@pytest.mark.parametrize(
    "quote",
    [
        "Makers [3] sold 1,200 abacuses [12] to clerks.",
        " | saloon | dumplings |",
        "The fair\n  is held\tin Hangzhou.",
        "- one\n- two",
        "[1]",
        "(.*) {0} \\1 $",
        "第12届茶叶博览会有7.46万个展位。",
    ],
)
def test_whatever_a_document_says_may_be_quoted(make_document, quote):
    document = make_document(f"Before. {quote} After.")
    start = document.text.index(quote)
    citation = Citation(
        number=1,
        document=document,
        quote=quote,
        start=start,
        end=start + len(quote),
        language="en",
    )

    verify(f"{one_line(quote)} [1]", [citation])


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("The fair\n  is held\tin Hangzhou.", "The fair is held in Hangzhou."),
        ("saloon | dumplings |", "saloon; dumplings"),
        ("国家：泰国；税率：7%", "国家：泰国；税率：7%"),
        ("Options: a | b; Note: none", "Options: a | b; Note: none"),
    ],
)
def test_a_quote_is_shown_in_one_line_and_otherwise_as_it_is(quote, shown):
    assert one_line(quote) == shown


def test_an_answer_with_brackets_in_its_quote_is_given(ask_of, desk_documents, desk_document):
    quote = "Abacus makers [3] sold 1,200 abacuses [12] to clerks."
    ask = ask_of(*desk_documents, desk_document("policy/abacus.en", quote, title="Abacus"))

    answer = ask("How many abacuses did abacus makers sell to clerks?")

    assert quote in {citation.quote for citation in answer.citations}


@pytest.mark.parametrize("question", [BOOTHS, "Which fairs are there in October 2025?"])
def test_an_answer_that_cannot_be_verified_is_withheld(ask, monkeypatch, caplog, question):
    def refuse(*_):
        raise UnverifiedError("citation 1 is not in events/tea-fair-12.en")

    monkeypatch.setattr("bot.answers.steps.verify.check", refuse)
    with caplog.at_level(logging.ERROR):
        answer = ask(question)

    assert answer.status is AnswerStatus.NOT_IN_DOCUMENTS
    assert "74,600" not in answer.text
    assert "withheld" in caplog.text
    assert question not in caplog.text
