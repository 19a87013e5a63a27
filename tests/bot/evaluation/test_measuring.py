"""An evaluation measures what a user gets."""

import json
from dataclasses import replace
from datetime import date

import pytest

from bot.answers.answerer import Answerer
from bot.evaluation.measuring import measure
from bot.evaluation.sets import Opened, Part, part_of, scoped
from index import Retriever, SnapshotStore
from index.building import build_documents
from index.encoder import no_progress
from index.evaluation import load_set
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
    retriever = Retriever(SnapshotStore(root / "data").open_current(), HashingEncoder())
    return Opened(sets=sets, reader=WordReader(), retriever=retriever)


def only(opened, number):
    return replace(opened, sets=[opened.sets[number]])


def test_every_question_is_asked_of_the_answerer_as_a_user_asks_it(opened, monkeypatch):
    fairs, _ = opened.sets
    asked = []
    answer = Answerer.answer

    def spy(self, raw, **options):
        asked.append((raw, options["today"]))
        return answer(self, raw, **options)

    monkeypatch.setattr(Answerer, "answer", spy)
    measure(only(opened, 0), TODAY, no_progress)

    assert sorted(asked) == sorted((question.text, TODAY) for question in fairs.questions)


def test_figures_tell_what_was_found_quoted_and_refused(opened):
    report = measure(only(opened, 0), TODAY, no_progress).as_json()

    (row,) = report["sets"]
    assert (row["set"], row["questions"]) == ("fairs", 48)
    assert row["hit@5"] > 0.5
    assert row["quote_contains_answer"] >= row["first_quote_contains_answer"] > 0
    assert report["answers_given"] >= 48 * report["answers_given_right"] > 0
    assert 1 <= report["quotes_per_answer"] <= 3
    assert report["abstention"]["withheld"]["questions"] == 48
    assert 0 <= report["answerable_refused"] <= 1
    assert report["abstention_together"] == ["withheld"]
    assert report["abstention_auroc"] > 0.5


def test_headlines_are_looked_for_but_neither_answered_nor_refused(opened):
    report = measure(only(opened, 1), TODAY, no_progress).as_json()

    assert {row["question_language"] for row in report["sets"]} == {"en", "zh"}
    assert report["answerable_questions"] == 0


def test_only_the_part_asked_for_counts(opened):
    fairs, _ = opened.sets

    measured = measure(only(opened, 0), TODAY, no_progress, Part.REPORT)

    expected = [q for q in fairs.questions if part_of(q) is Part.REPORT]
    assert 0 < len(expected) < len(fairs.questions) / 2
    assert len(measured.answerable) + len(measured.unanswerable["withheld"]) == len(expected)


def test_half_of_all_questions_are_for_training_and_a_quarter_each_for_the_rest(opened):
    fairs, news = opened.sets

    parts = [part_of(q) for q in (*fairs.questions, *news.questions)]

    assert len(parts) / 3 < parts.count(Part.TRAIN) < len(parts) * 2 / 3
    assert parts.count(Part.THRESHOLD) > len(parts) / 8
    assert parts.count(Part.REPORT) > len(parts) / 8


def test_off_topic_questions_are_asked_of_the_sets_they_name(opened):
    found = scoped(opened.retriever, ("news",)).search("How many booths has the fair?", "en", 10)

    assert found.hits
    assert all(hit.passage.document.startswith("news#") for hit in found.hits)


def test_a_set_of_off_topic_questions_needs_no_corpus_that_is_served(opened, tmp_path):
    asked = {"id": "x", "lang": "en", "text": "Who plays the violin?", "answerable": False}
    kind = {"unanswerable_kind": "off-topic", "against": ["news"]}
    folder = write_set(tmp_path / "off", questions=[asked | kind])

    report = measure(replace(opened, sets=[load_set(folder)]), TODAY, no_progress).as_json()

    assert report["abstention"]["off-topic"]["questions"] == 1


def test_follow_ups_are_measured_with_their_history_by_hand_and_alone(opened, tmp_path):
    fairs, _ = opened.sets
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

    report = measure(replace(opened, sets=[load_set(folder)]), TODAY, no_progress).as_json()

    assert set(report["follow_ups"]) == {"with history", "gold rewrite", "last turn alone"}
    assert report["follow_ups"]["gold rewrite"] == {"questions": 1, "hit@5": 1.0}


def test_the_command_takes_the_day_and_the_part(command, tmp_path, fake_model):
    write_fairs(tmp_path / "fairs")

    arguments = ("--as-of", "2026-02-15", "--part", "report", "--json")
    outcome = command("eval", str(tmp_path / "fairs"), *arguments)

    assert outcome.code == 0, outcome.err
    assert json.loads(outcome.out)["sets"][0]["set"] == "fairs"
    assert command("eval", str(tmp_path / "fairs"), "--part", "odd").code == 2


def test_a_set_without_passages_is_asked_of_the_corpus_that_is_served(
    command, tmp_path, fake_model
):
    asked = {"lang": "en", "text": "How many booths has the 12th tea fair?"}
    answered = asked | {
        "id": "booths",
        "relevant": ["events/tea-fair-12"],
        "answers": ["The 12th tea fair has 74,600 booths."],
    }
    silent = asked | {"id": "x", "text": "Who plays the violin?", "answerable": False}
    folder = write_set(tmp_path / "own", questions=[answered, silent])

    outcome = command("eval", str(folder), "--json")

    assert outcome.code == 0, outcome.err
    report = json.loads(outcome.out)
    (row,) = report["sets"]
    assert (row["set"], row["passage_language"], row["hit@1"]) == ("own", "-", 1.0)
    assert row["first_quote_contains_answer"] == 1.0
    assert report["answers_given_right"] == 1.0
    assert report["abstention_together"] == ["not-in-corpus"]
