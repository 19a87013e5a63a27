"""`smebot fit` makes the fit anew, and says what it was made from."""

import json

import pytest

from bot.answers.decision import read_fit
from bot.training.provenance import digest_of
from tests.bot.labelled_sets import TOWNS, write_fairs, write_set


@pytest.fixture
def written(tmp_path, monkeypatch):
    """The fit of the program lies in a folder of the test."""
    path = tmp_path / "decision.json"
    monkeypatch.setattr("bot.training.fitting.decision_fit_path", lambda: path)
    return path


@pytest.fixture
def served_questions(tmp_path):
    """Questions about the corpus that is served: a set without passages."""
    asked = [
        {
            "id": f"{n}",
            "lang": "en",
            "text": "How many booths has the 12th tea fair?",
            "answers": ["The 12th tea fair has 74,600 booths."],
        }
        for n in range(20)
    ]
    return write_set(tmp_path / "sets" / "own", questions=asked)


def test_one_command_makes_the_fit(command, tmp_path, written, served_questions):
    fairs = write_fairs(tmp_path / "sets" / "fairs")

    outcome = command("fit", str(tmp_path / "sets"), "--as-of", "2026-02-15")

    assert outcome.code == 0, outcome.err
    assert outcome.out.splitlines() == [f"written: {written}"]
    fit = read_fit(written)
    assert fit.provenance.command == "smebot fit fairs own"
    assert fit.provenance.data_sha256 == digest_of([fairs, served_questions])
    assert (fit.provenance.encoder, fit.provenance.reader) == ("hashing/1", "words")
    assert fit.provenance.examples["train"] > fit.provenance.examples["report"] > 0
    assert fit.provenance.metrics["report"]["auroc"] > 0.9
    assert fit.slope > 0


def test_questions_about_the_served_corpus_count(command, tmp_path, written, served_questions):
    write_fairs(tmp_path / "sets" / "fairs")

    def examples(*folders):
        assert command("fit", *map(str, folders)).code == 0
        return sum(json.loads(written.read_text("utf-8"))["provenance"]["examples"].values())

    alone = examples(tmp_path / "sets" / "fairs")
    assert examples(tmp_path / "sets" / "fairs", served_questions) == alone + 20


def test_follow_ups_get_a_threshold_of_their_own(command, tmp_path, written, served_questions):
    """Only what has turns before it counts of such a set."""
    fairs = write_fairs(tmp_path / "alone" / "fairs")
    rows = [json.loads(row) for row in (fairs / "questions.jsonl").read_text("utf-8").splitlines()]
    passages = [
        json.loads(row) for row in (fairs / "passages.jsonl").read_text("utf-8").splitlines()
    ]
    behind = [{**row, "history_user": ["What fairs are there?"]} for row in rows]
    talk = write_set(tmp_path / "talk", passages=passages, questions=[*behind, *rows[:7]])

    outcome = command("fit", str(fairs.parent), "--conversations", str(talk))

    assert outcome.code == 0, outcome.err
    fit = read_fit(written)
    assert fit.provenance.command == "smebot fit fairs --conversations talk"
    assert sum(fit.provenance.examples.values()) <= 2 * len(rows)
    assert set(fit.provenance.metrics) == {"report", "in_conversation"}


def test_without_unanswerable_questions_no_fit_is_written(command, tmp_path, written):
    questions = [
        {"id": town, "lang": "en", "text": f"Where is {town}?", "answers": [f"{town} is far"]}
        for town in TOWNS
    ]
    passages = [{"id": town, "lang": "en", "text": f"{town} is far away."} for town in TOWNS]
    write_set(tmp_path / "towns", passages=passages, questions=questions)

    outcome = command("fit", str(tmp_path / "towns"))

    assert outcome.code == 1
    assert "unanswerable" in outcome.err
    assert not written.exists()


def test_the_digest_tells_whether_the_data_changed(tmp_path):
    fairs = write_fairs(tmp_path / "fairs")
    before = digest_of([fairs])

    assert digest_of([fairs]) == before
    with (fairs / "questions.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert digest_of([fairs]) != before
