"""One size after the other, each in processes of its own."""

import sys

import pytest

from bot.bench.scaling import Limits, measure_sizes
from tests.bot.test_commands import AS_A_PROCESS

FAKE = AS_A_PROCESS.replace(
    "from bot.cli",
    """
import bot.bench.one_size
bot.bench.one_size.load_encoder = bot.app.load_encoder
bot.bench.one_size.load_reader = bot.app.load_reader
from bot.cli""",
)
ROOMY = Limits(memory_gb=8, minutes=5)


def sizes_by(script, sizes, folder, limits=ROOMY, questions=()):
    program = (sys.executable, "-c", script)
    return list(measure_sizes(sizes, folder, limits, questions, program))


def test_a_size_is_written_opened_and_removed(served_desk, tmp_path, project, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(project))
    (tmp_path / "own.jsonl").write_text('{"text": "How many booths has the tea fair?"}')
    (tmp_path / "work").mkdir()

    (row,) = sizes_by(FAKE, [20], tmp_path / "work", questions=["--questions", "own.jsonl"])

    assert row["passages"] == 20
    assert {"write_s", "disk_bytes", "load_s", "loaded_bytes", "search_ms"} <= row.keys()
    assert row["recall_at_10"] == 1.0
    assert row["answer_ms"]["p95"] >= row["answer_ms"]["p50"] > 0
    assert not list((tmp_path / "work").iterdir())


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("import time; time.sleep(60)", "not done within 0.005 minutes"),
        ("import os; os.kill(os.getpid(), 9)", "signal 9"),
        ("import sys; sys.exit(1)", "exit code 1"),
        ('print(\'{"failed": "it does not fit"}\'); exit(1)', "it does not fit"),
    ],
)
def test_a_size_that_cannot_be_done_is_told_and_the_next_is_tried(tmp_path, script, told):
    rows = sizes_by(script, [20, 30], tmp_path, Limits(memory_gb=8, minutes=0.005))

    assert [row["passages"] for row in rows] == [20, 30]
    assert all(told in row["failed"] for row in rows)
    assert not list(tmp_path.iterdir())
