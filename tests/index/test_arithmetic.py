"""The encoder computes in the arithmetic that is fastest on the machine at hand."""

import onnx
import pytest

from index.encoder import no_progress
from index.encoders.arithmetic import (
    GRAPH_FILE,
    Arithmetic,
    told_arithmetic,
    tried,
    write_fastest,
)
from index.encoders.model_folder import open_packed_model
from index.encoders.onnx_encoder import OnnxEncoder

OPERATORS = {Arithmetic.BLOCKS: "MatMulNBits", Arithmetic.FLOAT32: "MatMul"}


@pytest.mark.model
@pytest.mark.parametrize("fastest", Arithmetic)
def test_what_was_fastest_here_is_kept_and_told(models_dir, tmp_path, fastest):
    (slower,) = set(Arithmetic) - {fastest}
    measured = {slower: 12.25, fastest: 6.0}

    write_fastest(open_packed_model(), tmp_path, no_progress, lambda _graphs: measured)

    assert {path.name for path in tmp_path.iterdir()} == {GRAPH_FILE, "tried.json"}
    operators = {node.op_type for node in onnx.load(tmp_path / GRAPH_FILE).graph.node}
    assert operators & set(OPERATORS.values()) == {OPERATORS[fastest]}
    assert OnnxEncoder(tmp_path).encode_queries(["ok"]).shape == (1, 384)
    told = f"in {fastest} (6 ms a question), not {slower} (12.25 ms a question)"
    assert told_arithmetic(tmp_path) == told


@pytest.mark.model
def test_each_is_tried_on_this_machine(models_dir, tmp_path):
    found = {}

    def measure(graphs):
        found.update(tried(graphs))
        return found

    write_fastest(open_packed_model(), tmp_path, no_progress, measure)

    assert set(found) == set(Arithmetic)
    assert all(0 < took_ms < 10_000 for took_ms in found.values())


def test_of_a_model_that_was_not_unpacked_float32_is_told(tmp_path):
    assert told_arithmetic(tmp_path / "some/model") == "in float32"
