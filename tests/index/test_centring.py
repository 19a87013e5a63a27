"""What a vector says about its language is taken out, so that meaning alone is compared."""

import numpy as np
import pytest

from index.centring import (
    LanguageSpace,
    _largest,
    crowding,
    estimate_question_means,
    question_means,
    questions_by_language,
)
from index.language import language_of
from index.testing import HashingEncoder

DIMENSION = 48
MORE_THAN_THE_SAMPLE = 9000
"""Crowding is measured against every second of so many passages."""
UNDETECTED = {"bn", "uz"}
"""Languages with a mean of their own that `language_of` does not tell."""


def unit(vectors):
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


def random_vectors(seed, *shape):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


class TwoLanguages:
    """The same 150 things said in Chinese and English: what they mean, moved by the language.

    Questions say the same things a little differently.
    """

    things = 150

    def __init__(self):
        meanings = unit(random_vectors(1, self.things, DIMENSION))
        asked = unit(meanings + 0.3 * unit(random_vectors(2, self.things, DIMENSION)))
        offsets = 3 * unit(random_vectors(3, 2, DIMENSION))
        self.languages = ["zh"] * self.things + ["en"] * self.things
        self.passages = unit(np.concatenate([meanings + offset for offset in offsets]))
        self.questions = unit(asked + offsets[0])
        """In Chinese."""
        means = [unit(asked + offset).mean(axis=0) for offset in offsets]
        self.means = {"zh": means[0], "en": means[1], "und": np.mean(means, axis=0)}

    def measure(self):
        return LanguageSpace.measure(self.passages, self.languages, self.means)


class SilentEncoder(HashingEncoder):
    """Cannot encode: what it is asked for must be known already."""

    def encode_queries(self, texts):
        raise AssertionError("asked for vectors")


@pytest.fixture(scope="module")
def two():
    return TwoLanguages()


def found_in_english(questions, passages):
    """How many of the questions have their English passage as the nearest of all or second."""
    nearest = np.argsort(-(questions @ passages.T), axis=1)[:, :2]
    expected = np.arange(TwoLanguages.things)[:, None] + TwoLanguages.things
    return int((nearest == expected).any(axis=1).sum())


def test_means_are_shipped_for_every_language_with_questions_and_for_all_others():
    shipped = question_means(SilentEncoder("smebot-encoder-1"), cache_dir=None)

    assert len(questions_by_language()) >= 20
    assert set(shipped) == set(questions_by_language()) | {"und"}
    for mean in shipped.values():
        assert (mean.shape, mean.dtype) == ((384,), np.float32)
        assert 0.2 < np.linalg.norm(mean) <= 1


def test_the_questions_behind_the_means_are_parallel_and_in_their_language():
    questions = questions_by_language()

    assert {len(texts) for texts in questions.values()} == {80}
    assert all(text.strip() for texts in questions.values() for text in texts)
    assert all(len(set(texts)) == len(texts) for texts in questions.values())
    told = {language: language_of(" ".join(texts)) for language, texts in questions.items()}
    assert {code for code, language in told.items() if code != language} == UNDETECTED


@pytest.mark.model
def test_shipped_means_are_those_that_the_bundled_model_gives(model_encoder):
    shipped = question_means(model_encoder, cache_dir=None)

    fresh = estimate_question_means(model_encoder)

    assert set(fresh) == set(shipped)
    cosines = unit(np.array(list(fresh.values()))) @ unit(np.array([shipped[k] for k in fresh])).T
    assert cosines.diagonal().min() > 0.999
    assert cosines.argmax(axis=1).tolist() == list(range(len(fresh)))


def test_means_of_another_model_are_estimated_once_and_kept(tmp_path):
    first = question_means(HashingEncoder("some/model"), tmp_path)

    again = question_means(SilentEncoder("some/model"), tmp_path)

    assert set(first) == set(again) == set(questions_by_language()) | {"und"}
    for language, mean in first.items():
        assert again[language] == pytest.approx(mean, abs=1e-3)
    with pytest.raises(AssertionError, match="asked for vectors"):
        question_means(SilentEncoder("other/model"), tmp_path)


def test_the_mean_for_all_other_languages_is_the_mean_of_the_means():
    means = estimate_question_means(HashingEncoder())

    known = [mean for language, mean in means.items() if language != "und"]
    assert means["und"] == pytest.approx(np.mean(known, axis=0), abs=1e-6)


def test_centring_makes_two_languages_comparable(two):
    space, centred = two.measure()

    questions = np.array([space.centre_question(question, "zh") for question in two.questions])

    assert found_in_english(two.questions, two.passages) == 0
    assert found_in_english(questions, centred) > 0.95 * two.things


def test_centred_vectors_have_unit_length(two):
    space, centred = two.measure()
    question = space.centre_question(two.questions[0], "zh")

    assert (centred.dtype, question.dtype) == (np.float32, np.float32)
    assert np.linalg.norm(centred, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(question) == pytest.approx(1, abs=1e-5)


def test_scripts_and_regions_of_a_language_share_its_passages_mean(two):
    languages = ["zh-Hant" if i % 2 else "zh-CN" for i in range(two.things)]

    space, centred = LanguageSpace.measure(
        two.passages, languages + ["en"] * two.things, two.means
    )

    assert space.languages == ("en", "zh")
    assert centred == pytest.approx(two.measure()[1])


@pytest.mark.parametrize(
    ("language", "mean"),
    [("zh-Hant", "zh-Hant"), ("zh-CN", "zh"), ("en", "en"), ("sw", "und"), ("und", "und")],
)
def test_a_question_loses_the_mean_of_its_language_or_else_of_all(two, language, mean):
    means = two.means | {"zh-Hant": two.means["en"][::-1].copy()}
    space, _ = LanguageSpace.measure(two.passages, two.languages, means)

    centred = space.centre_question(two.questions[0], language)

    assert centred == pytest.approx(unit(two.questions[0] - means[mean]), abs=1e-5)


@pytest.mark.parametrize(("language", "prior"), [("zh", "zh"), ("sw", "und")])
@pytest.mark.parametrize("count", [1, 10, 150])
def test_the_fewer_the_passages_the_more_the_mean_question_counts(two, language, prior, count):
    passages = two.passages[:count]

    space, centred = LanguageSpace.measure(passages, [language] * count, two.means)

    share = count / (count + 30)
    expected = share * passages.mean(axis=0) + (1 - share) * two.means[prior]
    assert space.passage_means[0] == pytest.approx(expected, abs=1e-5)
    assert np.linalg.norm(centred, axis=1) == pytest.approx(1, abs=1e-5)


def test_the_usual_score_of_a_question_is_known_for_each_language(two):
    space, centred = two.measure()
    question = space.centre_question(two.questions[0], "zh")

    moments = space.moments(question)

    scores = centred @ question
    codes = np.array(two.languages)
    assert set(moments) == {"zh", "en"}
    for language, (mean, spread) in moments.items():
        assert mean == pytest.approx(scores[codes == language].mean(), abs=1e-4)
        assert spread == pytest.approx(scores[codes == language].std(), abs=1e-4)


def test_a_space_is_the_same_after_saving_and_loading(two, tmp_path):
    space, _ = two.measure()
    space.save(tmp_path / "space.npz")

    loaded = LanguageSpace.load(tmp_path / "space.npz")

    assert loaded.languages == space.languages
    for name in ("passage_means", "centred_means", "covariances"):
        np.testing.assert_array_equal(getattr(loaded, name), getattr(space, name))
    assert set(loaded.question_means) == {"zh", "en", "und"}
    for language, mean in space.question_means.items():
        np.testing.assert_array_equal(loaded.question_means[language], mean)


def crowd_and_others(number):
    """A fifth of the passages are near to one another, the rest lie anywhere."""
    near = unit(np.ones(DIMENSION) + 0.1 * random_vectors(1, number // 5, DIMENSION))
    return np.concatenate([near, unit(random_vectors(2, number - number // 5, DIMENSION))])


@pytest.mark.parametrize("number", [200, MORE_THAN_THE_SAMPLE])
def test_passages_near_to_many_others_are_crowded(number):
    crowded = crowding(crowd_and_others(number), ["en"] * number)

    assert crowded[: number // 5].min() > crowded[number // 5 :].max()


def test_passages_of_the_sample_are_not_the_more_crowded_for_it():
    vectors = unit(random_vectors(1, MORE_THAN_THE_SAMPLE, DIMENSION))

    crowded = crowding(vectors, ["en"] * len(vectors))

    assert crowded[::2].mean() == pytest.approx(crowded[1::2].mean(), abs=0.01)


def test_crowding_is_measured_against_what_is_usual_in_the_language():
    dense = unit(np.ones(DIMENSION) + 0.1 * random_vectors(1, 50, DIMENSION))
    sparse = unit(random_vectors(2, 50, DIMENSION))

    crowded = crowding(np.concatenate([dense, sparse]), ["zh", "zh-Hant"] * 25 + ["en"] * 50)

    assert crowded[:50].mean() == pytest.approx(0, abs=1e-5)
    assert crowded[50:].mean() == pytest.approx(0, abs=1e-5)


def test_a_single_passage_is_not_crowded():
    assert crowding(unit(np.ones((1, DIMENSION))), ["en"]).tolist() == [0]


@pytest.mark.parametrize(
    ("rows", "columns"), [(1, 1), (3, 9), (5, 10), (30, 11), (40, 399), (9, 4167)]
)
def test_the_largest_of_each_row_are_those_that_sorting_gives(rows, columns):
    """Also where many are equal, or none is left but what is nobody's neighbour."""
    values = np.random.default_rng(columns).standard_normal((rows, columns)).astype(np.float32)
    values[0] = 0.5
    values[:, : columns // 3] = -np.inf
    count = min(10, columns)

    found = _largest(values, count)

    np.testing.assert_array_equal(found, np.sort(values, axis=1)[:, -count:])
