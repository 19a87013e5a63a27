"""From the start of a process to its first line."""

import sys

import pytest

from bot.bench.starting import measure_start
from bot.errors import BenchError
from index.encoder import no_progress

SPEAKS_THEN_WAITS = "import sys, time; print(sys.argv[1:]); time.sleep('ask' in sys.argv)"


def program(script):
    return (sys.executable, "-c", script)


def test_the_first_line_counts_and_not_the_end(monkeypatch):
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)

    start = measure_start("How?", 1, no_progress, program(SPEAKS_THEN_WAITS))

    assert start.runs == 1
    assert start.end_s.p50 - start.answer_s.p50 > 0.9  # of the second that it waits
    assert min(start.python_s.p50, start.help_s.p50, start.answer_s.p50) > 0


def test_it_is_asked_even_what_looks_like_an_option(tmp_path):
    script = f"import sys; open({str(tmp_path / 'asked')!r}, 'w').write(str(sys.argv[1:]))"

    measure_start("--help me", 1, no_progress, program(script))

    assert (tmp_path / "asked").read_text() == "['ask', '--', '--help me']"


def test_a_program_that_fails_is_told_with_what_it_said():
    script = "import sys; sys.exit('error: no index: run `smebot index build`')"

    with pytest.raises(BenchError, match="no index: run `smebot index build`"):
        measure_start("How?", 1, no_progress, program(script))
