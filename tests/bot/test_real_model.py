"""The real model on the real corpus: the canned checks, and the questions it all began with."""

import itertools
import random
from datetime import date

import pytest

from bot.answers.reasons import AnswerStatus
from bot.checks.report import is_success, lines
from tests.bot.corrupting import assert_every_corruption_is_caught

pytestmark = pytest.mark.model

SEED = "miit-helps-smes-abroad-2025"


def test_every_canned_check_passes_that_is_not_known_to_fail(canned_outcomes):
    assert len(canned_outcomes) > 100

    assert is_success(canned_outcomes), "\n".join(lines(canned_outcomes, verbose=False))


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


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("哪些省有中外中小企业合作区？", "zones/sino-foreign-sme-zones"),
        (
            "What did MIIT ask banks to do for SMEs in February 2025?",
            "financing/miit-cross-border-financing-call",
        ),
    ],
)
def test_the_founding_questions_are_answered_from_the_documents(
    project_answerer, question, document
):
    answer = project_answerer.answer(question, today=date(2026, 2, 15))

    assert answer.status is AnswerStatus.ANSWERED
    assert {document, SEED} & {citation.document.stem for citation in answer.citations}


def test_a_courtesy_is_small_talk_and_not_looked_up(project_answerer):
    answer = project_answerer.answer("Как поживаете?", today=date(2026, 2, 15))

    assert (answer.status, answer.language) == (AnswerStatus.SMALL_TALK, "ru")
    assert not answer.citations


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("第138届广交会有多少境外采购商？", "events/canton-fair-138"),
        ("How many overseas buyers came to the 138th Canton Fair?", "events/canton-fair-138"),
        (
            "We are a pottery workshop in Denmark with nine potters and two kilns. How many "
            "buyers came to the 138th Canton Fair?",
            "events/canton-fair-138",
        ),
        ("캔톤페어는 언제, 어디에서 열리나요?", "events/canton-fair"),
        ("متى يُعقد ملتقى التعاون الصناعي بين الصين والإمارات؟", "events/china-uae"),
    ],
)
def test_a_question_in_any_language_finds_the_document(project_answerer, question, document):
    answer = project_answerer.answer(question, today=date(2026, 2, 15))

    assert answer.status is AnswerStatus.ANSWERED
    assert any(citation.document.stem.startswith(document) for citation in answer.citations)


def test_an_answer_of_the_real_model_comes_within_a_second(project_answerer):
    project_answerer.answer("出口信用保险的费率是怎么定的？", today=date(2026, 2, 15))

    answer = project_answerer.answer("Who approves outbound investment?", today=date(2026, 2, 15))

    assert answer.timings_ms.total < 1000
