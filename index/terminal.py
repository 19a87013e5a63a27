"""Talking to the person at the keyboard: results on stdout, all else on stderr."""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import CorpusIndexError
from index.remark import Remark

if TYPE_CHECKING:
    from index.encoder import Progress  # and numpy, which `smebot --help` does not need

EXIT_DONE, EXIT_FAILED, EXIT_USAGE = 0, 1, 2
_REMEDIES = {
    errno.EEXIST: "is a file where a folder is needed: move it away, or choose another "
    "SMEBOT_DATA_DIR",
    errno.ENOTDIR: "a file lies where a folder is needed: move it away, or choose another "
    "SMEBOT_DATA_DIR",
    errno.EISDIR: "is a folder where a file is needed: move it away",
    errno.ENAMETOOLONG: "the path is too long: choose a shorter one",
}
_NAMES = {
    "disk_full": (errno.ENOSPC, errno.EDQUOT),
    "no_permission": (errno.EACCES, errno.EPERM, errno.EROFS),
}
LINE_EVERY_S = 10.0
"""How often progress is told where there is no terminal: often enough for a log."""
_GIVE_IT = "give it to the user who runs smebot"


def say(text: str) -> None:
    """Tell what goes on, on standard error."""
    print(text, file=sys.stderr, flush=True)


def report_error(text: str) -> None:
    """One line about what went wrong, on standard error."""
    say(f"error: {text}")


@contextmanager
def progress_bar(label: str) -> Iterator["Progress"]:
    """A bar on a terminal, a line now and then elsewhere; it appears with the first call."""
    if not sys.stderr.isatty():
        yield _progress_lines(label)
        return
    with ExitStack() as opened:
        bars: list[Progress] = []

        def show(done: int, total: int) -> None:
            if not bars and total > 0:
                bars.append(opened.enter_context(_bar(label)))
            if bars:
                bars[0](done, total)

        yield show


@contextmanager
def _bar(label: str) -> Iterator["Progress"]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import (
        Progress as Bar,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _progress_lines(label: str) -> "Progress":
    told = time.monotonic()

    def show(done: int, total: int) -> None:
        nonlocal told
        if total > 0 and time.monotonic() - told >= LINE_EVERY_S:
            told = time.monotonic()
            say(f"{label}: {done}/{total}")

    return show


def run_guarded(work: Callable[[], int], expected: tuple[type[Exception], ...]) -> int:
    """Run a command; whatever goes wrong becomes one line and an exit code.

    Args:
        work: Returns the exit code.
        expected: Errors whose text is written for the person at the keyboard.
    """
    try:
        return work()
    except KeyboardInterrupt:
        report_error("interrupted: nothing published was changed; run the command again to go on")
        return EXIT_FAILED
    except BrokenPipeError:
        sys.stderr.close()  # nobody listens any more
        return EXIT_FAILED
    except Exception as error:
        if isinstance(error, OSError):
            report_error(describe(error))
            return EXIT_FAILED
        if not isinstance(error, (CorpusIndexError, *expected)):
            raise
        report_error(str(error))
        return EXIT_FAILED


def describe(error: OSError) -> str:
    """One line: what failed where, and what to do."""
    place = f"{error.filename}: " if error.filename else ""
    if error.errno in _NAMES["disk_full"]:
        return (
            f"{place}the disk is full: free some space and try again; "
            "the index in service is unchanged"
        )
    if error.errno in _NAMES["no_permission"]:
        return _missing_right(Path(error.filename)) if error.filename else "no permission"
    if error.errno in _REMEDIES:
        return f"{place}{_REMEDIES[error.errno]}"
    return f"{place}{error.strerror or error}"


def remark_of(error: Exception) -> Remark:
    """What an error says, as whoever speaks another language needs it."""
    if isinstance(error, OSError):
        values = {"path": str(error.filename or ""), "reason": error.strerror or str(error)}
        name = next((name for name, codes in _NAMES.items() if error.errno in codes), "os_error")
        return Remark(describe(error), name, values)
    said = error.args[0] if error.args else None
    return said if isinstance(said, Remark) else Remark(str(error))


def may(path: Path, right: int) -> bool:
    """Whether this process has a right (`os.R_OK`, `W_OK`, `X_OK`) to a file or folder."""
    return os.access(path, right, effective_ids=os.access in os.supports_effective_ids)


def _missing_right(path: Path) -> str:
    """Which right is missing: the system tells only that one is."""
    first = next((folder for folder in reversed(path.parents) if not may(folder, os.X_OK)), None)
    if first and first.exists():
        return f"{first}: no permission to look into it: {_GIVE_IT}"
    if path.exists() and not may(path, os.R_OK):
        return f"{path}: no permission to read it: {_GIVE_IT}"
    return f"{path}: no permission to write there: {_GIVE_IT}, or choose another SMEBOT_DATA_DIR"
