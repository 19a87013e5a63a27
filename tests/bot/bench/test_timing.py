"""Clocks in the parts that an answerer works with."""

import time

from bot.bench.timing import Clock, timed
from index import Retriever
from index.testing import HashingEncoder

_ENCODE_S = 0.05


class SlowEncoder(HashingEncoder):
    def encode_queries(self, texts):
        time.sleep(_ENCODE_S)
        return super().encode_queries(texts)


def test_encoding_within_a_search_is_no_searching(desk, answerer_with):
    answerer = answerer_with()
    slow = answerer.over(
        Retriever(desk.snapshot, SlowEncoder()), answerer.glossary, answerer.reader
    )
    clock = Clock()
    watched = timed(slow, clock)

    started = time.perf_counter()
    found = watched.retriever.search("How many booths?", "en")
    elapsed = time.perf_counter() - started

    assert found.hits
    assert clock.encode_s >= _ENCODE_S
    assert clock.search_s > 0
    assert clock.encode_s + clock.search_s <= elapsed
    assert clock.encoded == [["How many booths?"]]


def test_a_clock_that_is_set_to_zero_begins_anew():
    clock = Clock(encode_s=1.0, search_s=2.0, read_s=3.0, encoded=[["a"]], read=[("a", ["b"])])

    clock.reset()

    assert clock == Clock()


def test_the_answers_are_the_same(answerer_with, questions):
    answerer = answerer_with()
    watched = timed(answerer, Clock())

    for question in questions:
        assert question.ask(watched).text == question.ask(answerer).text
