"""A fit that is read belongs to the features of the code."""

import subprocess
import sys

import pytest

from bot.answers.decision import FEATURES, DecisionFit, decision_fit_path
from bot.answers.fits import read_fit
from bot.errors import FitError


def test_a_fit_for_other_features_names_them_and_the_remedy(tmp_path):
    other = tmp_path / "decision.json"
    text = decision_fit_path().read_text("utf-8")
    other.write_text(text.replace('"cosine"', '"colour"'), "utf-8")

    with pytest.raises(FitError, match=r"decision.json.*colour.*cosine.*`smebot fit`"):
        read_fit(other, DecisionFit, FEATURES)


def test_a_fit_with_features_in_another_order_is_refused():
    with pytest.raises(FitError, match="their order"):
        read_fit(decision_fit_path(), DecisionFit, FEATURES[::-1])


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"features": ["other"]}', "\udcff"])
def test_a_fit_that_cannot_be_read_is_named_with_the_remedy(tmp_path, content):
    path = tmp_path / "decision.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))

    with pytest.raises(FitError, match=r"decision.json.*`smebot fit`"):
        read_fit(path, DecisionFit, FEATURES)


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
