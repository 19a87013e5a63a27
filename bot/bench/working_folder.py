"""A folder for what is only written to be measured."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.errors import BenchError

_PREFIX = "bench-"


@contextmanager
def working_folder(data_dir: Path) -> Iterator[Path]:
    """A folder below the data directory, removed at the end.

    What a killed run left there is removed first, so only one runs at a time; two would also
    spoil each other's figures.

    Raises:
        BenchError: Another one is running.
        OSError: It cannot be written.
    """
    try:
        with FileLock(data_dir / "bench.lock", timeout=0):
            for left in data_dir.glob(f"{_PREFIX}*/"):
                shutil.rmtree(left, ignore_errors=True)
            with tempfile.TemporaryDirectory(dir=data_dir, prefix=_PREFIX) as folder:
                yield Path(folder)
    except Timeout as error:
        raise BenchError(
            f"`smebot bench` is running in {data_dir} already: wait until it has ended"
        ) from error
