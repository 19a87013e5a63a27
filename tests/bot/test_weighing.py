"""Which sentence answers is told by weights that are fitted on labelled questions."""

import numpy as np
import pytest

from bot.answers.weighing import (
    Choice,
    Features,
    SentenceFit,
    fit_weights,
    names,
    shipped_fit,
    shipped_path,
)


def sentence(*, coverage=0.2, cosine=0.2, passage=0.5, number=0.0, date=0.0):
    return Features(coverage=coverage, cosine=cosine, passage=passage, number=number, date=date)


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
        )


def fitted(weights):
    return SentenceFit(names(), "these tests", same_language=weights, other_language=weights)


@pytest.mark.parametrize("feature", names())
def test_what_tells_the_answer_in_examples_gets_the_weight(feature):
    weights = dict(zip(names(), fit_weights(list(choices(feature))), strict=True))

    assert weights[feature] > 1
    assert all(abs(weights[other]) < 1e-6 for other in names() if other != feature)


def test_sentences_of_new_questions_are_put_in_order():
    fit = fitted(fit_weights(list(choices("cosine"))))

    poor, good = sentence(cosine=0.3), sentence(cosine=0.6)

    assert fit.score(good, is_other=False) > fit.score(poor, is_other=False)


def test_where_several_sentences_hold_the_answer_one_that_is_told_is_enough():
    """An answer like "China" stands by chance in sentences that do not answer."""
    with_chance = [
        Choice(choice.features, [holds or i == 0 for i, holds in enumerate(choice.holds_answer)])
        for choice in choices("cosine")
    ]

    weight = fit_weights(with_chance)[names().index("cosine")]

    assert weight > 0.8 * fit_weights(list(choices("cosine")))[names().index("cosine")]


def test_ignored_features_get_no_weight():
    weights = fit_weights(list(choices("coverage")), ignored=["coverage"])

    assert weights[names().index("coverage")] == 0


def test_a_fit_is_read_as_it_was_written(tmp_path, monkeypatch):
    fit = fitted((1.0, 2.0, 3.0, 4.0, 5.0))
    fit.save(tmp_path / "sentences.json")
    monkeypatch.setattr("bot.answers.weighing.shipped_path", lambda: tmp_path / "sentences.json")
    shipped_fit.cache_clear()

    try:
        assert shipped_fit() == fit
    finally:
        shipped_fit.cache_clear()


def test_a_fit_for_other_features_says_how_to_make_one(tmp_path, monkeypatch):
    path = tmp_path / "sentences.json"
    path.write_text(shipped_path().read_text("utf-8").replace("cosine", "colour"), "utf-8")
    monkeypatch.setattr("bot.answers.weighing.shipped_path", lambda: path)
    shipped_fit.cache_clear()

    try:
        with pytest.raises(ValueError, match="smebot fit-sentences"):
            shipped_fit()
    finally:
        shipped_fit.cache_clear()


def test_the_shipped_fit_tells_nothing_by_words_between_languages():
    fit = shipped_fit()

    assert fit.features == names()
    assert fit.other_language[names().index("coverage")] == 0
    assert all(weight > 0 for weight in fit.same_language)
