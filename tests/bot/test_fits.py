"""A fit that is read belongs to the features of the code and says what it was made from."""

import json
import math
import re
import subprocess
import sys

import pytest

from bot.answers.abstention import (
    AbstentionFit,
    abstention_fit_path,
    load_abstention_fit,
    shipped_abstention_fit,
)
from bot.answers.features import ABSTENTION_FEATURES, LEXICAL_FEATURES
from bot.answers.fits import read_fit
from bot.answers.sentence_scoring import (
    SENTENCE_FEATURES,
    SentenceFit,
    sentence_fit_path,
    shipped_sentence_fit,
)
from bot.errors import FitError


@pytest.fixture(params=["abstention", "sentences", "corpus"])
def shipped(request, project):
    """Path, type and features of each fit in the repository."""
    return {
        "abstention": (abstention_fit_path(), AbstentionFit, ABSTENTION_FEATURES),
        "sentences": (sentence_fit_path(), SentenceFit, SENTENCE_FEATURES),
        "corpus": (project / "corpus" / "abstention.json", AbstentionFit, ABSTENTION_FEATURES),
    }[request.param]


def test_every_fit_of_the_repository_says_what_it_was_made_from(shipped):
    provenance = read_fit(*shipped).provenance

    assert provenance.command.startswith("smebot fit ")
    assert re.fullmatch("[0-9a-f]{64}", provenance.data_sha256)
    assert provenance.examples["train"] > 100
    assert provenance.examples["report"] > 10
    assert provenance.metrics["same_language"]
    assert "scikit-learn" in provenance.versions


def test_every_fit_of_the_repository_fits_in_a_screen(shipped):
    path, *_ = shipped

    assert len(path.read_text("utf-8").splitlines()) <= 100


def test_a_fit_for_other_features_names_them_and_the_remedy(tmp_path, shipped):
    path, kind, features = shipped
    other = tmp_path / path.name
    other.write_text(path.read_text("utf-8").replace('"best_cosine"', '"colour"'), "utf-8")
    other.write_text(other.read_text("utf-8").replace('"cosine"', '"colour"'), "utf-8")

    with pytest.raises(FitError, match=rf"{path.name}.*colour.*cosine.*`smebot fit`"):
        read_fit(other, kind, features)


def test_a_fit_with_features_in_another_order_is_refused(tmp_path, shipped):
    path, kind, features = shipped

    with pytest.raises(FitError, match="their order"):
        read_fit(path, kind, features[::-1])


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"features": ["other"]}', "\udcff"])
def test_a_fit_that_cannot_be_read_is_named_with_the_remedy(tmp_path, content):
    path = tmp_path / "abstention.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))

    with pytest.raises(FitError, match=r"abstention.json.*`smebot fit`"):
        load_abstention_fit([tmp_path])


def test_a_corpus_may_bring_its_own_fit(tmp_path):
    assert load_abstention_fit([tmp_path]) is None

    (tmp_path / "abstention.json").write_bytes(abstention_fit_path().read_bytes())

    assert load_abstention_fit([tmp_path / "none", tmp_path]) == shipped_abstention_fit()


def test_weights_of_the_shipped_abstention_can_be_computed_with():
    for weights in (
        shipped_abstention_fit().same_language,
        shipped_abstention_fit().other_language,
    ):
        assert all(math.isfinite(value) for row in weights.features.values() for value in row)
        assert all(scale > 0 for _, scale, _, _ in weights.features.values())


def test_words_tell_nothing_between_languages():
    of_abstention = shipped_abstention_fit().other_language.features
    of_sentences = shipped_sentence_fit().other_language.features

    assert all(of_abstention[name][2:] == (0, 0) for name in LEXICAL_FEATURES)
    assert of_sentences["coverage"] == 0


def test_whatever_speaks_for_a_sentence_has_a_positive_weight():
    assert all(weight > 0 for weight in shipped_sentence_fit().same_language.features.values())


def test_what_serves_loads_no_library_that_fits():
    script = (
        "import sys, bot.app, bot.answers.answerer, bot.chat.conversation; print(*sys.modules)"
    )

    modules = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    ).stdout

    assert "bot.answers.abstention" in modules
    assert "sklearn" not in modules


def test_fits_are_plain_json():
    assert set(json.loads(sentence_fit_path().read_text("utf-8"))) == {
        "provenance",
        "same_language",
        "other_language",
    }
