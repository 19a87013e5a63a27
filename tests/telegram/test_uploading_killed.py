"""The real program killed in the midst of an upload: nothing is lost, nothing added twice."""

import random
import shutil
import time

import pytest

from bot.store import Store
from index.loading import load_corpus

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")

RUN = """
import sys
from index.readers.word_reader import WordReader
from index.testing import HashingEncoder
import bot.app
bot.app.load_encoder = lambda *_: HashingEncoder()
bot.app.load_reader = lambda *_: WordReader()
from bot.cli import main
sys.exit(main(["run"]))
"""
"""`smebot run` with the fake encoder and no model."""
TEXT = b"The jade park lies in Hotan and houses carvers from the whole region."
STEPS = (
    ("jade-park", "Which topic"),
    ("Zones and parks", "Who published it?"),
    ("Internal, without a source", "When was it published?"),
    ("Skip", "Until when is it valid?"),
    ("No end is known", "It begins: The jade park"),
    ("Add", ""),
)
"""A button, and what is shown after it."""
LATEST_S = 0.4
"""A step and its answer take about so long: kills fall before, into and after it."""
KILLING = ("jade-park", "Skip", "Add")


@pytest.fixture
def start(telegram, served_once, tmp_path, monkeypatch, python):
    """`start()`: the program, running."""
    shutil.copytree(served_once, tmp_path, dirs_exist_ok=True)
    boss = telegram.user("Boss", started=True)
    given = {"TELEGRAM_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.root_url}
    for name, value in (given | {"CORPUS_DIRS": '["corpus"]', "STAFF_IDS": [boss.id]}).items():
        monkeypatch.setenv(f"SMEBOT_{name}", str(value))

    return lambda: (python(RUN), boss)


def _shown(boss, words) -> bool:
    return any(words in message.text for message in boss.bot_messages)


def _wait_until(condition, timeout_s: float = 60.0) -> None:
    until = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.005)


def test_a_program_killed_three_times_adds_the_file_once(start, tmp_path):
    chance = random.Random(7)  # noqa: S311 - moments, no secrets
    folder = tmp_path / "corpus" / "zones"
    before = {path.name for path in folder.iterdir()}
    process, boss = start()
    boss.sends_document("jade-park.txt", TEXT)
    _wait_until(lambda: _shown(boss, "What is it called?"))

    for label, following in STEPS:
        boss.presses(label)
        if label in KILLING:
            time.sleep(chance.uniform(0, LATEST_S))
            process.kill()
            process.wait()
            process, _ = start()
        if following:
            _wait_until(lambda words=following: _shown(boss, words))
    _wait_until(lambda: (folder / "jade-park.en.txt").exists() and _is_done(tmp_path, boss))

    assert {path.name for path in folder.iterdir()} - before == {
        "jade-park.en.txt",
        "jade-park.en.txt.meta.yaml",
    }
    loaded = load_corpus([tmp_path / "corpus"])
    assert loaded.problems == ()
    assert sum("jade park" in document.text for document in loaded.documents) == 1


def _is_done(root, boss) -> bool:
    store = Store(root / ".smebot" / "smebot.sqlite")
    try:
        return store.uploads.count_of(boss.id) == 0
    finally:
        store.close()
