"""No answer is sent that says what its sources do not: every corruption is caught."""

import copy
import itertools
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


def body_of(answer):
    """The quoting part: all lines that end with a mark, of one question also those between."""
    lines = answer.text.split("\n")
    marked = [n for n, line in enumerate(lines) if re.search(r"\[\d+\]$", line)]
    shown = marked if answer.parts else range(marked[-1] + 1)
    return "\n".join(lines[n] for n in shown)


def with_another_digit(body, chance):
    """One digit of a quote is another one; None if there is no digit."""
    spots = [m.start() for m in re.finditer(r"\d(?!\d*\]$)", body, re.MULTILINE)]
    if not spots:
        return None
    at = chance.choice(spots)
    return f"{body[:at]}{(int(body[at]) + chance.randint(1, 9)) % 10}{body[at + 1 :]}"


def with_another_word(body, chance):
    """One word, or one Chinese character, is another one."""
    spots = list(re.finditer(r"[\u4e00-\u9fff]|[^\W\d_\u4e00-\u9fff]+", body))
    word = chance.choice(spots)
    other = "非" if word[0] != "非" else "无"
    return f"{body[: word.start()]}{other}{body[word.end() :]}"


def without_a_word(body, chance):
    """One word is missing."""
    word = chance.choice(list(re.finditer(r"\w+", re.sub(r"\[\d+\]", "", body))))
    return body.replace(word[0], "", 1)


def with_a_sentence_more(body, chance):
    """One sentence is added that no source says."""
    lines = body.split("\n")
    lines.insert(chance.randrange(len(lines) + 1), "This is guaranteed. [1]")
    return "\n".join(lines)


def with_another_mark(body, chance):
    """One mark points to another citation, or to none."""
    spots = list(re.finditer(r"\[(\d+)\]$", body, re.MULTILINE))
    mark = chance.choice(spots)
    return f"{body[: mark.start()]}[{int(mark[1]) + chance.randint(1, 3)}]{body[mark.end() :]}"


CORRUPTIONS = [with_another_digit, with_another_word, without_a_word, with_a_sentence_more]


def shifted(citation, chance):
    """The citation with another start or end, its quote as it was: no such object can be made."""
    start, end = citation.start, citation.end
    if chance.random() < 0.5:
        start += chance.choice([-1, 1])
    else:
        end += chance.choice([-1, 1])
    return {"start": max(0, start), "end": end}


def assert_caught(body, citations):
    with pytest.raises(UnverifiedError):
        verify(body, citations)


def assert_every_corruption_is_caught(answer, chance):
    """Each way to corrupt the answer once; the answer itself passes. Gives their number."""
    body, citations = body_of(answer), answer.shown
    verify(body, citations)
    corrupted = [corrupt(body, chance) for corrupt in CORRUPTIONS]
    for bad in filter(None, corrupted):
        assert bad != body
        assert_caught(bad, citations)
    at = chance.randrange(len(citations))
    offsets = shifted(citations[at], chance)
    if citations[at].document.text[slice(*offsets.values())] != citations[at].quote:
        with pytest.raises(ValueError, match="the quote is not"):
            replace(citations[at], **offsets)
        forged = copy.copy(citations[at])
        for name, value in offsets.items():
            object.__setattr__(forged, name, value)
        assert_caught(body, (*citations[:at], forged, *citations[at + 1 :]))
    return len(list(filter(None, corrupted))) + 1


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


@pytest.mark.model
def test_of_five_hundred_real_answers_every_corruption_is_caught(
    canned_outcomes, project_answerer, today
):
    documents = project_answerer.retriever.snapshot.documents.values()
    titles = dict.fromkeys(document.metadata.title for document in documents)
    further = (project_answerer.answer(title, today=today) for title in titles)
    answers = itertools.chain((outcome.answer for outcome in canned_outcomes), further)
    cited = itertools.islice((answer for answer in answers if answer.citations), 500)
    chance = random.Random(5)  # noqa: S311

    corruptions = [assert_every_corruption_is_caught(answer, chance) for answer in cited]

    assert len(corruptions) == 500
    assert sum(corruptions) >= 2000
