"""The shipped reader: the layers of a trained cross-encoder in 7 bits, as an ONNX graph.

Its word embeddings are the bundled encoder's and are not in its file. A matrix is int8 with one
scale a column; onnxruntime rounds the inputs to 8 bits as well (`DynamicQuantizeMatMul`), three
times as fast as in float32. Before that each input is multiplied by its `smooth` factors and the
matrix divided by them, so that no single large input coarsens all others (Xiao et al. 2023,
"SmoothQuant").
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from onnx import TensorProto
from safetensors import SafetensorError, safe_open

from index.encoders.onnx_graph import Graph, Weights, embeddings, summed, transformer_layer
from index.encoders.packed_model import PackedModel
from index.errors import ModelError

_LARGEST = 63
"""Of a weight: with larger ones, processors without VNNI overflow and read something else."""
PROVENANCE = "provenance"


@dataclass(frozen=True, slots=True)
class ReaderWeights:
    """The trained weights.

    Attributes:
        tensors: `lN.PART.w` int8 (columns, rows) with `lN.PART.scale` (rows), `lN.PART.smooth`
            (columns; that of `lN.q` is for k and v as well) and `lN.PART.b`; `lN.aln.w`,
            `head.w` and the like. All but the matrices are float32.
        provenance: What they were trained on, and how.
    """

    tensors: dict[str, npt.NDArray[np.generic]]
    provenance: dict[str, object]

    @classmethod
    def load(cls, path: Path) -> "ReaderWeights":
        """Read what `smebot train-reader` wrote.

        Raises:
            ModelError: The file is missing or damaged.
        """
        try:
            with safe_open(path, "numpy") as file:
                told = (file.metadata() or {}).get(PROVENANCE, "{}")
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  # no dict
        except (OSError, SafetensorError) as error:
            raise ModelError(f"{path}: not a reader ({error}): install smebot anew") from error
        return cls(tensors, json.loads(told))

    @property
    def layers(self) -> int:
        """How many transformer layers there are."""
        return sum(name.endswith(".q.w") for name in self.tensors)


def quantized(matrix: Weights) -> tuple[npt.NDArray[np.int8], Weights]:
    """A matrix (rows, columns) as int8 (columns, rows) of 7 bits, and the scale of each row."""
    scales = np.maximum(np.abs(matrix).max(axis=1), 1e-8).astype(np.float32) / _LARGEST
    return np.ascontiguousarray(np.round(matrix / scales[:, None]).T.astype(np.int8)), scales


def write_reader_graph(weights: ReaderWeights, embedding: PackedModel, path: Path) -> None:
    """Write the graph: (input_ids, attention_mask), int64 (n, tokens) -> log-odds float32 (n, 1).

    Args:
        weights: Of the layers and the head.
        embedding: The encoder, whose embeddings are used.
        path: Of the file.
    """
    graph, shape, tensors = Graph(), embedding.shape, weights.tensors

    def vector(name: str) -> Weights:
        return np.asarray(tensors[name], np.float32)

    smoothed: dict[str, str] = {}

    def smooth(inputs: str, name: str) -> str:
        if inputs not in smoothed:  # queries, keys and values have one input
            factors = graph.weight(f"{name}.smooth", vector(f"{name}.smooth"))
            smoothed[inputs] = graph.apply("Mul", [inputs, factors])
        return smoothed[inputs]

    def linear(inputs: str, name: str) -> str:
        return graph.apply(
            "DynamicQuantizeMatMul",
            [
                smooth(inputs, name),
                graph.weight(f"{name}.w", tensors[f"{name}.w"]),
                graph.weight(f"{name}.scale", vector(f"{name}.scale")),
                "",
                graph.weight(f"{name}.b", vector(f"{name}.b")),
            ],
            contrib=True,
        )

    hidden = embeddings(graph, embedding)
    key_mask = graph.apply("Cast", ["attention_mask"], to=TensorProto.INT32)
    for layer in range(weights.layers):
        hidden = transformer_layer(
            graph, f"l{layer}", shape, linear, vector, hidden=hidden, key_mask=key_mask
        )
    mask = graph.apply("Cast", ["attention_mask"], to=TensorProto.FLOAT)
    length = graph.apply("ReduceSum", [mask, "axis"], keepdims=1)
    mean = graph.apply("Div", [summed(graph, hidden), length])
    head = graph.weight("head.w", vector("head.w").reshape(-1, 1))
    graph.apply("Gemm", [mean, head, graph.weight("head.b", vector("head.b"))])
    graph.nodes[-1].output[0] = "log_odds"
    graph.save(path, "smebot-reader", "log_odds", ["n", 1])
