"""The shipped reader on onnxruntime: the default."""

import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

import numpy as np

from index.durable import replace_text
from index.encoder import Progress
from index.encoders.arithmetic import session_of
from index.encoders.model_folder import open_packed_model
from index.processors import cores
from index.reader import Probabilities
from index.soundness import checksum_of

READER_FILE = "reader.safetensors"
MAX_TOKENS = 160
"""Of a question and a text together."""
_MARKS = 4


def reader_path() -> Path:
    """Where the shipped weights lie."""
    return Path(str(files(__package__).joinpath(READER_FILE)))


def written_graph(models_dir: Path, progress: Progress, weights: Path | None = None) -> Path:
    """The graph of the reader below `models_dir`, written if it is missing or damaged.

    Its name holds the checksum of the weights, so that new weights get a graph of their own.

    Raises:
        ModelError: The weights are missing or damaged.
        OSError: The folder cannot be written.
    """
    weights = weights or reader_path()
    digest = checksum_of(weights)[:12]
    path = models_dir / f"reader-{digest}.onnx"
    seal = path.with_suffix(".sha256")
    with suppress(OSError, UnicodeDecodeError):
        if seal.read_text("utf-8") == checksum_of(path):
            return path
    from index.readers.reader_graph import ReaderWeights, write_reader_graph

    progress(0, 1)
    models_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models_dir, prefix=".unpacking-") as temporary:
        new = Path(temporary) / path.name
        write_reader_graph(ReaderWeights.load(weights), open_packed_model(), new)
        replace_text(seal, checksum_of(new))
        new.replace(path)
    for other in models_dir.glob("reader-*.*"):
        if other not in (path, seal):  # of weights that are no longer shipped: 70 MB each
            other.unlink(missing_ok=True)
    progress(1, 1)
    return path


class OnnxReader:
    """Reads with the graph of `reader_graph`."""

    def __init__(self, graph: Path) -> None:
        packed = open_packed_model()
        self._tokenizer = packed.tokenizer
        self._begin, self._end = packed.vocabulary.begin, packed.vocabulary.end
        self._name = graph.stem
        self._session = session_of(graph)
        self._threads = ThreadPoolExecutor(cores(), "reader")

    @property
    def knows_conversations(self) -> bool:
        return True

    @property
    def reads_across_languages(self) -> bool:
        return True

    @property
    def name(self) -> str:
        return self._name

    def score(self, question: str, texts: Sequence[str]) -> Probabilities:
        distinct = list(dict.fromkeys(texts))
        # A text a run: no padding is computed, all processors work for one question, and as inputs
        # are rounded by the largest of a run, a score does not depend on what else is read.
        read = self._threads.map(self._log_odds, self._pairs(question, distinct))
        of_text = dict(zip(distinct, read, strict=True))
        log_odds = np.array([of_text[text] for text in texts], np.float32)
        return np.asarray(1 / (1 + np.exp(-log_odds)), np.float32)

    def _pairs(self, question: str, texts: Sequence[str]) -> list[list[int]]:
        """Token ids; of a pair that is too long, the text loses its end."""
        asked, *read = map(self._tokenizer.ids, [question, *texts])
        asked = asked[: MAX_TOKENS // 2]
        room = MAX_TOKENS - len(asked) - _MARKS
        return [
            [self._begin, *asked, self._end, self._end, *ids[:room], self._end] for ids in read
        ]

    def _log_odds(self, pair: Sequence[int]) -> float:
        ids = np.array([pair], np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        (log_odds,) = self._session.run(None, inputs)
        return float(np.asarray(log_odds)[0, 0])
