"""A server that is warm: nothing is loaded any more, and nobody waits for somebody's first."""

import json
import os
import subprocess
import sys

import pytest
import yaml

_LONGEST_PAUSE_S = 0.2

_ASKING = """
import asyncio, json, sys, time
from pathlib import Path
from datetime import date
from bot.app import _live, _reader
from bot.loading import loading
from bot.chat.conversation import Conversation
from bot.chat.person import Person
from bot.settings import BotSettings
from bot.store import Store
from index.encoders import load_encoder
from index.encoder import no_progress
from index.testing import HashingEncoder

folder, project = Path(sys.argv[1]), Path(sys.argv[2])
questions = json.loads(sys.stdin.read())
settings = BotSettings(
    data_dir=folder / "data", corpus_dirs=(project / "seeds", project / "corpus"), _env_file=None
)
encoder = HashingEncoder()
with loading(to_stay=True):
    live = _live(settings, encoder, _reader(settings), warm_up=True)
store = Store(folder / "data" / "smebot.sqlite")
conversation = Conversation(live, store, lambda: date(2026, 2, 15), 90)
pauses = []

async def watch():
    last = time.perf_counter()
    while True:
        await asyncio.sleep(0.005)
        now = time.perf_counter()
        pauses.append(now - last)
        last = now

async def main():
    watching = asyncio.create_task(watch())
    loaded = set(sys.modules)
    for number, question in enumerate(questions):
        person = Person(user_id=number, chat_id=number)
        await asyncio.to_thread(conversation.ask, person, question)
    watching.cancel()
    return sorted(set(sys.modules) - loaded)

late = asyncio.run(main())
print(json.dumps({"longest_s": max(pauses), "pauses": len(pauses), "loaded_late": late}))
"""


@pytest.fixture(scope="module")
def questions(project):
    """A hundred: greetings in many languages first, then canned ones from every file in turn."""
    first = (
        "hello|Hola|Привет|مرحبا|Xin chào|Bonjour|Guten Tag|谢谢|廣交會|カントンフェア|캔톤페어"
    )
    files = [
        yaml.safe_load(path.read_text("utf-8"))["checks"]
        for path in sorted((project / "corpus" / "checks").glob("*.yaml"))
    ]
    asked = [
        check["question"]
        for turn in zip(*(checks[:8] for checks in files), strict=False)
        for check in turn
        if isinstance(check.get("question"), str)
    ]
    numbers = ["call +84 91 234 56 78", "+7 495 123-45-67?", "电话 0592 2123456"]
    return [*first.split("|"), *numbers, *asked][:100]


@pytest.mark.model
def test_the_event_loop_never_pauses_long_over_the_first_hundred_questions(
    questions, project, tmp_path
):
    """The real corpus, in a process of its own: here other tests have loaded everything."""
    assert len(questions) > 90

    done = subprocess.run(
        [sys.executable, "-c", _ASKING, str(tmp_path), str(project)],
        input=json.dumps(questions),
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(project)},
        cwd=tmp_path,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    measured = json.loads(done.stdout.splitlines()[-1])
    assert measured["pauses"] > 50
    assert measured["loaded_late"] == []
    assert measured["longest_s"] <= _LONGEST_PAUSE_S
