"""The program talks to Telegram and to nobody else, and writes to its data directory only."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.guard import calls_to_others, can_trace, contents, environment, traced

GUARDED = "from tests.guard import install; install()"
PROGRAM = "from bot.cli import entry_point; entry_point()"
WITH_THE_FAKE_ENCODER = """
import index.encoders, bot.app
from index.testing import HashingEncoder
index.encoders.load_encoder = bot.app.load_encoder = lambda *_: HashingEncoder()
"""
ENCODE = """
import sys
from pathlib import Path
from index.encoders import load_encoder
model, data_dir = sys.argv[1:]
load_encoder(model, Path(data_dir) / "models", lambda *_: None).encode_queries(["广交会"])
sys.exit()
"""
QUESTION = "Where is the Canton Fair held? 广交会在哪里举行？"
_UNTIL_VENDORS_CALL_S = 13.0
"""onnxruntime looks its vendor's event service up about ten seconds after it was loaded."""


@dataclass
class Guarded:
    """Runs the program as somebody whose folders are all empty, and keeps what it did."""

    root: Path
    project: Path
    port: int
    prelude: str = ""
    started: list[subprocess.Popen[str]] = field(default_factory=list)
    trace: Path | None = None
    """Where strace writes, if it watches."""

    def __post_init__(self) -> None:
        self.data_dir, self.log = self.root / ".smebot", self.root / "offences"
        self.foreign = {name: self.root / f"its-{name}" for name in ("home", "cache", "tmp")}
        for folder in self.foreign.values():
            folder.mkdir()

    def start(self, *arguments: str, **settings: str) -> subprocess.Popen[str]:
        """One command in a process of its own."""
        watched = traced(self.trace) if self.trace else []
        process = subprocess.Popen(
            [
                *watched,
                sys.executable,
                "-c",
                "\n".join([GUARDED, self.prelude, PROGRAM]),
                *arguments,
            ],
            cwd=self.root,
            env={name: value for name, value in os.environ.items() if name in ("PATH", "LANG")}
            | environment(self.data_dir, self.port, self.log)
            | {"HOME": str(self.foreign["home"]), "TMPDIR": str(self.foreign["tmp"])}
            | {"XDG_CACHE_HOME": str(self.foreign["cache"]), "PYTHONPATH": str(self.project)}
            | settings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def run(self, *arguments: str, said: str = "") -> str:
        """A command from its start to its end; gives what it printed."""
        before = self.contents()
        process = self.start(*arguments)
        out, err = process.communicate(said, timeout=120)
        assert process.returncode == 0, err
        self.assert_nothing_was_left(before)
        return out

    def contents(self) -> set[str]:
        """What lies outside the data directory."""
        return contents(self.root / "corpus", self.root / "seeds", *self.foreign.values())

    def assert_nothing_was_left(self, before: set[str]) -> None:
        """Nothing was written outside the data directory, and Python saw no offence."""
        assert self.contents() == before
        assert self.log.read_text() == ""


def serve(guarded: Guarded, telegram, li, seconds: float) -> None:
    """The bot answers one question and runs for so long."""
    before = guarded.contents()
    process = guarded.start(
        "run",
        SMEBOT_TELEGRAM_TOKEN=telegram.token,
        SMEBOT_TELEGRAM_API_URL=telegram.root_url,
    )
    started = time.monotonic()
    try:
        li.sends(QUESTION)
        li.wait_for_reply_blocking(timeout_s=60)
        time.sleep(max(0.0, started + seconds - time.monotonic()))
    finally:
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    guarded.assert_nothing_was_left(before)


@pytest.fixture
def guarded(small_corpus, telegram, tmp_path, project) -> Iterator[Guarded]:
    """The program in the folder of a small corpus."""
    guarded = Guarded(tmp_path, project, telegram.port)
    yield guarded
    for process in guarded.started:
        process.kill()
        process.communicate()


def run_everything(guarded: Guarded, telegram, li, seconds: float) -> None:
    assert "published" in guarded.run("index", "build")
    answer = json.loads(guarded.run("ask", "--json", QUESTION))
    assert answer["question"] == QUESTION
    assert guarded.run("chat", said=f"{QUESTION}\n")
    serve(guarded, telegram, li, seconds)


def test_python_connects_to_nobody_and_writes_only_to_the_data_directory(guarded, telegram, li):
    guarded.prelude = WITH_THE_FAKE_ENCODER

    run_everything(guarded, telegram, li, seconds=0)


@pytest.mark.model
def test_the_libraries_of_the_model_call_nobody_either(
    guarded, telegram, li, models_dir, tmp_path
):
    if can_trace():
        guarded.trace = tmp_path / "trace"
    (folder,) = models_dir.glob("smebot-encoder-*")
    (guarded.data_dir / "models").mkdir(parents=True)
    (guarded.data_dir / "models" / folder.name).symlink_to(folder)

    run_everything(guarded, telegram, li, _UNTIL_VENDORS_CALL_S)

    if not guarded.trace:
        pytest.skip("strace cannot be used here: connections of native code were not watched")
    assert calls_to_others(guarded.trace, telegram.port) == []


@pytest.mark.model
def test_a_model_in_a_folder_of_one_s_own_calls_nobody(guarded, float32_model, tmp_path):
    if can_trace():
        guarded.trace = tmp_path / "trace"
    guarded.data_dir.mkdir()
    guarded.prelude = ENCODE

    guarded.run(str(float32_model), str(guarded.data_dir))

    if not guarded.trace:
        pytest.skip("strace cannot be used here: connections of native code were not watched")
    assert calls_to_others(guarded.trace, guarded.port) == []


def test_the_guard_sees_what_it_is_for(guarded, tmp_path):
    offences = {
        "import socket; socket.socket().connect(('127.0.0.2', 9))": "socket.connect",
        "import socket; socket.getaddrinfo('vendor.example', 443)": "socket.getaddrinfo",
        "open('outside', 'w')": "open",
        "import os; os.mkdir('outside-folder')": "os.mkdir",
        "import sqlite3; sqlite3.connect('outside.db')": "sqlite3.connect",
    }
    for offence, event in offences.items():
        guarded.log.write_text("")
        guarded.prelude = f"try: {offence}\nexcept OSError: 0\nraise SystemExit"

        guarded.start().communicate(timeout=30)

        assert event in guarded.log.read_text()
