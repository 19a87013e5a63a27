"""Packs a trained reader: its matrices in 7 bits, without the embeddings that the encoder has."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import save_file
from sentence_transformers import CrossEncoder

from bot.training.pairs import Pair
from index.encoders.float32_folder import LAYER_NAMES
from index.encoders.onnx_graph import Weights
from index.readers.reader_graph import PROVENANCE, quantized

_SMOOTHING = 0.7
"""How far the rounding of inputs is made easier at the cost of that of weights (SmoothQuant's
alpha); with 0.5, probabilities changed by up to 0.5, with 0.7 by 0.3, AUROC by 0.0003."""
_SAMPLE = 200
_LEAST = 1e-5
_INPUTS = (("q", "k", "v"), ("ao",), ("fi",), ("fo",))
"""Parts of a layer that multiply the same input."""


def pack(
    model: CrossEncoder, pairs: Sequence[Pair], provenance: dict[str, object], path: Path
) -> None:
    """Write the file that `index.readers` reads.

    Args:
        model: Trained by `bot.training.reader`.
        pairs: Some of them show how large the inputs of each matrix are.
        provenance: What the reader was trained on, and how.
        path: Of the file.
    """
    bert: Any = model[0].model
    head: Any = model[2].linear
    largest = _largest_inputs(model, pairs[:_SAMPLE])
    tensors: dict[str, np.ndarray[Any, Any]] = {
        "head.w": _values(head.weight).ravel(),
        "head.b": _values(head.bias),
    }
    for number, layer in enumerate(bert.encoder.layer):
        name = f"l{number}"
        for parts in _INPUTS:
            matrices = [_values(layer.get_submodule(LAYER_NAMES[p]).weight) for p in parts]
            factors = _factors(largest[f"{name}.{parts[0]}"], matrices)
            tensors[f"{name}.{parts[0]}.smooth"] = 1 / factors
            for part, matrix in zip(parts, matrices, strict=True):
                long = f"{name}.{part}"
                tensors[f"{long}.w"], tensors[f"{long}.scale"] = quantized(matrix * factors)
                tensors[f"{long}.b"] = _values(layer.get_submodule(LAYER_NAMES[part]).bias)
        for part in ("aln", "oln"):
            norm = layer.get_submodule(LAYER_NAMES[part])
            tensors[f"{name}.{part}.w"], tensors[f"{name}.{part}.b"] = (
                _values(norm.weight),
                _values(norm.bias),
            )
    contiguous = {name: np.ascontiguousarray(values) for name, values in tensors.items()}
    save_file(contiguous, path, metadata={PROVENANCE: json.dumps(provenance)})


def _values(tensor: torch.Tensor) -> Weights:
    return tensor.detach().float().numpy()


def _factors(largest: Weights, matrices: Sequence[Weights]) -> Weights:
    """By which a matrix is multiplied and its input divided, one for each input."""
    of_weights = np.maximum.reduce([np.abs(matrix).max(axis=0) for matrix in matrices])
    factors = np.maximum(largest, _LEAST) ** _SMOOTHING
    factors /= np.maximum(of_weights, _LEAST) ** (1 - _SMOOTHING)
    return np.asarray(factors / np.exp(np.log(factors).mean()), np.float32)


def _largest_inputs(model: CrossEncoder, pairs: Sequence[Pair]) -> dict[str, Weights]:
    """The largest absolute value of each input of each matrix, by the matrix's name."""
    bert: Any = model[0].model
    largest: dict[str, torch.Tensor] = {}

    def look(name: str) -> Any:
        def before(_module: object, inputs: tuple[torch.Tensor, ...]) -> None:
            seen = inputs[0].detach().abs().flatten(0, -2).amax(0)
            largest[name] = torch.maximum(largest[name], seen) if name in largest else seen

        return before

    hooks = [
        layer.get_submodule(LAYER_NAMES[parts[0]]).register_forward_pre_hook(
            look(f"l{number}.{parts[0]}")
        )
        for number, layer in enumerate(bert.encoder.layer)
        for parts in _INPUTS
    ]
    model.predict([(pair.question, pair.text) for pair in pairs], show_progress_bar=False)
    for hook in hooks:
        hook.remove()
    return {name: values.numpy() for name, values in largest.items()}
