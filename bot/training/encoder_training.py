"""The command `train-encoder`: labelled questions -> the file of the shipped encoder."""

import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from sentence_transformers import SentenceTransformer

from bot.training import encoder as training
from bot.training.contrasts import Contrasts
from bot.training.encoder import Encoding, pack, train
from bot.training.provenance import commit_of_source, digest_of
from index.encoders.float32_folder import write_float32
from index.encoders.model_folder import packed_model_path
from index.encoders.packed_model import PackedModel
from index.terminal import progress_bar, say

_PASSES = 6
"""So many times all examples are learned, each time beside the wrong passages then nearest."""
_LEARNING_RATE = 5e-5
_LIBRARIES = ("torch", "transformers", "sentence-transformers")


def train_encoder(own: Path, public: Path, out: Path) -> Path:
    """Train an encoder from the packed model; what was cut off goes on from its last checkpoint.

    Args:
        own: Folder of labelled questions, as `tests/labelled/reader`.
        public: Folder of public reading-comprehension sets.
        out: Gets the checkpoints, and the file.

    Returns:
        The file, to be put beside `index/encoders`. The question means and the vectors of intents
        are to be computed anew with it, and `smebot fit` to be run.
    """
    contrasts = Contrasts(own, public)
    with tempfile.TemporaryDirectory() as temporary, progress_bar("unpacking") as progress:
        folder = Path(temporary)
        write_float32(PackedModel(packed_model_path() or Path()), folder, progress)
        model = SentenceTransformer(str(folder))
    learned = 0
    for number in range(_PASSES):
        say(f"pass {number + 1} of {_PASSES}: choosing wrong passages")
        drawn = contrasts.drawn(Encoding(model), seed=number)
        rate = _LEARNING_RATE * (1 - number / _PASSES)
        train(model, drawn, out / f"pass-{number}", learning_rate=rate, seed=number)
        learned += len(drawn)
    path = out / "encoder.safetensors"
    provenance: dict[str, object] = {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": commit_of_source(),
        "sets": [*sorted(file.name for file in public.glob("*.jsonl.gz")), own.name],
        "data_sha256": digest_of([own]),
        "examples": learned,
        "settings": {
            "learning_rate": _LEARNING_RATE,
            "batch": training.BATCH,
            "temperature": training.TEMPERATURE,
            "passes": _PASSES,
        },
        "versions": {name: version(name) for name in _LIBRARIES},
    }
    pack(model, provenance, path)
    return path
