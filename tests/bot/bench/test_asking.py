"""Where the time of a question goes."""

import time

import pytest

from bot.answers.answerer import Answerer
from bot.bench.asking import measure_questions
from index import Retriever
from index.encoder import no_progress
from index.readers.word_reader import WordReader
from index.testing import HashingEncoder

_ENCODE_MS, _READ_MS = 15, 25


class SlowEncoder(HashingEncoder):
    """Takes a known time, and writes down what it is given."""

    def __init__(self):
        super().__init__()
        self.calls = []

    def encode_queries(self, texts):
        self.calls.append(tuple(texts))
        time.sleep(_ENCODE_MS / 1000)
        return super().encode_queries(texts)


class SlowReader(WordReader):
    def __init__(self):
        super().__init__()
        self.calls = []

    def score(self, question, texts):
        self.calls.append((question, tuple(texts)))
        time.sleep(_READ_MS / 1000)
        return super().score(question, texts)


@pytest.fixture
def slow(desk, answerer_with) -> Answerer:
    """An answerer whose models take a known time."""
    answerer = answerer_with()
    retriever = Retriever(desk.snapshot, SlowEncoder())
    return answerer.over(retriever, answerer.glossary, SlowReader())


def test_the_parts_add_up_to_the_total(slow, questions):
    asked = measure_questions(slow, questions, no_progress)

    parts = (asked.encode_ms, asked.search_ms, asked.read_ms, asked.compose_ms)
    assert asked.questions == len(questions)
    assert sum(part.mean for part in parts) == pytest.approx(asked.total_ms.mean)
    assert all(part.least >= 0 for part in parts)


def test_each_part_gets_its_own_time(slow, questions):
    asked = measure_questions(slow, questions[:3], no_progress)

    assert asked.encode_ms.least >= _ENCODE_MS
    assert asked.read_ms.least >= _READ_MS
    assert asked.total_ms.least >= _ENCODE_MS + _READ_MS


def test_processor_time_is_no_waiting(slow, questions):
    asked = measure_questions(slow, questions[:2], no_progress)

    assert asked.cpu_ms > 0
    assert 0 <= asked.models_cpu_ms < _ENCODE_MS + _READ_MS  # those only sleep


def test_no_question_waits_for_what_is_loaded_once(slow, questions, monkeypatch):
    warmed = []
    monkeypatch.setattr("bot.bench.asking.warm", lambda answerer, _: warmed.append(answerer))

    measure_questions(slow, questions[:1], no_progress)

    (watched,) = warmed
    assert watched.retriever.snapshot is slow.retriever.snapshot
    assert watched is not slow


def test_the_models_alone_get_what_they_got_for_the_question(slow, questions):
    asked = measure_questions(slow, questions[:1], no_progress)

    for model in (slow.retriever.encoder, slow.reader):
        calls = [call for call in model.calls if "tea fair" in call[0]]  # not what warms up
        half = len(calls) // 2
        assert calls[:half]
        assert calls[:half] == calls[half:]
    assert asked.encoder_alone_ms >= _ENCODE_MS
    assert asked.reader_alone_ms >= _READ_MS
    assert asked.models_share == pytest.approx(
        (asked.encoder_alone_ms + asked.reader_alone_ms) / asked.total_ms.mean
    )
