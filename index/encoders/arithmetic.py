"""In which arithmetic the encoder computes: tried on the machine itself, once, at unpacking.

Where a processor multiplies bytes (VNNI, the dot products of ARM), blocks of integers are faster;
elsewhere float32 is, by a third for a question and twice for batches. Vectors are the same up to a
cosine of 0.999, so that what one machine has encoded another may search.
"""

import json
import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path

import numpy as np
import onnxruntime

from index.encoder import Progress
from index.encoders.model_folder import BUNDLED_MODEL, kept
from index.encoders.packed_model import PackedModel

GRAPH_FILE = "encoder.onnx"
_TRIED_FILE = "tried.json"
_TOKENS = 32
"""Of the text that is tried: a question of usual length."""
_ROUNDS = 16
"""Other programs slow some of them down; the fastest counts."""


class Arithmetic(StrEnum):
    """What the matrices of the layers are multiplied in."""

    BLOCKS = "blocks of integers"
    FLOAT32 = "float32"


Measure = Callable[[Mapping[Arithmetic, Path]], Mapping[Arithmetic, float]]


def encoder_folder(models_dir: Path, progress: Progress) -> Path:
    """The folder of the bundled encoder below `models_dir`; unpacked if missing or damaged.

    Raises:
        ModelError: The packed model is missing or damaged.
        OSError: The folder cannot be written.
    """
    return kept(models_dir, BUNDLED_MODEL, write_fastest, progress)


def write_fastest(
    model: PackedModel, folder: Path, progress: Progress, measure: Measure | None = None
) -> None:
    """Write the graph in each arithmetic, keep the one that is fastest here and what was measured.

    Args:
        model: The encoder.
        folder: Gets `encoder.onnx` and `tried.json`.
        progress: Told how far this is.
        measure: Graphs -> milliseconds that each takes; `tried` if not given.
    """
    from index.encoders.onnx_graph import write_onnx

    graphs: dict[Arithmetic, Path] = {}
    steps = len(Arithmetic) + 1
    for done, arithmetic in enumerate(Arithmetic):
        progress(done, steps)
        graphs[arithmetic] = folder / f"{arithmetic}.onnx"
        write_onnx(model, graphs[arithmetic], arithmetic)
    progress(len(Arithmetic), steps)
    took_ms = (measure or tried)(graphs)
    fastest = min(graphs, key=took_ms.__getitem__)
    graphs.pop(fastest).replace(folder / GRAPH_FILE)
    for graph in graphs.values():
        graph.unlink()
    (folder / _TRIED_FILE).write_text(json.dumps(took_ms, indent=1), "utf-8")
    progress(steps, steps)


def tried(graphs: Mapping[Arithmetic, Path]) -> dict[Arithmetic, float]:
    """Milliseconds that each graph takes for a question, in turns, on one core."""
    sessions = {arithmetic: session_of(graph) for arithmetic, graph in graphs.items()}
    ids = np.arange(_TOKENS, dtype=np.int64).reshape(1, -1)
    inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    took_ms = dict.fromkeys(sessions, float("inf"))
    for _ in range(_ROUNDS):
        for arithmetic, session in sessions.items():
            started = time.perf_counter()
            session.run(None, inputs)
            elapsed_ms = 1000 * (time.perf_counter() - started)
            took_ms[arithmetic] = min(took_ms[arithmetic], elapsed_ms)
    return {arithmetic: round(took, 2) for arithmetic, took in took_ms.items()}


def session_of(graph: Path) -> onnxruntime.InferenceSession:
    """A session whose runs take a thread each.

    A single question is answered later by some milliseconds, but two at once do not wait for each
    other's threads, and batches run beside each other as fast.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def told_arithmetic(folder: Path) -> str:
    """In which arithmetic the encoder of a folder computes, and what else was slower here."""
    path = folder / _TRIED_FILE
    if not path.exists():  # a model that sentence-transformers loads
        return "in float32"
    took_ms: dict[str, float] = json.loads(path.read_text("utf-8"))
    ranked = sorted(took_ms, key=took_ms.__getitem__)
    return "in " + ", not ".join(f"{name} ({took_ms[name]:g} ms a question)" for name in ranked)
