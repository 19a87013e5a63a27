"""Adapters of the `Encoder` port. Each is imported only when it is asked for: torch is slow.

Their libraries report home unless told not to: onnxruntime's wheels (since 1.32) look up their
vendor's event service and keep a device id below `~/.cache`; the model hub's library counts its
users. Python runs this file before any adapter's, so here is where it is switched off, always.
"""

import os
from pathlib import Path

from index.encoder import Encoder, Progress
from index.encoders.model_folder import (
    BUNDLED_MODEL,
    HUB_MODEL,
    is_sound,
    packed_model_path,
)

SILENCED = ("ORT_DISABLE_TELEMETRY", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK")
"""Environment variables by which the adapters' libraries are told to report nothing."""
os.environ.update(dict.fromkeys(SILENCED, "1"))


def load_encoder(model: str, models_dir: Path, progress: Progress) -> Encoder:
    """The encoder that the settings name.

    Args:
        model: `smebot-encoder` for the bundled one, else a sentence-transformers model.
        models_dir: Where the bundled model is unpacked.
        progress: Told how far the unpacking is.

    Raises:
        ModelError: It cannot be had.
        OSError: The model folder cannot be written.
    """
    # torch makes this folder when it is imported, by default where everybody may write
    os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", str(models_dir / "torch"))
    if model != BUNDLED_MODEL:
        from index.encoders.sentence_encoder import SentenceEncoder

        return SentenceEncoder(model)
    if (
        packed_model_path() is None
    ):  # no wheel for this platform: from the hub what it was trained from
        from index.encoders.sentence_encoder import SentenceEncoder

        return SentenceEncoder(HUB_MODEL)
    from index.encoders.arithmetic import encoder_folder
    from index.encoders.onnx_encoder import OnnxEncoder

    return OnnxEncoder(encoder_folder(models_dir, progress))


__all__ = ["BUNDLED_MODEL", "is_sound", "load_encoder", "packed_model_path"]
