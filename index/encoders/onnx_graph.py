"""Writes the encoder as an ONNX graph; needs neither torch nor an exporter.

onnxruntime multiplies by blocks of 4 or 8 bits directly (its operator `MatMulNBits`), so the graph
can compute on the quantised weights as they are, or on what they stand for in float32. Word
embeddings stay in 4 bits either way.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from index.encoders.arithmetic import Arithmetic
from index.encoders.packed_model import BLOCK, PackedModel, QuantizedMatrix, Shape

Weights = npt.NDArray[np.float32]

_CONTRIB = "com.microsoft"  # where onnxruntime keeps its fused transformer operators
_IR_VERSION = 8  # that of opset 17; by default onnx writes its newest, which may be too new
_ACCURACY = {4: 1, 8: 4}
"""MatMulNBits' accuracy level by bits. 1 is float32 throughout; 4 rounds each 32 inputs to 8 bits
as well: five times as fast for a question at 8 bits, and vectors still have a cosine of 0.9995."""


class Graph:
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

    def in_float32(self, inputs: str, name: str, matrix: QuantizedMatrix, bias: Weights) -> str:
        """Inputs by a matrix, whose weights become float32, and a bias added."""
        weights = self.weight(f"{name}.w", matrix.unpacked().T)
        product = self.apply("MatMul", [inputs, weights])
        return self.apply("Add", [product, self.weight(f"{name}.b", bias)])

    def in_blocks(self, inputs: str, name: str, matrix: QuantizedMatrix, bias: Weights) -> str:
        """Inputs by a matrix in blocks, as it is, and a bias added."""
        rows, blocks, _ = matrix.levels.shape
        return self.apply(
            "MatMulNBits",
            [
                inputs,
                self.weight(f"{name}.w", matrix.packed()),
                self.weight(f"{name}.scales", matrix.scales.astype(np.float32).ravel()),
                "",
                "",
                self.weight(f"{name}.b", bias),
            ],
            contrib=True,
            K=blocks * BLOCK,
            N=rows,
            bits=matrix.bits,
            block_size=BLOCK,
            accuracy_level=_ACCURACY[matrix.bits],
        )

    def save(self, path: Path, name: str, output: str, shape: list[str | int]) -> None:
        """Write the graph (input_ids, attention_mask), int64 (n, tokens) -> float32 `output`."""
        proto = helper.make_model(
            helper.make_graph(
                self.nodes,
                name,
                [
                    helper.make_tensor_value_info(given, TensorProto.INT64, ["n", "tokens"])
                    for given in ("input_ids", "attention_mask")
                ],
                [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)],
                self.weights,
            ),
            opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(_CONTRIB, 1)],
            ir_version=_IR_VERSION,
        )
        onnx.save(proto, str(path))


def write_onnx(model: PackedModel, path: Path, arithmetic: Arithmetic = Arithmetic.BLOCKS) -> None:
    """Write the graph: (input_ids, attention_mask), int64 (n, tokens) -> float32 (n, hidden).

    Each row of the result is the mean of the text's last hidden states, of unit length.
    """
    graph = Graph()
    hidden = embeddings(graph, model)
    key_mask = graph.apply("Cast", ["attention_mask"], to=TensorProto.INT32)
    shape = model.shape
    multiply = graph.in_blocks if arithmetic is Arithmetic.BLOCKS else graph.in_float32

    def linear(inputs: str, name: str) -> str:
        columns = shape.feed_forward if name.endswith(".fo") else shape.hidden
        matrix, bias = model.matrix(f"{name}.w", columns), model.vector(f"{name}.b")
        return multiply(inputs, name, matrix, bias)

    for layer in range(shape.layers):
        hidden = transformer_layer(
            graph,
            f"l{layer}",
            shape,
            linear,
            model.vector,
            hidden=hidden,
            key_mask=key_mask,
        )
    total = summed(graph, hidden)
    # A mean and a sum differ by a factor, which unit length takes away.
    graph.nodes.append(helper.make_node("LpNormalization", [total], ["embedding"], axis=-1, p=2))
    graph.save(path, "encoder", "embedding", ["n", shape.hidden])


def embeddings(graph: Graph, model: PackedModel) -> str:
    """Word and position embeddings, normalised: (n, tokens, hidden)."""
    size = model.shape.hidden
    words = model.matrix("emb.word", size)
    rows = len(words.levels)
    word = graph.apply(
        "GatherBlockQuantized",
        [
            graph.weight("word", words.packed().reshape(rows, -1)),
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
    added = graph.apply("Add", [word, position])
    return normalized(graph, model.vector, "emb.ln", added, model.shape.epsilon)


def normalized(
    graph: Graph, vector: Callable[[str], Weights], name: str, inputs: str, epsilon: float
) -> str:
    """Layer normalisation by the vectors `NAME.w` and `NAME.b`."""
    return graph.apply(
        "LayerNormalization",
        [
            inputs,
            graph.weight(f"{name}.w", vector(f"{name}.w")),
            graph.weight(f"{name}.b", vector(f"{name}.b")),
        ],
        axis=-1,
        epsilon=epsilon,
    )


def transformer_layer(
    graph: Graph,
    name: str,
    shape: Shape,
    linear: Callable[[str, str], str],
    vector: Callable[[str], Weights],
    *,
    hidden: str,
    key_mask: str,
) -> str:
    """One layer of attention and feed-forward network.

    Args:
        graph: Gets the nodes.
        name: Prefix of the layer's weights.
        shape: Of the model.
        linear: Multiplies an input by the matrix of a name and adds its bias.
        vector: The float32 values of a name.
        hidden: The input, float32 (n, tokens, hidden).
        key_mask: int32, (n, tokens), 0 at padding.
    """

    def add_and_normalize(inputs: str, part: str) -> str:
        added = graph.apply("Add", [inputs, hidden])
        return normalized(graph, vector, f"{name}.{part}", added, shape.epsilon)

    attended = graph.apply(
        "MultiHeadAttention",
        [*(linear(hidden, f"{name}.{part}") for part in "qkv"), "", key_mask],
        contrib=True,
        num_heads=shape.heads,
    )
    hidden = add_and_normalize(linear(attended, f"{name}.ao"), "aln")
    wide = graph.apply("Gelu", [linear(hidden, f"{name}.fi")], contrib=True)
    return add_and_normalize(linear(wide, f"{name}.fo"), "oln")


def summed(graph: Graph, hidden: str) -> str:
    """The sum of each text's hidden states, without those of padding: (n, hidden)."""
    axis = graph.weight("axis", np.array([1]))
    mask = graph.apply("Cast", ["attention_mask"], to=TensorProto.FLOAT)
    mask = graph.apply("Unsqueeze", [mask, graph.weight("last", np.array([2]))])
    return graph.apply("ReduceSum", [graph.apply("Mul", [hidden, mask]), axis], keepdims=0)
