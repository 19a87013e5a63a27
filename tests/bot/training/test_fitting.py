"""`smebot fit` makes every fit anew, and says what each was made from."""

import json

import pytest

from bot.answers.abstention import AbstentionFit
from bot.answers.features import ABSTENTION_FEATURES, GLOSSARY_FEATURES, LEXICAL_FEATURES
from bot.answers.fits import read_fit
from bot.answers.sentence_scoring import SENTENCE_FEATURES, SentenceFit
from bot.training.provenance import digest_of
from tests.bot.labelled_sets import TOWNS, write_fairs, write_news, write_set


@pytest.fixture
def written(tmp_path, monkeypatch):
    """The fits of the program lie in a folder of the test."""
    sentences, abstention = tmp_path / "sentences.json", tmp_path / "abstention.json"
    monkeypatch.setattr("bot.training.fitting.sentence_fit_path", lambda: sentences)
    monkeypatch.setattr("bot.training.fitting.abstention_fit_path", lambda: abstention)
    return sentences, abstention


def test_one_command_makes_all_fits(command, tmp_path, fake_model, written):
    fairs, news = write_fairs(tmp_path / "sets" / "fairs"), write_news(tmp_path / "sets" / "news")

    outcome = command(
        "fit", str(tmp_path / "sets"), "--languages", "en=0,zh=1", "--as-of", "2026-02-15"
    )

    assert outcome.code == 0, outcome.err
    assert outcome.out.splitlines() == [f"written: {path}" for path in written]
    of_sentences = read_fit(written[0], SentenceFit, SENTENCE_FEATURES)
    of_abstention = read_fit(written[1], AbstentionFit, ABSTENTION_FEATURES)
    for fit in (of_sentences, of_abstention):
        assert fit.provenance.data_sha256 == digest_of([fairs, news])
        assert fit.provenance.encoder == "hashing/1"
        assert fit.provenance.command == (
            "smebot fit fairs news --languages en=0,zh=1 --as-of 2026-02-15"
        )
        assert fit.provenance.examples["train"] > fit.provenance.examples["report"] > 0
    assert set(of_sentences.provenance.examples) == {"train", "report"}
    assert of_abstention.provenance.examples["threshold"] > 0
    assert of_abstention.provenance.metrics["same_language"]["auroc"] > 0.9
    other = of_abstention.other_language.features
    assert all(other[name][2:] == (0, 0) for name in (*LEXICAL_FEATURES, *GLOSSARY_FEATURES))


def test_the_fit_of_the_served_corpus_takes_its_threshold_from_its_own_questions(
    command, tmp_path, fake_model, written, served_desk
):
    write_fairs(tmp_path / "sets" / "fairs")
    write_news(tmp_path / "sets" / "news")
    own = [
        {"id": f"{lang}-{n}", "lang": lang, "text": text, "answerable": True}
        for n, text in enumerate(["How many booths has the tea fair?", "Where is the silk park?"])
        for lang in ("en", "es")
    ]
    write_set(tmp_path / "own" / "train", questions=own)
    write_set(tmp_path / "own" / "threshold", questions=own)

    sets, own_folder = str(tmp_path / "sets"), str(tmp_path / "own")
    outcome = command("fit", sets, "--languages", "en=0,zh=1", "--own", own_folder)

    assert outcome.code == 0, outcome.err
    for_any = read_fit(written[1], AbstentionFit, ABSTENTION_FEATURES)
    (path,) = tmp_path.glob("corpus/abstention.json")
    for_own = read_fit(path, AbstentionFit, ABSTENTION_FEATURES)
    added = for_own.provenance.examples["threshold"] - for_any.provenance.examples["threshold"]
    assert added == len(own)
    assert for_own.same_language.threshold != for_any.same_language.threshold
    assert for_own.provenance.data_sha256 != for_any.provenance.data_sha256


def test_the_same_data_give_the_same_weights(command, tmp_path, fake_model, written):
    write_fairs(tmp_path / "sets" / "fairs")
    write_news(tmp_path / "sets" / "news")

    def made():
        assert command("fit", str(tmp_path / "sets"), "--languages", "en=0,zh=1").code == 0
        fits = [json.loads(path.read_text("utf-8")) for path in written]
        return [
            fit[kind]["features"] for fit in fits for kind in ("same_language", "other_language")
        ]

    first, second = made(), made()

    for before, after in zip(first, second, strict=True):
        for name, numbers in before.items():  # embeddings are cached with fewer digits
            assert after[name] == pytest.approx(numbers, abs=0.01)


def test_without_unanswerable_questions_no_fit_is_written(command, tmp_path, fake_model, written):
    questions = [
        {"id": town, "lang": "en", "text": f"Where is {town}?", "relevant": [town]}
        for town in TOWNS
    ]
    passages = [{"id": town, "lang": "en", "text": f"{town} is far away."} for town in TOWNS]
    write_set(tmp_path / "towns", passages=passages, questions=questions)

    outcome = command("fit", str(tmp_path / "towns"))

    assert outcome.code == 1
    assert "answers" in outcome.err
    assert not any(path.exists() for path in written)


def test_the_digest_tells_whether_the_data_changed(tmp_path):
    fairs = write_fairs(tmp_path / "fairs")
    before = digest_of([fairs])

    assert digest_of([fairs]) == before
    with (fairs / "questions.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert digest_of([fairs]) != before
