"""The shipped encoder as sentence-transformers loads any other model, in float32.

Nothing that answers a question opens it: it is made when something is trained from it or compared
with it.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoder import Progress
from index.encoders.model_folder import BUNDLED_MODEL, PROMPTS, kept
from index.encoders.packed_model import PackedModel
from index.encoders.unigram import REMOVED, SPACES, STAND_IN, WAVE, Vocabulary

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_KIND = f"float32-{BUNDLED_MODEL}"


def float32_folder(models_dir: Path, progress: Progress) -> Path:
    """The folder of the bundled model in float32 below `models_dir`, 450 MB; made if missing.

    Raises:
        ModelError: The packed model is missing or damaged.
        OSError: The folder cannot be written.
    """
    return kept(models_dir, _KIND, write_float32, progress)


def write_float32(model: PackedModel, folder: Path, progress: Progress) -> None:
    """Write a model's files into a folder that is there and empty."""
    steps: list[Callable[[], None]] = [
        lambda: _write_settings(model, folder),
        lambda: tokenizer_of(model.vocabulary).save(str(folder / "tokenizer.json"), pretty=False),
        lambda: _write_weights(model, folder / "model.safetensors"),
    ]
    for done, step in enumerate(steps):
        progress(done, len(steps))
        step()
    progress(len(steps), len(steps))


def tokenizer_of(vocabulary: Vocabulary) -> "Tokenizer":
    """The model's tokenizer as sentence-transformers needs it: see `unigram`."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    pieces = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=vocabulary.unknown))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(REMOVED), ""),
            normalizers.Replace(Regex(SPACES), " "),
            normalizers.Replace(WAVE, STAND_IN),
            normalizers.NFKC(),
            normalizers.Replace(STAND_IN, WAVE),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    begin, end = vocabulary.pieces[vocabulary.begin], vocabulary.pieces[vocabulary.end]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        special_tokens=[(begin, vocabulary.begin), (end, vocabulary.end)],
    )
    return tokenizer


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, indent=1), "utf-8")


def _write_settings(model: PackedModel, folder: Path) -> None:
    shape, vocabulary = model.shape, model.vocabulary
    _write_json(
        folder / "config.json",
        {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": shape.hidden,
            "intermediate_size": shape.feed_forward,
            "layer_norm_eps": shape.epsilon,
            "max_position_embeddings": shape.positions,
            "num_attention_heads": shape.heads,
            "num_hidden_layers": shape.layers,
            "type_vocab_size": shape.token_types,
            "vocab_size": shape.vocabulary,
            "pad_token_id": vocabulary.pad,
        },
    )
    names = {
        "bos_token": vocabulary.begin,
        "eos_token": vocabulary.end,
        "cls_token": vocabulary.begin,
    }
    names |= {
        "sep_token": vocabulary.end,
        "pad_token": vocabulary.pad,
        "unk_token": vocabulary.unknown,
    }
    special = {name: vocabulary.pieces[position] for name, position in names.items()}
    _write_json(folder / "special_tokens_map.json", special)
    _write_json(
        folder / "tokenizer_config.json",
        special
        | {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": shape.positions},
    )
    module = "sentence_transformers.models"
    _write_json(
        folder / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": f"{module}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{module}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{module}.Normalize"},
        ],
    )
    _write_json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
    )
    (folder / "2_Normalize").mkdir()
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": shape.positions})
    _write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": PROMPTS, "similarity_fn_name": "cosine"},
    )


def _write_weights(model: PackedModel, path: Path) -> None:
    from safetensors.numpy import save_file

    size = model.shape.hidden
    weights = {
        "embeddings.word_embeddings.weight": model.matrix("emb.word", size).unpacked(),
        "embeddings.position_embeddings.weight": model.vector("emb.pos").reshape(-1, size),
        "embeddings.token_type_embeddings.weight": model.vector("emb.type").reshape(-1, size),
        "embeddings.LayerNorm.weight": model.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": model.vector("emb.ln.b"),
    }
    for layer in range(model.shape.layers):
        for packed, name in LAYER_NAMES.items():
            long, short = f"encoder.layer.{layer}.{name}", f"l{layer}.{packed}"
            columns = model.shape.feed_forward if packed == "fo" else size
            weights[f"{long}.weight"] = (
                model.vector(f"{short}.w")
                if packed.endswith("ln")
                else model.matrix(f"{short}.w", columns).unpacked()
            )
            weights[f"{long}.bias"] = model.vector(f"{short}.b")
    weights = {name: np.ascontiguousarray(values) for name, values in weights.items()}
    save_file(weights, path, metadata={"format": "pt"})


LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""Names of a layer's parts: packed model -> transformers' BertModel."""
