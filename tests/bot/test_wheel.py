"""The built wheel, installed away from the clone, brings along all that it needs."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MOST_BYTES = 40 * 2**20
QUESTION = "专精特新企业最多能自主借多少外债？"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def wheel(project, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel, tmp_path_factory) -> Path:
    """Where the wheel is installed, without the packages that it needs: those are there."""
    folder = tmp_path_factory.mktemp("installed")
    options = ["--no-deps", "--no-index", "--quiet", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "install", *options, "--target", folder, wheel]
    subprocess.run(command, check=True)
    return folder


@pytest.fixture
def run(installed, tmp_path) -> Run:
    """`run("init", "mine", cwd=...)`: the installed program, in an empty folder if not told."""
    empty = tmp_path / "empty"
    empty.mkdir()

    def start(*arguments: str, cwd: Path = empty) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [installed / "bin" / "smebot", *arguments],
            check=False,
            cwd=cwd,
            env=os.environ | {"PYTHONPATH": str(installed), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            timeout=300,
        )

    return start


def _documents(folder: Path) -> set[str]:
    paths = [path for name in ("seeds", "corpus") for path in (folder / name).rglob("*")]
    return {
        path.relative_to(folder).as_posix()
        for path in paths
        if path.is_file() and ".history" not in path.parts
    }


def test_it_is_no_larger_than_its_models_and_documents(wheel):
    assert wheel.stat().st_size < MOST_BYTES


def test_the_program_is_that_of_the_wheel(installed, run):
    code = "import bot, index; print(bot.__file__, index.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
    )

    assert found.stdout.count(str(installed)) == 2
    assert run("--help").returncode == 0


def test_init_writes_the_whole_corpus_with_its_checks(run, project, tmp_path):
    outcome = run("init", str(tmp_path / "mine"))

    assert (outcome.returncode, outcome.stderr) == (0, "")
    copied = _documents(tmp_path / "mine")
    assert copied == _documents(project)
    assert {"corpus/checks/zones.yaml", "corpus/glossary.yaml"} < copied
    assert (tmp_path / "mine" / "env.example").is_file()


@pytest.mark.model
def test_from_an_empty_folder_it_answers_from_the_shipped_corpus(
    run, tmp_path, models_dir, project_index
):
    data_dir = tmp_path / "empty" / ".smebot"
    data_dir.mkdir()
    (data_dir / "models").symlink_to(models_dir)  # else half a minute for what others test
    shutil.copy(project_index / "embeddings.sqlite", data_dir)

    built = run("index", "build")
    asked = run("ask", QUESTION)

    assert (built.returncode, asked.returncode) == (0, 0), built.stderr + asked.stderr
    assert "1000万美元" in asked.stdout
