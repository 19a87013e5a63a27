"""Fitting when to answer: the threshold keeps a share of what is answered."""

from dataclasses import replace

import numpy as np
import pytest

from bot.errors import InputError
from bot.evaluation.sets import Part
from bot.training.decision import Example, calibrated, metrics_of

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
