"""Seconds from the start of a process to what it prints first."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot.bench.figures import Spread
from bot.errors import BenchError
from index import Progress

SMEBOT = (sys.executable, "-c", "from bot.cli import entry_point; entry_point()")
"""What the console script does, wherever it lies."""
_LONGEST_S = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Seconds since the start of the process."""

    runs: int
    answer_s: Spread
    """Until `smebot ask` prints the first line of its answer."""
    end_s: Spread
    """Until it has ended."""
    help_s: Spread
    """Until `smebot --help` has ended."""
    python_s: Spread
    """Until a Python that does nothing has ended: what no program can be faster than."""


def measure_start(
    question: str, runs: int, progress: Progress, program: Sequence[str] = SMEBOT
) -> Start:
    """Start the program again and again, each way in turn.

    Args:
        question: That is asked.
        runs: How often.
        progress: Told how often it was started.
        program: The command that starts it.

    Raises:
        BenchError: It fails, or does not end.
    """
    asked, helped, python = [], [], []
    for run in range(runs):
        progress(run, runs)
        python.append(_started((sys.executable, "-c", "print()"))[1])
        helped.append(_started((*program, "--help"))[1])
        asked.append(_started((*program, "ask", "--", question)))
    progress(runs, runs)
    return Start(
        runs=runs,
        answer_s=Spread.of([first for first, _ in asked]),
        end_s=Spread.of([end for _, end in asked]),
        help_s=Spread.of(helped),
        python_s=Spread.of(python),
    )


def _started(command: Sequence[str]) -> tuple[float, float]:
    """Seconds to the first line of output, and to the end."""
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - this program itself
        command,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},  # a pipe would get all lines at the end
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        if process.stdout is None:
            raise TypeError("no pipe was opened")
        process.stdout.readline()
        first = time.perf_counter() - began
        try:
            _, errors = process.communicate(timeout=_LONGEST_S)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise BenchError(f"`smebot ask` has not ended within {_LONGEST_S} s") from error
    if process.returncode:
        said = errors.decode("utf-8", "replace").strip().splitlines()
        raise BenchError(f"`smebot` could not be started: {(said or ['it says nothing'])[-1]}")
    return first, time.perf_counter() - began
