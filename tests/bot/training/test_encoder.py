"""An encoder learns from contrasts, and is packed without a loss that matters."""

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer

from bot.training.contrasts import Contrast
from bot.training.encoder import Encoding, contrast, pack, train
from index.encoder import no_progress
from index.encoders.arithmetic import GRAPH_FILE
from index.encoders.float32_folder import write_float32
from index.encoders.model_folder import packed_model_path
from index.encoders.onnx_encoder import OnnxEncoder
from index.encoders.onnx_graph import write_onnx
from index.encoders.packed_model import PackedModel
from index.encoders.trained_model import TrainedModel

GOODS = "tea rice silk wool salt iron lamps books".split()
PLACES = "north south east west upper lower inner outer".split()


def unit(rows):
    return torch.nn.functional.normalize(torch.tensor(rows, dtype=torch.float32), dim=-1)


def test_the_right_passage_first_is_a_small_loss():
    questions = unit([[1, 0], [0, 1]])
    others = unit([[-1, 0]] * 4)
    groups = torch.tensor([0, 1])

    right = contrast(questions, torch.cat([unit([[1, 0], [0, 1]]), others]), groups)
    wrong = contrast(questions, torch.cat([unit([[0.8, 0.6], [0.6, 0.8]]), others]), groups)

    assert right < 1e-6 < wrong


def test_passages_of_one_group_and_much_nearer_ones_are_left_out():
    questions = unit([[1, 0], [1, 0]])
    passages = torch.cat([unit([[1, 0.2], [1, 0.2]]), unit([[0, 1]] * 4)])
    nearer = torch.cat([unit([[1, 0.9], [1, 0.9]]), unit([[1, 0]] * 4)])

    assert contrast(questions, passages, torch.tensor([3, 3])) < 1e-6
    assert contrast(questions, passages, torch.tensor([3, 4])) > 0.5
    assert contrast(questions, nearer, torch.tensor([3, 3])) < 1e-6


@pytest.mark.model
def test_an_encoder_learns_is_packed_and_finds_as_before(models_dir, tmp_path):
    folder = tmp_path / "untrained"
    folder.mkdir()
    write_float32(PackedModel(packed_model_path()), folder, no_progress)
    model = SentenceTransformer(str(folder))
    words = model[0].model.embeddings.word_embeddings.weight
    shared = words.detach().clone()
    texts = [f"{place} > hall" for place in PLACES]
    asked = [f"Who sells {said}?" for said in GOODS]
    contrasts = [
        Contrast(asked[n], texts[n], (texts[n - 1], texts[n - 2]), n) for n in range(len(GOODS))
    ]

    def found(encoder):
        cosines = encoder.encode_queries(asked) @ encoder.encode_passages(texts).T
        return int((cosines.argmax(axis=1) == np.arange(len(GOODS))).sum())

    assert found(Encoding(model)) < 4  # nothing tells yet which hall sells what

    train(model, contrasts * 4, tmp_path / "checkpoints", learning_rate=3e-4, seed=1, batch=8)

    assert found(Encoding(model)) > 5
    assert (words == shared).all()

    path = tmp_path / "encoder.safetensors"
    pack(model, {"sets": ["a test"]}, path)
    trained = TrainedModel(packed_model_path(), path)
    write_onnx(trained, tmp_path / GRAPH_FILE)
    packed = OnnxEncoder(tmp_path)

    assert trained.provenance == {"sets": ["a test"]}
    before, after = Encoding(model).encode_queries(asked), packed.encode_queries(asked)
    assert (before * after).sum(axis=1).min() > 0.99
    assert found(packed) == found(Encoding(model))
