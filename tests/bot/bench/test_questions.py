"""Where the questions come from that are measured with."""

import json
from datetime import date

import pytest

from bot.app import read_settings
from bot.bench.questions import read_questions
from bot.errors import InputError

DAY = date(2026, 2, 15)


@pytest.fixture
def checks(corpus):
    """Ten checks."""
    entry = {"language": "en", "status": "answered", "as_of": "2025-11-06", "history": ["Hello"]}
    listed = [entry | {"id": f"c{n}", "question": f"Question {n}?"} for n in range(10)]
    corpus.write_raw("checks/a.yaml", json.dumps({"checks": listed}))


def test_the_canned_checks_are_real_questions_with_their_day_and_history(checks):
    questions = read_questions(read_settings(), None, 500, DAY)

    assert [question.text for question in questions] == [f"Question {n}?" for n in range(10)]
    assert {(q.today, q.history) for q in questions} == {(date(2025, 11, 6), ("Hello",))}


def test_of_more_than_are_wanted_some_from_everywhere_are_taken(checks):
    questions = read_questions(read_settings(), None, 4, DAY)

    assert [question.text[9] for question in questions] == ["0", "2", "5", "7"]


def test_a_file_may_name_others(tmp_path):
    lines = [{"text": "A?"}, {"text": "B?", "as_of": "2025-01-02", "history": ["C?"]}]
    (tmp_path / "own.jsonl").write_text("\n\n".join(map(json.dumps, lines)))

    first, second = read_questions(read_settings(), "own.jsonl", 500, DAY)

    assert (first.text, first.today, first.history) == ("A?", DAY, ())
    assert (second.text, second.today, second.history) == ("B?", date(2025, 1, 2), ("C?",))


@pytest.mark.parametrize(("content", "told"), [("{", "line 1"), ("\n", "no question in it")])
def test_a_file_that_is_not_sound_is_told(tmp_path, content, told):
    (tmp_path / "own.jsonl").write_text(content)

    with pytest.raises(InputError, match=told):
        read_questions(read_settings(), "own.jsonl", 500, DAY)
