"""A reader learns from pairs, goes on where it was cut off, and is packed without a loss."""

import numpy as np
import pytest

from bot.training.packing import pack
from bot.training.pairs import Pair
from bot.training.reader import SimilarLengths, train, untrained_reader
from index.encoder import no_progress
from index.readers.onnx_reader import OnnxReader, written_graph
from index.readers.reader_graph import ReaderWeights

GOODS = "tea rice silk wool salt iron lamps books".split()
PAIRS = [
    Pair(
        question=f"Where is {asked} sold?",
        text=f"Market | {said} is sold in hall {n}.",
        answers=asked == said,
    )
    for n, said in enumerate(GOODS)
    for asked in (said, GOODS[(n + 3) % len(GOODS)])
]


@pytest.mark.model
def test_a_reader_learns_is_packed_and_reads_as_before(float32_model, tmp_path):
    model = untrained_reader(float32_model)
    words = model[0].model.embeddings.word_embeddings.weight
    asked = [(pair.question, pair.text) for pair in PAIRS]
    before = model.predict(asked, show_progress_bar=False)
    shared = words.detach().clone()

    train(model, PAIRS * 16, tmp_path / "checkpoints", learning_rate=8e-5, seed=1)

    after = model.predict(asked, show_progress_bar=False)
    assert not np.allclose(before, after, atol=1e-3)
    assert (words == shared).all()

    path = tmp_path / "reader.safetensors"
    pack(model, PAIRS, {"sets": ["a test"]}, path)

    assert ReaderWeights.load(path).provenance == {"sets": ["a test"]}
    reader = OnnxReader(written_graph(tmp_path, no_progress, path))
    packed = [reader.score(pair.question, [pair.text])[0] for pair in PAIRS]
    assert np.abs(np.array(packed) - after).max() < 0.05


def test_batches_hold_pairs_of_similar_length_each_once():
    lengths = [5, 80] * 64
    rows = {"question": ["q"] * len(lengths), "text": ["x" * length for length in lengths]}

    batches = list(SimilarLengths(rows, batch_size=16, drop_last=False, seed=2))

    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    assert all(len({lengths[row] for row in batch}) == 1 for batch in batches)
    assert batches != list(SimilarLengths(rows, batch_size=16, drop_last=False, seed=3))
