"""Fitting when to answer: the weights tell answers from others, the threshold keeps a share."""

from dataclasses import replace

import numpy as np
import pytest

from bot.answers.decision import Features
from bot.errors import InputError
from bot.evaluation.sets import Part
from bot.training.decision import Example, fit_further, fit_weights, metrics_of

CHANCE = np.random.default_rng(7)


def example(best: float, *, is_answered: bool) -> Example:
    noise = CHANCE.normal(size=4)
    features = Features(
        best=best, cosine=noise[0], z_score=noise[1], match=noise[2], gap=noise[3], is_other=0.0
    )
    return Example(features=features, is_answered=is_answered, part=Part.TRAIN)


@pytest.fixture(scope="module")
def examples():
    """What answers reads two log-odds better; all else is noise."""
    return [
        example(CHANCE.normal(2.0 if answered else 0.0), is_answered=answered)
        for answered in (True, False)
        for _ in range(300)
    ]


def test_what_tells_them_apart_gets_the_weight(examples):
    features = fit_weights(examples, 0.05).features

    noise = [abs(weight) for name, weight in features.items() if name != "best"]
    assert features["best"] > 5 * max(noise)
    assert features["is_other"] == 0  # it never varied


@pytest.mark.parametrize("share", [0.02, 0.2])
def test_the_threshold_refuses_the_share_that_is_asked_for(examples, share):
    metrics = metrics_of(fit_weights(examples, share), examples)

    assert metrics["answered_refused"] == pytest.approx(share, abs=0.005)
    assert metrics["auroc"] > 0.85
    assert metrics["recall"] > share


def test_the_same_examples_give_the_same_weights(examples):
    assert fit_weights(examples, 0.05) == fit_weights(list(examples), 0.05)


def test_examples_of_one_kind_are_refused(examples):
    answered = [replace(e, is_answered=True) for e in examples]

    with pytest.raises(InputError, match="unanswerable"):
        fit_weights(answered, 0.05)


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
