"""All parts in one run."""

import sys

import pytest

from bot.app import read_settings
from bot.bench.running import Bench, Part, Plan

PRINTS = (sys.executable, "-c", "print('an answer')")


@pytest.fixture
def bench(fake_model, served_desk, questions):
    """`bench(*parts)`: measure these on the small corpus."""

    def run(*parts):
        plan = Plan(parts=parts or tuple(Part), runs=1, served=3, documents=3, program=PRINTS)
        return Bench(read_settings(), questions, plan).run()

    return run


def test_all_parts_are_one_object(bench, served_desk, questions):
    report = bench().as_json()

    assert {*Part, "machine", "snapshot", "documents", "passages", "took_s"} == report.keys()
    assert report["start"]["answer_s"].keys() == {"mean", "least", "p50", "p95", "p99", "most"}
    assert report["questions"]["questions"] == len(questions)
    assert [served["clients"] for served in report["clients"]] == [1, 8, 64]
    assert {served["questions"] for served in report["clients"]} == {3}
    assert report["encoder"]["not_compared"]
    size = report["size"]
    tolerated = 50 * 2**20  # in a worker that has run other tests
    assert size["before_loading"] <= size["loaded"] + tolerated
    assert size["loaded"] <= size["asked"] + tolerated
    assert min(size["snapshot"], size["models"], size["cache"]) > 0
    assert report["change"]["documents"] == 3
    assert not list(served_desk.glob("bench-*"))


def test_a_part_may_be_measured_alone(bench):
    report = bench(Part.START).as_json()

    assert not {*Part} - {"start"} & report.keys()
    assert report["start"]["runs"] == 1
