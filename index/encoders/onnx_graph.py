"""Writes the packed model as an ONNX graph that computes on the 4-bit weights as they are.

onnxruntime multiplies by Q4_0 blocks directly (its operator `MatMulNBits`), so the graph is a
seventh of the size of the float32 weights, opens in a fraction of the time and needs neither
torch nor an exporter.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from index.encoders.packed_model import BLOCK, PackedModel, QuantizedMatrix

_CONTRIB = "com.microsoft"  # where onnxruntime keeps its fused transformer operators
_EXACT = 1  # MatMulNBits accuracy level: float32 throughout


class _Graph:
    """Collects nodes and weights; each operation returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, values: npt.NDArray[np.generic]) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def apply(
        self, operator: str, inputs: list[str], *, contrib: bool = False, **options: object
    ) -> str:
        result = f"{operator}_{len(self.nodes)}"
        self.nodes.append(
            helper.make_node(
                operator, inputs, [result], domain=_CONTRIB if contrib else "", **options
            )
        )
        return result

    def linear(
        self, inputs: str, name: str, matrix: QuantizedMatrix, bias: npt.NDArray[np.float32]
    ) -> str:
        rows, blocks, _ = matrix.nibbles.shape
        return self.apply(
            "MatMulNBits",
            [
                inputs,
                self.weight(f"{name}.w", matrix.packed_in_pairs()),
                self.weight(f"{name}.scales", matrix.scales.astype(np.float32).ravel()),
                "",
                "",
                self.weight(f"{name}.b", bias),
            ],
            contrib=True,
            K=blocks * BLOCK,
            N=rows,
            bits=4,
            block_size=BLOCK,
            accuracy_level=_EXACT,
        )


def write_onnx(model: PackedModel, path: Path) -> None:
    """Write the graph: (input_ids, attention_mask), int64 (n, tokens) -> float32 (n, hidden).

    Each row of the result is the mean of the text's last hidden states, of unit length.
    """
    graph = _Graph()
    hidden = _embeddings(graph, model)
    key_mask = graph.apply("Cast", ["attention_mask"], to=TensorProto.INT32)
    for layer in range(model.shape.layers):
        hidden = _layer(graph, model, layer, hidden, key_mask)
    _mean_of_unit_length(graph, hidden)
    proto = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "multilingual-e5-small",
            [
                helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "tokens"])
                for name in ("input_ids", "attention_mask")
            ],
            [
                helper.make_tensor_value_info(
                    "embedding", TensorProto.FLOAT, ["n", model.shape.hidden]
                )
            ],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(_CONTRIB, 1)],
    )
    onnx.save(proto, str(path))


def _embeddings(graph: _Graph, model: PackedModel) -> str:
    size = model.shape.hidden
    words = model.matrix("emb.word", size)
    rows = len(words.nibbles)
    word = graph.apply(
        "GatherBlockQuantized",
        [
            graph.weight("word", words.packed_in_pairs().reshape(rows, -1)),
            "input_ids",
            graph.weight("word.scales", words.scales.astype(np.float32)),
        ],
        contrib=True,
        bits=4,
        block_size=BLOCK,
        gather_axis=0,
        quantize_axis=1,
    )
    positions = model.vector("emb.pos").reshape(-1, size) + model.vector("emb.type")[:size]
    length = graph.apply("Shape", ["input_ids"], start=1, end=2)
    position = graph.apply(
        "Slice",
        [graph.weight("positions", positions), graph.weight("zero", np.array([0])), length],
    )
    return _normalized(graph, model, "emb.ln", graph.apply("Add", [word, position]))


def _normalized(graph: _Graph, model: PackedModel, name: str, inputs: str) -> str:
    return graph.apply(
        "LayerNormalization",
        [
            inputs,
            graph.weight(f"{name}.w", model.vector(f"{name}.w")),
            graph.weight(f"{name}.b", model.vector(f"{name}.b")),
        ],
        axis=-1,
        epsilon=model.shape.epsilon,
    )


def _layer(graph: _Graph, model: PackedModel, layer: int, hidden: str, key_mask: str) -> str:
    def linear(inputs: str, name: str, columns: int) -> str:
        name = f"l{layer}.{name}"
        return graph.linear(
            inputs, name, model.matrix(f"{name}.w", columns), model.vector(f"{name}.b")
        )

    def add_and_normalize(inputs: str, name: str) -> str:
        return _normalized(graph, model, f"l{layer}.{name}", graph.apply("Add", [inputs, hidden]))

    size = model.shape.hidden
    attended = graph.apply(
        "MultiHeadAttention",
        [*(linear(hidden, name, size) for name in "qkv"), "", key_mask],
        contrib=True,
        num_heads=model.shape.heads,
    )
    hidden = add_and_normalize(linear(attended, "ao", size), "aln")
    wide = graph.apply("Gelu", [linear(hidden, "fi", size)], contrib=True)
    return add_and_normalize(linear(wide, "fo", model.shape.feed_forward), "oln")


def _mean_of_unit_length(graph: _Graph, hidden: str) -> None:
    axis = graph.weight("axis", np.array([1]))
    mask = graph.apply("Cast", ["attention_mask"], to=TensorProto.FLOAT)
    mask = graph.apply("Unsqueeze", [mask, graph.weight("last", np.array([2]))])
    # A mean and a sum differ by a factor, which unit length takes away.
    total = graph.apply("ReduceSum", [graph.apply("Mul", [hidden, mask]), axis], keepdims=0)
    graph.nodes.append(helper.make_node("LpNormalization", [total], ["embedding"], axis=-1, p=2))
