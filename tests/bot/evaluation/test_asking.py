"""Questions are asked side by side, and answered in their order."""

import threading

import pytest

from bot.evaluation.asking import each_in_order
from index.processors import cores


@pytest.mark.skipif(cores() < 2, reason="needs two cores")
def test_two_are_asked_at_once():
    both = threading.Barrier(2, timeout=10)

    assert list(each_in_order(lambda _: both.wait() >= 0, "ab")) == [True, True]


def test_results_come_in_the_order_of_the_questions():
    first_waits = threading.Event()

    def work(item):
        if item == 0:
            first_waits.wait(0.2)
        else:
            first_waits.set()
        return item

    assert list(each_in_order(work, range(8))) == list(range(8))
