"""Readers: what every one of them does, the shipped model, its graph, and the adapters."""

import numpy as np
import pytest

from index.encoder import no_progress
from index.errors import ModelError
from index.reader import readable
from index.readers import BUNDLED_READER, load_reader
from index.readers.onnx_reader import MAX_TOKENS, OnnxReader, reader_path, written_graph
from index.readers.reader_graph import ReaderWeights, quantized
from index.readers.word_reader import WordReader

CONTEXT = "Tea fair > Booths"
BOOTHS = readable(CONTEXT, "The tea fair has 74,600 booths.")
PLACE = readable(CONTEXT, "The tea fair is held in Hangzhou every October.")
QUESTION = "How many booths does the tea fair have?"


def test_a_bare_title_of_a_few_english_words_stands_for_the_heading_too():
    assert readable("Tea fair", "It is old.") == "Tea fair > Tea fair | It is old."
    assert readable("茶博会", "很老。") == "茶博会 | 很老。"
    assert readable(CONTEXT, "It is old.") == "Tea fair > Booths | It is old."


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """The shipped one."""
    return load_reader(BUNDLED_READER, tmp_path_factory.mktemp("models"), no_progress)


@pytest.mark.model
def test_the_sentence_that_answers_is_more_probable(reader):
    answers, other = reader.score(QUESTION, [BOOTHS, PLACE])

    assert answers > 0.5 > other


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "answers", "other"),
    [
        ("茶博会在哪儿办？", "茶博会在杭州举办。", "茶博会有7.46万个展位。"),
        ("茶博会在哪儿办？", "The tea fair is held in Hangzhou.", "It has 74,600 booths."),
        ("Где проходит чайная ярмарка?", "茶博会在杭州举办。", "茶博会有7.46万个展位。"),
    ],
)
def test_question_and_sentence_may_be_in_two_languages(reader, question, answers, other):
    best, second = reader.score(question, [readable("茶博会 / Tea fair", answers), other])

    assert best > second


@pytest.mark.model
def test_probabilities_come_in_the_order_of_the_texts(reader):
    texts = [PLACE, BOOTHS, PLACE, "x " * 400, BOOTHS]

    scores = reader.score(QUESTION, texts)

    assert scores.dtype == np.float32
    assert scores.shape == (5,)
    assert ((scores >= 0) & (scores <= 1)).all()
    assert scores[0] == scores[2]
    assert scores[1] == scores[4]
    assert len(reader.score(QUESTION, [])) == 0


@pytest.mark.model
def test_what_is_too_long_is_cut_at_its_end(reader):
    long = f"{BOOTHS} {'and tea ' * MAX_TOKENS}"

    whole, longer = reader.score(QUESTION, [long, f"{long} and salt"])

    assert whole == longer
    assert len(reader.score("tea " * 600, [BOOTHS])) == 1


@pytest.mark.model
def test_what_else_is_read_changes_no_probability(reader):
    (alone,) = reader.score(QUESTION, [BOOTHS])

    assert reader.score(QUESTION, [BOOTHS, PLACE, "x", "茶" * 200])[0] == alone


@pytest.mark.model
def test_the_graph_is_written_once_and_named_after_its_weights(tmp_path):
    (tmp_path / "reader-of-old-weights.onnx").touch()
    path = written_graph(tmp_path, no_progress)
    written = path.stat().st_mtime_ns

    assert written_graph(tmp_path, no_progress) == path
    assert path.stat().st_mtime_ns == written
    names = {entry.name for entry in tmp_path.iterdir()}
    assert names == {path.name, path.with_suffix(".sha256").name}
    assert OnnxReader(path).name == path.stem


@pytest.mark.model
@pytest.mark.parametrize("which", [".onnx", ".sha256"])
def test_a_damaged_graph_is_written_anew(tmp_path, which):
    path = written_graph(tmp_path, no_progress)
    sound = path.read_bytes()
    damaged = path.with_suffix(which)
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"\xff")

    assert written_graph(tmp_path, no_progress) == path

    assert path.read_bytes() == sound


def test_the_weights_tell_what_they_were_trained_on():
    weights = ReaderWeights.load(reader_path())

    assert weights.layers == 12
    assert reader_path().stat().st_size <= 24_000_000
    assert {"data_sha256", "sets", "metrics", "versions"} <= set(weights.provenance)


def test_damaged_weights_are_told(tmp_path):
    damaged = tmp_path / "reader.safetensors"
    damaged.write_bytes(reader_path().read_bytes()[:1000])

    with pytest.raises(ModelError, match="not a reader"):
        ReaderWeights.load(damaged)
    with pytest.raises(ModelError, match="not a reader"):
        ReaderWeights.load(tmp_path / "missing")


def test_a_matrix_in_8_bits_is_nearly_the_same():
    matrix = np.random.default_rng(1).normal(size=(6, 40)).astype(np.float32)

    integers, scales = quantized(matrix)

    assert integers.dtype == np.int8
    assert np.allclose(integers.T * scales[:, None], matrix, atol=np.abs(matrix).max() / 125)


def test_without_a_model_common_words_count():
    answers, other = WordReader().score(QUESTION, [BOOTHS, "Silk comes from Suzhou."])

    assert answers > 0.5 > other


@pytest.mark.model
def test_a_cross_encoder_is_named_by_its_folder(tmp_path):
    with pytest.raises(ModelError, match="SMEBOT_READER_MODEL"):
        load_reader(str(tmp_path / "nothing"), tmp_path, no_progress)


def test_a_bare_title_in_english_does_not_keep_the_shipped_model_from_answering(reader):
    question = "How many professors does the University of Technology employ?"
    told = (
        "The University of Technology is one of the largest of the country, with 2,000 professors."
    )

    (score,) = reader.score(question, [readable("Warsaw", told)])

    assert score > 0.5
