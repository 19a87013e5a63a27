"""Trains the encoder: questions near the passages that answer them, in whatever language.

The word embeddings stay as they are: the package that brings them is not changed, and only how far
the layers moved is shipped.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from safetensors.numpy import save_file
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from torch import Tensor, nn

from bot.training.contrasts import Contrast
from index.encoder import Progress, Vectors, no_progress
from index.encoders.float32_folder import LAYER_NAMES
from index.encoders.model_folder import PROMPTS, packed_model_path
from index.encoders.packed_model import PackedModel, QuantizedMatrix
from index.encoders.trained_model import PROVENANCE, SCALES

BATCH = 320
TEMPERATURE = 0.02
LONGEST = 256
"""Tokens of a passage that are read in training."""
_DOUBTFUL = 0.08
"""A passage of another question that is so much nearer than the right one answers as well, likely:
it is left out."""
_WARM_UP = 0.06
_COLUMNS = ("question", "passage", "first", "second")


class Contrasting(nn.Module):
    """The loss: the right passage is to be nearer than all others of the batch."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self.model = model

    def forward(self, features: Iterable[dict[str, Tensor]], labels: Tensor) -> Tensor:
        """The mean loss of a batch.

        Args:
            features: Tokens of the columns: questions, right passages, first and second others.
            labels: Groups of the right passages, (n,).
        """
        questions, *passages = (
            nn.functional.normalize(self.model(column)["sentence_embedding"], dim=-1)
            for column in features
        )
        return contrast(questions, torch.cat(passages), labels)


def contrast(questions: Tensor, passages: Tensor, groups: Tensor) -> Tensor:
    """The mean cross-entropy of finding the right passages.

    Args:
        questions: Unit vectors, (n, dimension).
        passages: Unit vectors of the right passages, then of the others, (3n, dimension).
        groups: Of the right passages, (n,): those of one group are never each other's wrong ones.
    """
    cosines = questions @ passages.T
    right = torch.arange(len(questions), device=cosines.device)
    n = len(questions)
    left_out = cosines > cosines.gather(1, right[:, None]) + _DOUBTFUL
    left_out[:, :n] |= groups[:, None] == groups[None, :]
    left_out[right, right] = False
    return nn.functional.cross_entropy((cosines / TEMPERATURE).masked_fill(left_out, -1e4), right)


class Encoding:
    """A model in training, as an `Encoder`."""

    def __init__(self, model: SentenceTransformer) -> None:
        self._model = model
        self.name, self.dimension, self.max_tokens = "in training", 384, LONGEST

    def count_tokens(self, text: str) -> int:
        return len(self._model.tokenizer(PROMPTS["passage"] + text)["input_ids"])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, PROMPTS["query"])

    def encode_passages(self, texts: Sequence[str], progress: Progress = no_progress) -> Vectors:
        vectors = self._encode(texts, PROMPTS["passage"])
        progress(len(texts), len(texts))
        return vectors

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        return np.asarray(
            self._model.encode(list(texts), prompt=prompt, normalize_embeddings=True), np.float32
        )


def train(
    model: SentenceTransformer,
    contrasts: Sequence[Contrast],
    out: Path,
    *,
    learning_rate: float,
    seed: int,
    batch: int = BATCH,
) -> None:
    """Train an encoder in place, each example once; what was cut off goes on from its checkpoint.

    Args:
        model: The bundled one before training, or trained on other examples before.
        contrasts: What is learned.
        out: The folder of the checkpoints.
        learning_rate: Its highest value; it rises to it and falls to 0.
        seed: Of the order of the examples.
        batch: So many examples are told apart at a time.
    """
    bert: Any = model[0].model
    for weights in bert.embeddings.parameters():
        weights.requires_grad = False
    model.max_seq_length = LONGEST
    is_fast = torch.cuda.is_available()
    rows = [(c.question, c.passage, *c.others) for c in contrasts]
    columns = dict(zip(_COLUMNS, map(list, zip(*rows, strict=True)), strict=True))
    trainer = SentenceTransformerTrainer(
        model=model,
        args=SentenceTransformerTrainingArguments(
            output_dir=str(out),
            num_train_epochs=1,
            per_device_train_batch_size=batch,
            learning_rate=learning_rate,
            warmup_steps=_WARM_UP,
            weight_decay=0.01,
            prompts=dict(zip(_COLUMNS, ("query: ", *["passage: "] * 3), strict=True)),
            save_steps=200 if is_fast else 20,
            save_total_limit=1,
            logging_steps=20,
            report_to=[],
            seed=seed,
            use_cpu=not is_fast,
            bf16=is_fast,
        ),
        train_dataset=Dataset.from_dict(columns | {"label": [c.group for c in contrasts]}),
        loss=Contrasting(model),
    )
    trainer.train(resume_from_checkpoint=any(out.glob("checkpoint-*")))


def pack(model: SentenceTransformer, provenance: dict[str, object], path: Path) -> None:
    """Write how far the layers moved: the file that `index.encoders.trained_model` reads.

    Args:
        model: Trained.
        provenance: What it was trained on, and how.
        path: Of the file.
    """
    untrained = PackedModel(packed_model_path() or Path())
    bert: Any = model[0].model
    tensors: dict[str, np.ndarray[Any, Any]] = {}
    for number, layer in enumerate(bert.encoder.layer):
        for part, long in LAYER_NAMES.items():
            module, name = layer.get_submodule(long), f"l{number}.{part}"
            weights = module.weight.detach().float().cpu().numpy()
            tensors[f"{name}.b"] = module.bias.detach().float().cpu().numpy()
            if part.endswith("ln"):
                tensors[f"{name}.w"] = weights
                continue
            before = untrained.matrix(f"{name}.w", weights.shape[1]).unpacked()
            moved = QuantizedMatrix.of(weights - before, 4)
            tensors[f"{name}.w"], tensors[f"{name}.w{SCALES}"] = moved.packed(), moved.scales
    save_file(tensors, path, metadata={PROVENANCE: json.dumps(provenance)})
