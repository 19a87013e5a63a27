"""How cost grows with the size of the index, each size in processes of its own."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.bench.starting import SMEBOT

WRITE, OPEN = "write-size", "open-size"
"""The commands that do one size, see `bot.bench_cli`."""
FAILED = "failed"
"""Key of what one of them says that could not do it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one size may take."""

    memory_gb: float
    minutes: float


class _TooMuch(Exception):  # noqa: N818 - it ends a size, not the command
    """Says why a size could not be measured."""


def measure_sizes(
    sizes: Sequence[int],
    folder: Path,
    limits: Limits,
    questions: Sequence[str],
    program: Sequence[str] = SMEBOT,
) -> Iterator[dict[str, Any]]:
    """The figures of each size as soon as they are there: of `Written` and `Opened`, or `failed`.

    Args:
        sizes: In passages.
        folder: An empty one, for one index after the other.
        limits: For each size.
        questions: Options that say what is asked.
        program: The command that starts smebot.
    """
    for size in sizes:
        place = folder / str(size)
        place.mkdir()
        row: dict[str, Any] = {"passages": size}
        try:
            row |= _ran([*program, "bench", WRITE, str(size), str(place)], limits)
            row |= _ran([*program, "bench", OPEN, str(place), *questions], limits)
        except _TooMuch as error:
            row |= {FAILED: str(error)}
        finally:
            shutil.rmtree(place)
        yield row


def _ran(command: Sequence[str], limits: Limits) -> dict[str, Any]:
    """What a process prints, one JSON object; what it tells meanwhile is told."""
    limited = [*command, "--memory-gb", str(limits.memory_gb)]
    with subprocess.Popen(limited, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            printed, _ = process.communicate(timeout=60 * limits.minutes)
        except subprocess.TimeoutExpired:
            raise _TooMuch(f"not done within {limits.minutes:g} minutes") from None
        finally:
            process.kill()
    try:
        values: dict[str, Any] = json.loads(printed)
    except ValueError:
        raise _TooMuch(_how_it_ended(process.returncode)) from None
    if FAILED in values:
        raise _TooMuch(values[FAILED])
    return values


def _how_it_ended(code: int) -> str:
    if code < 0:
        return f"the system ended it (signal {-code}), probably for want of memory"
    return f"it failed with exit code {code}; what it said stands above"
