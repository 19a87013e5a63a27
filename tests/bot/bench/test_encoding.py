"""Passages a second, beside another encoder on the same ones."""

import importlib.util
import time

import pytest

from bot.app import read_settings
from bot.bench.encoding import float32_encoder, measure_encoder, some_passages
from index.encoder import no_progress
from index.testing import HashingEncoder


class SlowEncoder(HashingEncoder):
    def __init__(self, a_text_s: float):
        super().__init__()
        self._a_text_s = a_text_s
        self.texts = []

    def encode_passages(self, texts, progress=no_progress):
        self.texts += texts
        time.sleep(self._a_text_s * len(texts))
        return super().encode_passages(texts, progress)


def test_both_encode_the_same_passages():
    texts = [f"Text {number}" for number in range(12)]
    own, other = SlowEncoder(0.001), SlowEncoder(0.02)

    encoded = measure_encoder(own, other, texts, no_progress)

    assert sorted(own.texts) == sorted(other.texts) == sorted(texts)
    assert encoded.passages == 12
    assert encoded.per_s < 1000
    assert encoded.float32_per_s < 50
    assert encoded.times_float32 > 1.5


def test_where_nothing_can_be_compared_it_is_told_why(monkeypatch):
    other = float32_encoder(read_settings(), HashingEncoder("some/model"), no_progress)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    missing = float32_encoder(read_settings(), HashingEncoder("smebot-encoder-1"), no_progress)

    encoded = measure_encoder(HashingEncoder(), other, ["Text"] * 3, no_progress)

    assert encoded.not_compared == other == "some/model runs in sentence-transformers itself"
    assert encoded.float32_per_s is encoded.times_float32 is None
    assert missing == "the package torch is not installed"


def test_passages_are_taken_from_all_over_the_index(desk, monkeypatch):
    monkeypatch.setattr("bot.bench.encoding._PASSAGES_A_ROUND", 3)

    texts = some_passages(desk)

    passages = desk.snapshot.passages
    rows = [[desk.context(passage) for passage in passages].index(text) for text in texts]
    assert len(rows) == 9
    assert (rows[0], rows) == (0, sorted(set(rows)))
    assert rows[-1] > 0.8 * len(passages)


@pytest.mark.model
def test_the_bundled_model_is_compared_with_its_float32(model_encoder, float32_model, tmp_path):
    (tmp_path / ".smebot").mkdir()
    (tmp_path / ".smebot" / "models").symlink_to(float32_model.parent)

    float32 = float32_encoder(read_settings(), model_encoder, no_progress)
    texts = ["The fair is held in Guangzhou."] * 3

    encoded = measure_encoder(model_encoder, float32, texts, no_progress)

    assert encoded.times_float32 > 0
    (own,), (other,) = (each.encode_passages(texts[:1]) for each in (model_encoder, float32))
    assert own @ other > 0.98  # the same model
