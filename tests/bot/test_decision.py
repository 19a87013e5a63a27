"""Whether the sentences that were read answer: features, and the shipped weights."""

import math
import re

import pytest

from bot.answers.decision import (
    FEATURES,
    THRESHOLD,
    Features,
    decision_fit_path,
    log_odds,
    shipped_decision_fit,
)
from tests.bot.handmade_fits import decision_fit

NEUTRAL = dict.fromkeys(FEATURES, 0.0)


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_log_odds_are_finite(probability):
    assert math.isfinite(log_odds(probability))


def test_confidence_reaches_the_threshold_where_the_weighted_features_reach_zero():
    fit = decision_fit(intercept=-2.0, best=1.0)

    assert fit.confidence(Features(**NEUTRAL | {"best": 2.0})) == THRESHOLD
    assert fit.confidence(Features(**NEUTRAL | {"best": 3.0})) > THRESHOLD
    assert fit.confidence(Features(**NEUTRAL | {"best": 900.0})) <= 1


def test_the_shipped_fit_says_what_it_was_made_from():
    provenance = shipped_decision_fit().provenance

    assert provenance.command.startswith("smebot fit ")
    assert re.fullmatch("[0-9a-f]{64}", provenance.data_sha256)
    assert provenance.examples["train"] > 300
    assert provenance.examples["report"] > 100
    assert provenance.metrics["report"]["auroc"] > 0.8
    assert len(decision_fit_path().read_text("utf-8").splitlines()) <= 50


@pytest.mark.model
def test_the_shipped_fit_was_made_for_the_shipped_reader(model_reader):
    assert shipped_decision_fit().provenance.reader == model_reader.name


def test_what_reads_as_an_answer_counts_for_it():
    features = shipped_decision_fit().features

    assert features["best"] > 0
    assert features["gap"] <= 0
