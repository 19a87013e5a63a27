"""A check that is made of an answer: read back as it was written, whole or not at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.reasons import AnswerStatus
from bot.checks.adding import Expected, add, as_answered, check_id, path_of, written
from bot.checks.loading import load_checks, parse_checks
from bot.checks.values import Check
from bot.errors import CheckFileError

ANSWER_ID = "3f2a9c1d00000000"
WORDS = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=40).filter(str.strip)


def _check(**keys) -> Check:
    usual = {"question": "How many?", "language": "en", "status": ("answered",)}
    return Check(**usual | {"id": check_id(ANSWER_ID), "as_of": date(2026, 2, 15)} | keys)


@given(WORDS, WORDS, WORDS)
def test_a_check_is_read_as_it_was_written(tmp_path_factory, question, quote, before):
    check = _check(
        question=question, say=((quote,), (quote, before)), history=(before,), cite=("a/no",)
    )

    assert parse_checks(written(check), tmp_path_factory.getbasetemp()) == [check]


def test_what_cannot_be_written_leaves_nothing(tmp_path, monkeypatch):
    def no_space(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.durable.os.fsync", no_space)

    with pytest.raises(CheckFileError, match="No space left"):
        add(_check(), ANSWER_ID, [tmp_path])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_checks_that_came_with_the_program_stay_as_they_are(tmp_path, monkeypatch):
    monkeypatch.setattr("index.shipped.SHIPPED", tmp_path)

    with pytest.raises(CheckFileError, match="smebot init DIR"):
        add(_check(), ANSWER_ID, [tmp_path / "corpus" / "checks"])
    assert list(tmp_path.iterdir()) == []


def test_a_check_is_never_overwritten(tmp_path):
    add(_check(), ANSWER_ID, [tmp_path])

    with pytest.raises(CheckFileError, match="is a check already"):
        add(_check(question="Another?"), ANSWER_ID, [tmp_path])

    assert load_checks([tmp_path]) == [_check()]
    assert path_of(ANSWER_ID, [tmp_path]).is_file()


def test_no_more_is_demanded_than_the_answer_said(make_document):
    document = make_document("One booth. Two halls.", id="events/fair.en", topic="events")
    quoted = [["events/fair.en", 0, 10], ["events/fair.en", 11, 21], ["events/gone.en", 0, 4]]

    expected = as_answered("answered", quoted, "One booth. [1]", {document.id: document})

    assert expected == Expected(
        status=AnswerStatus.ANSWERED,
        cite=(document.stem,),
        say=("One booth.",),
        topic=document.metadata.topic,
    )
