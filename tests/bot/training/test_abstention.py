"""When to abstain is learned from labelled questions."""

from dataclasses import replace

import pytest

from bot.answers.features import ABSTENTION_FEATURES, AbstentionFeatures
from bot.errors import InputError
from bot.evaluation.sets import Part
from bot.training.abstention import Example, fit_weights, metrics_of


def examples(centre, *, is_answerable, count=20, weight=1.0):
    """Examples whose first two features are near a point, each a little different."""
    first, second, *_ = ABSTENTION_FEATURES
    nothing = dict.fromkeys(ABSTENTION_FEATURES, 0.0)
    return [
        Example(
            features=AbstentionFeatures(
                **{**nothing, first: centre + step, second: centre - step * step}
            ),
            is_answerable=is_answerable,
            is_other=False,
            part=Part.TRAIN,
            weight=weight,
        )
        for step in (number / count for number in range(count))
    ]


def answered(weights, among):
    return sum(weights.confidence(example.features) >= 0.5 for example in among)


def test_weights_separate_what_can_be_separated():
    answerable = examples(3.0, is_answerable=True)
    unanswerable = examples(-3.0, is_answerable=False)

    weights = fit_weights([*answerable, *unanswerable], answerable, max_refused=0.1)

    assert answered(weights, answerable) == 18
    assert answered(weights, unanswerable) == 0


def test_both_kinds_count_the_same_however_few_there_are_of_one():
    answerable = examples(0.0, is_answerable=True)
    unanswerable = examples(0.0, is_answerable=False) * 10

    weights = fit_weights([*answerable, *unanswerable], answerable, max_refused=0.5)

    for example in answerable:
        assert weights.log_odds(example.features) == pytest.approx(0, abs=0.05)


def test_an_example_with_a_weight_counts_as_often():
    answerable = examples(2.0, is_answerable=True)
    near, far = (examples(centre, is_answerable=False) for centre in (1.0, -3.0))

    repeated = fit_weights([*answerable, *near * 5, *far], answerable, max_refused=0.1)
    weighted = fit_weights(
        [*answerable, *(replace(example, weight=5.0) for example in near), *far],
        answerable,
        max_refused=0.1,
    )

    for name in ABSTENTION_FEATURES:
        assert weighted.features[name] == pytest.approx(repeated.features[name], abs=1e-3)


def test_the_threshold_comes_from_other_questions_than_the_weights():
    training = [
        *examples(3.0, is_answerable=True, count=100),
        *examples(2.5, is_answerable=False, count=100),
    ]
    deciding = examples(2.8, is_answerable=True, count=50)

    weights = fit_weights(training, deciding, max_refused=0.1)

    assert 50 - answered(weights, deciding) == pytest.approx(5, abs=1)
    assert weights.features == fit_weights(training, training, max_refused=0.3).features


def test_an_ignored_feature_has_no_weight():
    ignored, *others = ABSTENTION_FEATURES
    answerable = examples(3.0, is_answerable=True)

    weights = fit_weights(
        [*answerable, *examples(-3.0, is_answerable=False)], answerable, 0.0, ignored=[ignored]
    )

    assert weights.features[ignored][2:] == (0, 0)
    assert any(weights.features[name][2] for name in others)


@pytest.mark.parametrize("is_answerable", [True, False])
def test_examples_of_one_kind_alone_are_refused(is_answerable):
    training = examples(0.0, is_answerable=is_answerable)

    with pytest.raises(InputError, match="withheld or off-topic"):
        fit_weights(training, training, max_refused=0.1)


def test_metrics_are_of_the_examples_given():
    answerable = examples(3.0, is_answerable=True)
    unanswerable = examples(-3.0, is_answerable=False)
    weights = fit_weights([*answerable, *unanswerable], answerable, max_refused=0.1)

    assert metrics_of(weights, [*answerable, *unanswerable]) == {
        "auroc": 1.0,
        "answerable_refused": 0.1,
        "unanswerable_refused": 1.0,
    }
    assert metrics_of(weights, answerable) == {}
