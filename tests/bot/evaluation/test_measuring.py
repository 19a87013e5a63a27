"""An evaluation measures what a user gets."""

import json
from datetime import date

import pytest

from bot.answers.answerer import Answerer
from bot.evaluation.measuring import measure
from bot.evaluation.sets import Part, part_of, scoped
from index import Retriever, SnapshotStore, build_documents, load_set
from index.encoder import no_progress
from index.readers.word_reader import WordReader
from index.testing import HashingEncoder
from tests.bot.labelled_sets import write_fairs, write_news, write_set

TODAY = date(2026, 2, 15)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Two sets and the index of both."""
    root = tmp_path_factory.mktemp("sets")
    sets = [load_set(write_fairs(root / "fairs")), load_set(write_news(root / "news"), ["en"])]
    documents = [document for labelled in sets for document in labelled.documents]
    build_documents(documents, root / "data", HashingEncoder(), no_progress)
    return sets, Retriever(SnapshotStore(root / "data").open_current(), HashingEncoder())


def test_every_question_is_asked_of_the_answerer_as_a_user_asks_it(opened, monkeypatch):
    (fairs, _), retriever = opened
    asked = []
    answer = Answerer.answer

    def spy(self, raw, **options):
        asked.append((raw, options["today"]))
        return answer(self, raw, **options)

    monkeypatch.setattr(Answerer, "answer", spy)
    measure([fairs], retriever, WordReader(), TODAY, no_progress)

    assert asked == [(question.text, TODAY) for question in fairs.questions]


def test_figures_tell_what_was_found_quoted_and_refused(opened):
    (fairs, _), retriever = opened

    report = measure([fairs], retriever, WordReader(), TODAY, no_progress).as_json()

    (row,) = report["sets"]
    assert (row["set"], row["questions"]) == ("fairs", 48)
    assert row["hit@5"] > 0.5
    assert row["quote_contains_answer"] is not None
    assert report["abstention"]["withheld"]["questions"] == 48
    assert 0 <= report["answerable_refused"] <= 1
    assert report["abstention_auroc"] > 0.5


def test_headlines_are_looked_for_but_neither_answered_nor_refused(opened):
    (_, news), retriever = opened

    report = measure([news], retriever, WordReader(), TODAY, no_progress).as_json()

    assert {row["question_language"] for row in report["sets"]} == {"en", "zh"}
    assert report["answerable_questions"] == 0


def test_only_the_part_asked_for_counts(opened):
    (fairs, _), retriever = opened

    measured = measure([fairs], retriever, WordReader(), TODAY, no_progress, Part.REPORT)

    expected = [q for q in fairs.questions if part_of(q) is Part.REPORT]
    assert 0 < len(expected) < len(fairs.questions) / 2
    assert len(measured.answerable) + len(measured.unanswerable["withheld"]) == len(expected)


def test_half_of_all_questions_are_for_training_and_a_quarter_each_for_the_rest(opened):
    (fairs, news), _ = opened

    parts = [part_of(q) for q in (*fairs.questions, *news.questions)]

    assert len(parts) / 3 < parts.count(Part.TRAIN) < len(parts) * 2 / 3
    assert parts.count(Part.THRESHOLD) > len(parts) / 8
    assert parts.count(Part.REPORT) > len(parts) / 8


def test_off_topic_questions_are_asked_of_the_sets_they_name(opened):
    _, retriever = opened

    found = scoped(retriever, ("news",)).search("How many booths has the fair?", "en", 10)

    assert found.hits
    assert all(hit.passage.document.startswith("news#") for hit in found.hits)


def test_follow_ups_are_measured_with_their_history_by_hand_and_alone(opened, tmp_path):
    (fairs, _), retriever = opened
    question = next(q for q in fairs.questions if q.answerable)
    rewrite = {
        "id": "r",
        "lang": "en",
        "text": "And how many booths?",
        "history_user": [question.text],
        "rewrite": question.text,
        "relevant": list(question.relevant),
    }
    passages = [{"id": question.relevant[0], "lang": "en", "text": "The fair is open in May."}]
    folder = write_set(tmp_path / "fairs", passages=passages, questions=[], rewrites=[rewrite])

    report = measure([load_set(folder)], retriever, WordReader(), TODAY, no_progress).as_json()

    assert set(report["follow_ups"]) == {"with history", "gold rewrite", "last turn alone"}
    assert report["follow_ups"]["gold rewrite"] == {"questions": 1, "hit@5": 1.0}


def test_the_command_takes_the_day_and_the_part(command, tmp_path, fake_model):
    write_fairs(tmp_path / "fairs")

    arguments = ("--as-of", "2026-02-15", "--part", "report", "--json")
    outcome = command("eval", str(tmp_path / "fairs"), *arguments)

    assert outcome.code == 0, outcome.err
    assert json.loads(outcome.out)["sets"][0]["set"] == "fairs"
    assert command("eval", str(tmp_path / "fairs"), "--part", "odd").code == 2
