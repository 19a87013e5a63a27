"""Sentences are found again with their places, and centred by language."""

import numpy as np
import pytest

from index.sentence_store import SentenceStore

SPANS = [[(0, 5), (6, 9)], [], [(0, 4)]]
LANGUAGES = ["en", "en", "zh"]


@pytest.fixture
def vectors():
    made = np.random.default_rng(0).normal(size=(3, 8)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.fixture
def store(vectors):
    return SentenceStore.build(SPANS, vectors, LANGUAGES, {"und": np.zeros(8, np.float32)})


def test_each_passage_has_its_own_sentences(store):
    question = np.ones(8, np.float32) / np.sqrt(8)

    places = [[span for span, _ in store.scores(question, row)] for row in range(3)]

    assert places == SPANS


def test_a_sentence_is_nearest_to_itself(store):
    for number, row in enumerate((0, 0, 2)):
        scores = [score for _, score in store.scores(store.vectors[number].astype(float), row)]
        assert max(scores) == pytest.approx(1, abs=2e-3)


def test_languages_are_centred_apart(store, vectors):
    moved = vectors + np.array([[3.0], [3.0], [0.0]], np.float32)

    assert store.space.languages == ("en", "zh")
    again = SentenceStore.build(SPANS, moved, LANGUAGES, {"und": np.zeros(8, np.float32)})
    assert np.array_equal(store.vectors[2], again.vectors[2])
    assert not np.array_equal(store.vectors[0], again.vectors[0])


def test_what_is_saved_is_what_is_opened(store, tmp_path):
    store.save(tmp_path)

    opened = SentenceStore.load(tmp_path)

    assert np.array_equal(opened.first, store.first)
    assert np.array_equal(opened.spans, store.spans)
    assert np.array_equal(opened.vectors, store.vectors)
    assert opened.space.languages == store.space.languages
