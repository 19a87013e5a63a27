"""Fitting when to answer: the threshold keeps a share of what is answered."""

from dataclasses import replace

import numpy as np
import pytest

from bot.errors import InputError
from bot.evaluation.sets import Part
from bot.training.decision import Example, calibrated, fit_further, metrics_of

CHANCE = np.random.default_rng(7)


def example(reading: float, *, is_answered: bool) -> Example:
    return Example(reading=reading, is_answered=is_answered, part=Part.TRAIN)


@pytest.fixture(scope="module")
def examples():
    """What answers reads two log-odds better."""
    return [
        example(CHANCE.normal(2.0 if answered else 0.0), is_answered=answered)
        for answered in (True, False)
        for _ in range(300)
    ]


@pytest.mark.parametrize("share", [0.02, 0.2])
def test_the_threshold_refuses_the_share_that_is_asked_for(examples, share):
    metrics = metrics_of(calibrated(examples, share).threshold, examples)

    assert metrics["answered_refused"] == pytest.approx(share, abs=0.005)
    assert metrics["auroc"] > 0.85
    assert metrics["recall"] > share


def test_the_slope_is_that_of_the_data(examples):
    assert calibrated(examples, 0.05).slope == pytest.approx(2.0, abs=0.4)  # of two normals


def test_examples_of_one_kind_are_refused(examples):
    answered = [replace(e, is_answered=True) for e in examples]

    with pytest.raises(InputError, match="unanswerable"):
        calibrated(answered, 0.05)


def beside(*pairs: tuple[float, bool], is_answered: bool = True) -> Example:
    return replace(example(1.0, is_answered=is_answered), further=pairs)


def test_a_further_sentence_must_read_as_well_as_those_that_mostly_answer():
    examples = [beside((0.9, True), (0.3, False)), beside((0.6, True), (0.5, False), (0.1, False))]

    assert fit_further(examples) == 0.6


def test_a_part_left_out_costs_more_than_a_sentence_too_many():
    mixed = [(0.9, True), (0.8, True), (0.7, False), (0.6, False), (0.5, True), (0.4, False)]

    assert fit_further([beside(*mixed)]) == 0.5


def test_what_is_beside_a_sentence_that_does_not_answer_tells_nothing():
    told = beside((0.7, True), (0.2, False))

    assert fit_further([told, beside((0.95, False), is_answered=False)]) == 0.7


def test_where_no_further_sentence_ever_answers_none_is_quoted():
    assert fit_further([beside((0.9, False))]) == 1.0
