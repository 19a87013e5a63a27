"""The trained layers: what is shipped is added to the packed model, damage is told."""

import numpy as np
import pytest
from safetensors.numpy import save_file

from index.encoders.model_folder import open_packed_model, packed_model_path
from index.encoders.packed_model import PackedModel, QuantizedMatrix
from index.encoders.trained_model import SCALES, TrainedModel, encoder_path
from index.errors import ModelError

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def packed():
    path = packed_model_path()
    if path is None:
        pytest.skip("the bundled model has no package for this platform")
    return PackedModel(path)


def test_a_matrix_is_the_packed_one_and_its_difference(packed, tmp_path):
    before = packed.matrix("l0.q.w", 384).unpacked()
    moved = np.random.default_rng(1).normal(0, 0.001, before.shape).astype(np.float32)
    matrix = QuantizedMatrix.of(moved, 4)
    path = tmp_path / "encoder.safetensors"
    save_file({"l0.q.w": matrix.packed(), "l0.q.w" + SCALES: matrix.scales}, path)

    trained = TrainedModel(packed_model_path(), path)

    after = trained.matrix("l0.q.w", 384)
    assert after.bits == 8
    learned = (after.unpacked() - before).ravel()
    assert np.corrcoef(learned, moved.ravel())[0, 1] > 0.75  # 8 bits cost some of so small a step
    assert trained.matrix("l1.q.w", 384).bits == 4  # whatever was not trained stays as it was
    np.testing.assert_array_equal(trained.vector("l0.q.b"), packed.vector("l0.q.b"))


def test_every_layer_of_the_shipped_encoder_is_trained_and_moved_little(packed):
    trained = open_packed_model()

    for layer in range(packed.shape.layers):
        before = packed.matrix(f"l{layer}.fi.w", 384).unpacked()
        after = trained.matrix(f"l{layer}.fi.w", 384).unpacked()
        assert 0.005 < np.abs(after - before).mean() / np.abs(before).mean() < 0.5
    assert {"date", "sets", "settings"} <= set(trained.provenance)
    word = trained.matrix("emb.word", 384)
    np.testing.assert_array_equal(word.scales, packed.matrix("emb.word", 384).scales)


def test_another_training_has_another_name(tmp_path):
    changed = tmp_path / "encoder.safetensors"
    save_file({"l0.q.b": np.zeros(384, np.float32)}, changed)

    assert TrainedModel(packed_model_path(), changed).digest != open_packed_model().digest


@pytest.mark.parametrize("size", [0, 100, 1_000_000])
def test_a_damaged_file_is_an_error_that_says_what_to_do(tmp_path, size):
    damaged = tmp_path / "encoder.safetensors"
    damaged.write_bytes(encoder_path().read_bytes()[:size])

    with pytest.raises(ModelError, match="install smebot anew"):
        TrainedModel(packed_model_path(), damaged)


def test_levels_of_four_bits_survive_packing():
    weights = np.random.default_rng(2).normal(0, 1, (5, 64)).astype(np.float32)
    matrix = QuantizedMatrix.of(weights, 4)

    again = QuantizedMatrix.packed_as(matrix.packed(), matrix.scales)

    np.testing.assert_array_equal(again.levels, matrix.levels)
    assert np.abs(again.unpacked() - weights).max() < np.abs(weights).max() / 7


def test_more_bits_are_nearer():
    weights = np.random.default_rng(3).normal(0, 1, (8, 96)).astype(np.float32)

    errors = [
        np.abs(QuantizedMatrix.of(weights, bits).unpacked() - weights).max() for bits in (4, 8)
    ]

    assert errors[1] < errors[0] / 10
