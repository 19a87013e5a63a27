"""What a start pays for: no library that an answer does not need."""

from bot.app import make_answerer, read_settings
from tests.conftest import Corpus

_RUN = """
import sys
import bot.app
import index.encoders.onnx_encoder, index.readers.onnx_reader
from bot.cli import main
from index.readers.word_reader import WordReader
from index.testing import HashingEncoder

bot.app.load_encoder = lambda *_: HashingEncoder()
bot.app.load_reader = lambda *_: WordReader()
code = main(sys.argv[1:])
print("\\n", *sys.modules)
sys.exit(code)
"""
_HELP = """
import sys
from bot.cli import main

code = main(["--help"])
print("\\n", *sys.modules)
sys.exit(code)
"""
_ALL_BUT_TRAINING = """
import pkgutil, sys
from importlib import import_module
import bot, index

apart = {"bot.training", "index.encoders.sentence_encoder", "bot.store.migrations"}
for package in (bot, index):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not any(module.name == name or module.name.startswith(f"{name}.") for name in apart):
            import_module(module.name)
print("\\n", *sys.modules)
"""
_OF_TRAINING = {"torch", "sentence_transformers", "transformers", "sklearn", "pandas", "datasets"}
_OF_THE_EDGE = {"telegram", "httpx", "tornado", "sqlalchemy", "alembic", "rich", "phonenumbers"}
_OF_BUILDING = {"onnx", "tokenizers", "safetensors.torch", "markdown_it", "openpyxl", "lxml"}
_OF_ANSWERING = {"numpy", "faiss", "onnxruntime", "bm25s", "rjieba", "opencc", "babel", "yaml"}


def loaded(process) -> set[str]:
    """The modules that a process had loaded when it was done."""
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return set(out.splitlines()[-1].split())


def test_an_answer_needs_nothing_of_training_building_or_telegram(python, published):
    modules = loaded(python(_RUN, "ask", "Where is the Canton Fair held?"))

    assert {"onnxruntime", "faiss"} < modules
    assert modules & (_OF_TRAINING | _OF_THE_EDGE | _OF_BUILDING) == set()


def test_nothing_but_training_and_other_models_imports_torch(python):
    modules = loaded(python(_ALL_BUT_TRAINING))

    assert {"bot.chat.telegram_bot", "bot.bench.encoding", "index.building"} < modules
    assert modules & {"torch", "sentence_transformers", "transformers", "datasets"} == set()


def test_help_needs_nothing_of_an_answer(python):
    modules = loaded(python(_HELP))

    assert "typer" in modules
    of_typer = {"rich", "markdown_it"}  # it prints the help with them
    others = _OF_TRAINING | _OF_THE_EDGE | _OF_BUILDING | _OF_ANSWERING
    assert modules & (others - of_typer) == set()


GLOSSARY = "- {id: canton-fair, kind: event, zh: 广交会, en: Canton Fair}\n"


def test_wherever_the_program_is_started_names_mean_what_they_did_when_the_index_was_built(
    workspace, fake_model, monkeypatch, tmp_path
):
    workspace.corpus.write_raw("glossary.yaml", GLOSSARY)
    workspace.build(override="a test")
    monkeypatch.setenv("SMEBOT_DATA_DIR", str(workspace.data_dir))
    (tmp_path / "elsewhere").mkdir()
    other = Corpus(tmp_path / "elsewhere" / "corpus")
    other.write_raw("glossary.yaml", GLOSSARY.replace("canton-fair", "another"))
    monkeypatch.chdir(tmp_path / "elsewhere")

    answerer = make_answerer(read_settings())

    assert set(answerer.glossary.entries) == {"canton-fair"}
    assert answerer.lists.glossary is answerer.glossary
