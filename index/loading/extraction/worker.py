"""The process that opens foreign files: little memory, no network, no other program, no writing.

It reads one request after the other from standard input, a JSON line `{"suffix", "size_bytes"}`
and then so many bytes, and answers each with one JSON line: `{"documents": [{"text", "title",
"notes", "part", "dated", "is_source"}]}` or `{"problem", "cause"}`. It ends when its input does.
"""

import json
import os
import sys
from dataclasses import asdict
from typing import BinaryIO

from index.loading.extraction.extracted import UnreadableError
from index.loading.extraction.formats import read

MEMORY_BYTES = 1_500_000_000
"""So much address space a file may take to be read."""
_FORBIDDEN = (
    *("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "urllib.Request"),
    *("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn"),
    *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.symlink", "os.link", "os.chmod"),
)
"""Events of Python's audit hooks: what no reader of a document has a reason to do."""


def main() -> None:
    """Answer requests until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what libraries print is no answer
    confine()
    while request := sys.stdin.buffer.readline():
        answers.write(json.dumps(_answer(json.loads(request), sys.stdin.buffer)).encode() + b"\n")
        answers.flush()


def confine() -> None:
    """Take from this process, for good, what reading a document does not need."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.dont_write_bytecode = True
    sys.addaudithook(_refuse)


def _answer(request: dict[str, object], source: BinaryIO) -> dict[str, object]:
    content = source.read(int(str(request["size_bytes"])))
    suffix = str(request["suffix"])
    try:
        return {"documents": [asdict(found) for found in read(suffix, content)]}
    except UnreadableError as error:
        return {"problem": str(error), "cause": error.cause}


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    is_write = event == "open" and bool(int(str(arguments[2] or 0)) & (os.O_WRONLY | os.O_RDWR))
    if is_write or event in _FORBIDDEN:
        raise PermissionError(f"{event} while a document is read")


if __name__ == "__main__":
    main()
