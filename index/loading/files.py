"""The bytes and the name of a corpus file: regular files inside the corpus, none too large."""

import os
import re
import stat
from pathlib import Path

from index.errors import DocumentError
from index.language import canonical
from index.loading.extraction.extracted import Cause
from index.terminal import describe

MOST_BYTES = 10_000_000
"""Largest file that is read: some twenty books. What is larger holds pictures or data, and would
take hours to encode."""
MOST_FOREIGN_BYTES = 20_000_000
"""The same for files that hold pictures beside their text; also the most that Telegram lets a bot
download."""
_LANGUAGE_SUFFIX = re.compile(r"(.+)\.([A-Za-z]{2}(?:[-_](?:[A-Za-z]{2}|[A-Za-z]{4}))?)")
"""`fair.zh`, also as people write it: `fair.EN`, `fair.zh-CN`, `fair.zh_TW`, `fair.zh-hant`."""


def read_file(path: Path, directory: Path, *, most_bytes: int | None = None) -> bytes:
    """A file of the corpus, whole.

    Args:
        path: The file; a link is followed as far as it stays inside the directory.
        directory: The corpus directory.
        most_bytes: What is larger is refused; None stands for `MOST_BYTES`.

    Raises:
        DocumentError: It cannot be read, is no regular file, lies elsewhere, is too large, or
            somebody writes to it.
    """
    limit = MOST_BYTES if most_bytes is None else most_bytes
    try:
        if _leads_out(path, directory):
            raise DocumentError(
                path, "a link that leads out of the corpus: put the file itself there"
            )
        # A pipe without a writer would block here for ever; each system lacks one of the two.
        flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, os.O_RDONLY | flags)
        with open(descriptor, "rb") as file:  # noqa: PTH123 - not a path
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                raise DocumentError(path, "not a regular file: move it out of the corpus")
            content = file.read(limit + 1)
            after = os.fstat(descriptor)
    except PermissionError as error:
        raise DocumentError(path, describe(error).removeprefix(f"{path}: ")) from error
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before Python 3.13
        reason = getattr(error, "strerror", None) or error
        raise DocumentError(path, f"cannot be read: {reason}") from error
    if (found.st_size, found.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise DocumentError(path, "it changed while it was read: build again when it is complete")
    if len(content) > limit:
        size = f"{limit // 1_000_000} MB"
        problem = f"larger than {size}: split it, or leave its pictures out"
        raise DocumentError(path, problem, cause=Cause.TOO_LARGE)
    return content


def _leads_out(path: Path, directory: Path) -> bool:
    """Whether a path below a directory names something elsewhere.

    Only links do, and few paths have any: to follow all would take longer than to read the file.
    """
    below = path.parts[len(directory.parts) :]
    steps = (os.path.join(directory, *below[:end]) for end in range(1, len(below) + 1))  # noqa: PTH118 - a tenth of the time
    if (
        path.is_relative_to(directory)
        and ".." not in below
        and not any(map(os.path.islink, steps))
    ):
        return False
    return not path.resolve(strict=True).is_relative_to(directory.resolve())


def is_there(path: Path) -> bool:
    """Whether there is such a file; a name too long for the disk is no file, and no error."""
    try:
        return path.exists()
    except OSError:
        return False


def parts_of_name(name: str) -> tuple[str, str]:
    """A file's name without its ending, parted into the document's stem and its language."""
    match = _LANGUAGE_SUFFIX.fullmatch(name)
    return (match[1], canonical(match[2])) if match else (name, "")
