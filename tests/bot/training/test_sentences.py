"""Which sentence answers is learned from labelled questions."""

import numpy as np
import pytest

from bot.answers.sentence_scoring import SENTENCE_FEATURES, SentenceFeatures
from bot.errors import InputError
from bot.evaluation.sets import Part
from bot.training.sentences import Choice, fit_weights, metrics_of


def sentence(**given):
    return SentenceFeatures(**{**dict.fromkeys(SENTENCE_FEATURES, 0.2), **given})


def choices(feature, count=100):
    """Among four sentences the one that holds the answer has more of a feature, mostly."""
    chance = np.random.default_rng(7)
    for _ in range(count):
        right = int(chance.integers(4))
        yield Choice(
            features=[
                sentence(**{feature: float(chance.normal(0.6 if place == right else 0.3, 0.1))})
                for place in range(4)
            ],
            holds_answer=[place == right for place in range(4)],
            part=Part.TRAIN,
        )


@pytest.mark.parametrize("feature", SENTENCE_FEATURES)
def test_the_feature_that_tells_the_answer_in_examples_gets_the_weight(feature):
    weights = fit_weights(list(choices(feature))).features

    assert weights[feature] > 1
    assert all(weights[other] == 0 for other in SENTENCE_FEATURES if other != feature)


def test_sentences_of_new_questions_are_put_in_order():
    weights = fit_weights(list(choices("cosine")))

    poor, good = sentence(cosine=0.3), sentence(cosine=0.6)

    assert weights.score(good) > weights.score(poor)


def test_where_several_sentences_hold_the_answer_one_that_comes_first_is_enough():
    """An answer like "China" stands by chance in sentences that do not answer."""
    with_chance = [
        Choice(
            features=choice.features,
            holds_answer=[holds or at == 0 for at, holds in enumerate(choice.holds_answer)],
            part=Part.TRAIN,
        )
        for choice in choices("cosine")
    ]

    weight = fit_weights(with_chance).features["cosine"]

    assert weight > 0.8 * fit_weights(list(choices("cosine"))).features["cosine"]


def test_ignored_features_get_no_weight():
    weights = fit_weights(list(choices("coverage")), ignored=["coverage"])

    assert weights.features["coverage"] == 0


def test_without_questions_nothing_is_fitted():
    with pytest.raises(InputError, match="answers"):
        fit_weights([])


def test_the_metric_is_how_often_the_best_sentence_holds_the_answer():
    weights = fit_weights(list(choices("cosine")))
    features = [sentence(cosine=0.9), sentence(cosine=0.1)]
    new = [
        Choice(features=features, holds_answer=holds, part=Part.REPORT)
        for holds in ([True, False], [True, False], [True, False], [False, True])
    ]

    assert metrics_of(weights, new) == {"best_holds_answer": 0.75}
    assert metrics_of(weights, []) == {}
