"""The outcomes of all parts become one answer."""

from dataclasses import replace

import pytest

from bot.answers.case import Case, Outcome
from bot.answers.evidence import Evidence
from bot.answers.finding import find
from bot.answers.reasons import Reason
from bot.answers.rendering import render
from bot.answers.steps.compose import compose, withheld
from bot.texts import LANGUAGES, text
from tests.bot.conftest import TODAY

ABSTAINING = [r for r in Reason if r.may_retry and r is not Reason.NOT_COVERED]


@pytest.fixture
def composed(before, tools):
    """`composed(message)`: the answer, before it is verified."""
    return lambda message: compose(before(compose, message), tools).answer


def test_quotes_are_numbered_and_cited(composed):
    answer = composed("How many booths has the 12th tea fair?")

    assert answer.reason is Reason.ANSWERED
    assert answer.text.startswith("The 12th tea fair has 74,600 booths. [1]")
    assert [citation.number for citation in answer.citations] == [
        *range(1, len(answer.citations) + 1)
    ]


def test_each_part_has_its_quote(composed):
    answer = composed("How many booths has the 12th tea fair? Where does the silk park lie?")

    assert {"events/tea-fair-12", "zones/silk-park"} <= {
        citation.document.stem for citation in answer.citations
    }


def test_without_quotes_the_answer_says_so_and_names_what_is_near(composed):
    answer = composed("How many booths had the 13th tea fair?")

    assert answer.reason is Reason.NAMES_ANOTHER
    assert answer.citations == ()
    assert "12th tea fair" in answer.suggestions


def test_an_answer_tells_how_sure_it_is(composed):
    assert 0.5 <= composed("How many booths has the 12th tea fair?").confidence <= 1
    assert composed("你好").confidence is None


@pytest.fixture
def told(tools, read):
    """`told(reason, language=..., found=True, **details)`: the answer to a part that ended."""

    def compose_one(reason, language="en", *, found=True, sentences=(), **details):
        case = Case(message="How many?", today=TODAY, language=language)
        hits = find(read("How many booths has the tea fair?"), tools.retriever, tools.glossary)
        part = (
            replace(case, part=1, all_found=hits, found=hits) if found else replace(case, part=1)
        )
        part = replace(part, sentences=tuple(sentences))
        ended = replace(case, ended=(Outcome(reason, part, details),))
        return compose(ended, tools).answer

    return compose_one


@pytest.fixture
def booths(composed):
    """A sentence of the 12th tea fair, as it is read."""
    quote = composed("How many booths has the 12th tea fair?").citations[0]
    return Evidence(
        document=quote.document, start=quote.start, end=quote.end, language=quote.language
    )


@pytest.mark.parametrize("language", [*LANGUAGES, "zh-Hant"])
@pytest.mark.parametrize("reason", ABSTAINING)
def test_whoever_gets_no_answer_is_told_the_reason_first(told, reason, language):
    answer = told(reason, language)

    assert answer.reason is reason
    assert answer.text.splitlines()[0] == text(f"no_answer_{reason}", language)


def test_a_near_sentence_is_shown_apart_and_its_document_is_offered_first(told, booths):
    answer = told(Reason.NOT_READ, sentences=[replace(booths, cosine=0.5)], found=False)

    assert answer.text == text("no_answer_not_read", "en")
    assert answer.suggestions == ("12th tea fair",)
    assert f"{text('near_only', 'en')}\n· {booths.quote}" in render(answer)


def test_what_reads_best_of_the_document_found_first_is_near_though_it_lies_farther(told, booths):
    farther = replace(booths, cosine=0.2)
    near = replace(booths, start=booths.end, end=len(booths.document.text), cosine=0.5)

    alone = told(Reason.NOT_READ, sentences=[farther, near], found=False)
    found = told(Reason.NOT_READ, sentences=[farther, near])

    assert [citation.quote for citation in alone.nearest] == [near.quote]
    assert [citation.quote for citation in found.nearest] == [booths.quote, near.quote]


def test_of_another_subject_nothing_is_shown_or_offered(told, booths):
    answer = told(Reason.NOT_READ, sentences=[replace(booths, cosine=0.1)], found=False)

    assert (answer.nearest, answer.suggestions) == ((), ())
    assert render(answer) == text("no_answer_not_read", "en")


def test_who_may_mean_several_things_is_asked_which_where_there_are_any(told):
    with_topics, without = told(Reason.UNCLEAR), told(Reason.UNCLEAR, found=False)

    assert with_topics.text.splitlines()[1] == text("did_you_mean", "en")
    assert with_topics.text.splitlines()[2].startswith("· ")
    assert without.text == text("no_answer_unclear", "en")


def test_what_is_not_covered_is_named_with_what_to_do_instead(told):
    answer = told(Reason.NOT_COVERED, question="booth prices", note="Ask the organiser.")

    assert answer.text.splitlines()[0] == (
        "Not in the documents: booth prices. Ask the organiser."
    )


def test_a_ready_reply_is_the_whole_answer(told):
    answer = told(Reason.DECLINED_SCOPE, text="declined_scope")

    assert answer.text == text("declined_scope", "en")


def test_a_withheld_answer_tells_so_in_the_language_of_the_question(tools):
    case = Case(message="有多少？", today=TODAY, language="zh")

    answer = withheld(case, tools).answer

    assert answer.text == text("no_answer_withheld", "zh")
    assert (answer.suggestions, answer.citations) == ((), ())


def test_hits_are_those_of_all_parts_each_once(composed):
    answer = composed("How many booths has the 12th tea fair? Where does the silk park lie?")

    documents = [hit.document for hit in answer.hits]
    assert documents[:2] == ["events/tea-fair-12.en", "zones/silk-park.en"]
    assert [hit.rank for hit in answer.hits] == [*range(1, len(answer.hits) + 1)]
    assert len({hit.passage for hit in answer.hits}) == len(answer.hits)


def test_each_of_several_questions_is_answered_under_its_own_line(composed):
    asked = "How many booths has the 12th tea fair? Where does the silk park lie?"
    answer = composed(f"{asked} How many booths had the 13th tea fair?")

    fair, park, other = answer.parts
    lines = answer.text.splitlines()
    assert lines[:2] == [
        "How many booths has the 12th tea fair?",
        f"{fair.citations[0].quote} [1]",
    ]
    assert lines[lines.index(park.asked) + 1].startswith("The silk park lies in Suzhou")
    assert lines[lines.index(other.asked) + 1] == text("no_answer_names_another", "en")
    assert [c.number for c in answer.citations] == [*range(1, len(answer.citations) + 1)]
    assert answer.reason is Reason.ANSWERED


def test_one_question_has_no_line_of_its_own(composed):
    assert composed("How many booths has the 12th tea fair?").parts == ()


def test_of_several_questions_one_may_be_declined(composed):
    answer = composed("Where does the silk park lie? Write me a letter?")

    assert answer.parts[1].why == text("declined_writing", "en")
    assert answer.parts[0].citations


def test_of_several_questions_without_an_answer_none_is_quoted_below(composed):
    answer = composed("How many booths had the 13th tea fair? When was the 14th tea fair held?")

    assert len(answer.parts) == 2
    assert answer.citations == ()
    assert all(part.why and not part.citations for part in answer.parts)
