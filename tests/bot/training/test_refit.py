"""A refit on stored examples gives the stored weights, whatever library versions are installed.

`sample.json` holds features of a few labelled questions, as `smebot fit` computes them, and the
weights that were fitted on them.
"""

import json
from pathlib import Path

import pytest

from bot.answers.abstention import AbstentionWeights
from bot.answers.features import ABSTENTION_FEATURES, AbstentionFeatures
from bot.answers.sentence_scoring import SENTENCE_FEATURES, SentenceFeatures, SentenceWeights
from bot.evaluation.sets import Part
from bot.training import abstention, sentences

TOLERANCE = 0.002


@pytest.fixture(scope="module")
def sample():
    return json.loads(Path(__file__).with_name("sample.json").read_text("utf-8"))


def test_abstention_is_fitted_again_as_it_was(sample):
    stored = sample["abstention"]
    assert tuple(stored["features"]) == ABSTENTION_FEATURES
    examples = [
        abstention.Example(
            features=AbstentionFeatures(**dict(zip(ABSTENTION_FEATURES, row, strict=True))),
            is_answerable=kind == "answerable",
            is_other=False,
            part=Part.TRAIN,
        )
        for kind in ("answerable", "unanswerable")
        for row in stored[kind]
    ]

    fitted = abstention.fit_weights(examples, examples, max_refused=0.1)

    expected = AbstentionWeights.model_validate(stored["weights"])
    assert fitted.intercept == pytest.approx(expected.intercept, abs=TOLERANCE)
    assert fitted.threshold == pytest.approx(expected.threshold, abs=TOLERANCE)
    for name, numbers in expected.features.items():
        assert fitted.features[name] == pytest.approx(numbers, abs=TOLERANCE), name


def test_sentences_are_fitted_again_as_they_were(sample):
    stored = sample["sentences"]
    assert tuple(stored["features"]) == SENTENCE_FEATURES
    choices = [
        sentences.Choice(
            features=[
                SentenceFeatures(**dict(zip(SENTENCE_FEATURES, row, strict=True)))
                for row in choice["rows"]
            ],
            holds_answer=[at in choice["right"] for at in range(len(choice["rows"]))],
            part=Part.TRAIN,
        )
        for choice in stored["choices"]
    ]

    fitted = sentences.fit_weights(choices)

    expected = SentenceWeights.model_validate(stored["weights"])
    assert fitted.features == pytest.approx(dict(expected.features), abs=TOLERANCE)
