"""Whether the sentences that were read answer: features, and the shipped weights."""

import json
import math
import re
import subprocess
import sys

import pytest

from bot.answers.decision import (
    FEATURES,
    THRESHOLD,
    Features,
    decision_fit_path,
    log_odds,
    read_fit,
    shipped_decision_fit,
)
from bot.errors import FitError
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


def test_a_fit_for_other_features_names_them_and_the_remedy(tmp_path):
    other = tmp_path / "decision.json"
    text = decision_fit_path().read_text("utf-8")
    other.write_text(text.replace('"cosine"', '"colour"'), "utf-8")

    with pytest.raises(FitError, match=r"decision.json.*colour.*cosine.*`smebot fit`"):
        read_fit(other)


def test_a_fit_with_features_in_another_order_is_refused(tmp_path):
    other = tmp_path / "decision.json"
    fit = json.loads(decision_fit_path().read_text("utf-8"))
    fit["features"] = {name: fit["features"][name] for name in FEATURES[::-1]}
    other.write_text(json.dumps(fit), "utf-8")

    with pytest.raises(FitError, match="their order"):
        read_fit(other)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"features": ["other"]}', "\udcff"])
def test_a_fit_that_cannot_be_read_is_named_with_the_remedy(tmp_path, content):
    path = tmp_path / "decision.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))

    with pytest.raises(FitError, match=r"decision.json.*`smebot fit`"):
        read_fit(path)


def test_what_serves_loads_no_library_that_fits():
    script = (
        "import sys, bot.app, bot.answers.answerer, bot.chat.conversation; print(*sys.modules)"
    )

    modules = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    ).stdout

    assert "bot.answers.decision" in modules
    assert "sklearn" not in modules
    assert "torch" not in modules.split()
