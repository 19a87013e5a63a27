"""Whether the sentences that were read answer: the threshold, and the shipped fit."""

import json
import math
import re
import subprocess
import sys

import pytest

from bot.answers.decision import (
    THRESHOLD,
    decision_fit_path,
    log_odds,
    read_fit,
    shipped_decision_fit,
)
from bot.errors import FitError
from tests.bot.handmade_fits import decision_fit


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_log_odds_are_finite(probability):
    assert math.isfinite(log_odds(probability))


def test_confidence_reaches_one_half_at_the_threshold_and_grows_with_the_reading():
    fit = decision_fit(threshold=2.0)

    assert fit.confidence(2.0) == THRESHOLD
    assert fit.confidence(1.0) < THRESHOLD < fit.confidence(3.0) < fit.confidence(900.0) <= 1


def test_what_reads_as_probable_as_the_threshold_answers_alone():
    fit = decision_fit(threshold=log_odds(0.2))

    assert fit.answers(0.2)
    assert not fit.answers(0.19)


def test_what_is_read_in_a_conversation_must_read_better():
    fit = decision_fit(threshold=log_odds(0.2)).model_copy(update={"in_conversation": 2.0})

    assert log_odds(fit.told_in_conversation(0.2)) == pytest.approx(log_odds(0.2) - 2)
    assert not fit.answers(fit.told_in_conversation(0.2))
    assert shipped_decision_fit().in_conversation > 0


def test_the_shipped_fit_says_what_it_was_made_from():
    provenance = shipped_decision_fit().provenance

    assert provenance.command.startswith("smebot fit ")
    assert re.fullmatch("[0-9a-f]{64}", provenance.data_sha256)
    assert provenance.examples["train"] > 200
    assert provenance.examples["report"] > 100
    assert provenance.metrics["report"]["auroc"] > 0.8
    assert len(decision_fit_path().read_text("utf-8").splitlines()) <= 50


@pytest.mark.model
def test_the_shipped_fit_was_made_for_the_shipped_reader(model_reader):
    assert shipped_decision_fit().provenance.reader == model_reader.name


def test_a_fit_of_another_program_is_refused(tmp_path):
    other = tmp_path / "decision.json"
    fit = json.loads(decision_fit_path().read_text("utf-8"))
    other.write_text(json.dumps(fit | {"features": {"cosine": 1.0}}), "utf-8")

    with pytest.raises(FitError, match=r"decision.json.*`smebot fit`"):
        read_fit(other)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"slope": -1}', "\udcff"])
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
