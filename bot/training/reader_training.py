"""The command `train-reader`: labelled questions -> the file of the shipped reader."""

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import numpy as np
from sentence_transformers import CrossEncoder

from bot.settings import BotSettings
from bot.training import reader as training
from bot.training.packing import pack
from bot.training.pairs import Pair, own_pairs, public_pairs
from bot.training.provenance import commit_of_source, digest_of
from bot.training.reader import train, untrained_reader
from index import load_encoder
from index.encoders.float32_folder import float32_folder
from index.evaluation import auroc
from index.terminal import progress_bar, say

_DRAWN = 3
"""So many times the own questions are learned, each time beside other wrong sentences, ..."""
_PUBLIC_BESIDE = 0.25
"""... and so large a share of the public pairs with them, so that these are not forgotten."""
_LEARNING_RATES = (1.5e-4, 1e-4)
"""Of the public pairs, learned first: what a question and an answer are; and of the own ones. With
3e-4 (batches of 512) a reader soon gave the same number for all pairs, with 1.5e-4 it learned."""
_MEASURED = 1_000
_SEED = 15
_LIBRARIES = ("torch", "transformers", "sentence-transformers")


def train_reader(own: Path, public: Path, out: Path, settings: BotSettings) -> Path:
    """Train a reader; what was cut off goes on from its last checkpoint.

    Args:
        own: Folder of labelled questions, as `tests/labelled/reader`.
        public: Folder of public reading-comprehension sets.
        out: Gets the checkpoints, and the file.
        settings: Where the bundled encoder is unpacked.

    Returns:
        The file, to be put beside `index/readers`.
    """
    with progress_bar("unpacking the model") as progress:
        encoder = load_encoder(settings.encoder_model, settings.models_dir, progress)
        folder = float32_folder(settings.models_dir, progress)
    say("choosing wrong sentences")
    of_public = public_pairs(public, _SEED)
    drawn = own_pairs(own, encoder, range(_SEED, _SEED + _DRAWN))
    beside = of_public[: int(_PUBLIC_BESIDE * len(of_public))]
    stages = {"public": of_public, "own": [*chain.from_iterable(drawn), *beside]}
    model = untrained_reader(folder)
    for (name, pairs), rate in zip(stages.items(), _LEARNING_RATES, strict=True):
        say(f"learning {len(pairs)} pairs: {name}")
        train(model, pairs, out / name, learning_rate=rate, seed=_SEED)
    path = out / "reader.safetensors"
    provenance: dict[str, object] = {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": commit_of_source(),
        "sets": [*sorted(file.name for file in public.glob("*.jsonl.gz")), own.name],
        "data_sha256": digest_of([own]),
        "pairs": {name: len(pairs) for name, pairs in stages.items()},
        "settings": {
            "learning_rate": _LEARNING_RATES,
            "batch": training.BATCH,
            "seed": _SEED,
        },
        "metrics": {"auroc_of_trained": auroc_of(model, drawn[0][:_MEASURED])},
        "versions": {name: version(name) for name in _LIBRARIES},
    }
    pack(model, drawn[0], provenance, path)
    return path


def auroc_of(model: CrossEncoder, pairs: Sequence[Pair]) -> float:
    """How well a reader tells sentences that answer from others."""
    asked = [(pair.question, pair.text) for pair in pairs]
    scores = np.asarray(model.predict(asked, show_progress_bar=False))
    labels = np.array([pair.answers for pair in pairs])
    return round(auroc(scores[labels].tolist(), scores[~labels].tolist()), 4)
