"""The bundled model on onnxruntime: the default encoder, ready in half a second."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoder import Progress, Vectors, no_progress
from index.encoders.arithmetic import GRAPH_FILE, session_of
from index.encoders.model_folder import PROMPTS, open_packed_model
from index.processors import cores

_MARKS = 2
_TOKENS_A_BATCH = 2048  # larger batches gain nothing on two cores and cost memory


class OnnxEncoder:
    """Encodes with a graph of `onnx_graph`, in the arithmetic that is fastest here."""

    def __init__(self, folder: Path) -> None:
        packed = open_packed_model()
        self._name = folder.name
        self._tokenizer = packed.tokenizer
        self._vocabulary = packed.vocabulary
        self._max_tokens = packed.shape.positions
        self._dimension = packed.shape.hidden
        self._session = session_of(folder / GRAPH_FILE)

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def max_tokens(self) -> int:
        return self._max_tokens

    def count_tokens(self, text: str) -> int:
        return len(self._tokenizer.ids(PROMPTS["passage"] + text)) + _MARKS

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode([PROMPTS["query"] + text for text in texts], no_progress)

    def encode_passages(self, texts: Sequence[str], progress: Progress = no_progress) -> Vectors:
        return self._encode([PROMPTS["passage"] + text for text in texts], progress)

    def _encode(self, texts: Sequence[str], progress: Progress) -> Vectors:
        tokens = [self._marked(self._tokenizer.ids(text)) for text in texts]
        vectors = np.empty((len(tokens), self._dimension), np.float32)
        batches = batches_of([len(ids) for ids in tokens], _TOKENS_A_BATCH)
        done = 0
        for batch, encoded in zip(batches, self._runs(tokens, batches), strict=True):
            vectors[batch] = encoded
            done += len(batch)
            progress(done, len(tokens))
        return vectors

    def _marked(self, ids: list[int]) -> list[int]:
        """Ids with begin and end, as many as the model takes."""
        return [self._vocabulary.begin, *ids[: self._max_tokens - _MARKS], self._vocabulary.end]

    def _runs(
        self, tokens: Sequence[Sequence[int]], batches: Sequence[Sequence[int]]
    ) -> Iterator[Vectors]:
        """The vectors of each batch; several batches are run beside each other."""
        texts = [[tokens[row] for row in batch] for batch in batches]
        if len(texts) == 1:
            yield self._run(texts[0])
            return
        with ThreadPoolExecutor(cores()) as threads:
            yield from threads.map(self._run, texts)

    def _run(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        ids, mask = padded(tokens, self._vocabulary.pad)
        (vectors,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return np.asarray(vectors, np.float32)


def padded(
    tokens: Sequence[Sequence[int]], pad: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Token ids of texts, filled up to the length of the longest, and 1 where there is a token."""
    shape = (len(tokens), max(map(len, tokens)))
    ids, mask = np.full(shape, pad, np.int64), np.zeros(shape, np.int64)
    for row, text in enumerate(tokens):
        ids[row, : len(text)] = text
        mask[row, : len(text)] = 1
    return ids, mask


def batches_of(lengths: Sequence[int], most_tokens: int) -> list[list[int]]:
    """Rows of similar length together, so that little of a batch is padding.

    Args:
        lengths: Of all texts, in tokens.
        most_tokens: In one batch, padding included; a single text may be longer.
    """
    batches: list[list[int]] = []
    for row in sorted(range(len(lengths)), key=lengths.__getitem__, reverse=True):
        longest = lengths[batches[-1][0]] if batches else 0
        if not batches or (len(batches[-1]) + 1) * longest > most_tokens:
            batches.append([])
        batches[-1].append(row)
    return batches
