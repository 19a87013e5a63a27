"""Vectors of recombined texts."""

import numpy as np
import pytest

from bot.bench.mixing import MixingEncoder
from index.encoder import no_progress
from index.testing import HashingEncoder


@pytest.fixture
def mixing():
    """Two texts lie apart as far as can be."""
    vectors = np.eye(2, 64, dtype=np.float32)
    return MixingEncoder(HashingEncoder(), {"Tea.": 0, "Tea fairs": 0, "Silk.": 1}, vectors)


def test_a_text_lies_between_those_that_it_is_made_of(mixing):
    tea, silk, both = mixing.encode_passages(["Tea fairs\nTea.", "x > y\nSilk.", "Tea.\n\nSilk."])

    assert tea[:2] == pytest.approx([1, 0], abs=0.1)
    assert silk[:2] == pytest.approx([0, 1], abs=0.1)
    assert both[:2] == pytest.approx([0.7, 0.7], abs=0.1)
    assert np.linalg.norm([tea, silk, both], axis=1) == pytest.approx([1, 1, 1])


def test_a_text_has_one_vector_and_no_other_text_has_it(mixing):
    texts = ["Tea.", "Tea.", "Tea.\n", "unknown", "also unknown"]

    first, again, *others = mixing.encode_passages(texts)

    assert np.array_equal(first, again)
    assert not any(np.array_equal(first, other) for other in others)


def test_for_all_else_it_is_the_real_encoder(mixing):
    real = HashingEncoder()

    assert (mixing.name, mixing.dimension, mixing.max_tokens) == (real.name, 64, 512)
    assert mixing.count_tokens("two words") == real.count_tokens("two words")
    assert np.array_equal(mixing.encode_queries(["tea"]), real.encode_queries(["tea"]))
    assert mixing.encode_passages([]).shape == (0, 64)


def test_what_was_encoded_once_is_mixed_without_encoding(desk, built_desk, today):
    before = desk.encoder.encoded

    mixing = MixingEncoder.of(desk, built_desk, no_progress)

    assert desk.encoder.encoded == before
    passage = desk.snapshot.passages[0]
    (mixed,) = mixing.encode_passages([desk.context(passage)])
    (real,) = desk.encoder.encode_passages([desk.context(passage)])
    assert mixed @ real > 0.5
