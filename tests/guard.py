"""Watches a process from inside and from outside: whom it talks to, and what it writes where.

Inside, an audit hook writes down each connection and each change of a file that Python makes
(`install`, called in the process itself). Native code raises no such events: strace, where there
is one, sees its calls, and a test compares folders before and after.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

_VARIABLE = "GUARD"
_CHANGES = {
    "os.mkdir": (0,),
    "os.remove": (0,),
    "os.rmdir": (0,),
    "os.rename": (0, 1),
    "os.link": (1,),
    "os.symlink": (1,),
    "os.chmod": (0,),
    "os.truncate": (0,),
    "os.utime": (0,),
    "sqlite3.connect": (0,),
}
"""Audit events that change files, and which of their arguments are the paths."""
_BELOW = ("os.mkdir", "os.remove", "os.rmdir")
"""Their last argument may be the descriptor of the folder that the path starts from."""
_CALLS = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FORBIDDEN = ("socket.gethostbyname", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn")
_WATCHED = ("socket.", "open", "os.", "sqlite3.", "subprocess.")


def environment(writable: Path, port: int, log: Path) -> dict[str, str]:
    """What a guarded process finds in its environment.

    Args:
        writable: The only folder in which it may write.
        port: The only one, on this machine, that it may connect to.
        log: Where offences go, a line each.
    """
    log.touch()
    rules = {"writable": str(writable), "port": port, "log": str(log)}
    return {_VARIABLE: json.dumps(rules), "PYTHONDONTWRITEBYTECODE": "1"}


class _Rules:
    """What the process may do, from its environment."""

    def __init__(self) -> None:
        rules = json.loads(os.environ[_VARIABLE])
        self._log = os.open(rules["log"], os.O_WRONLY | os.O_APPEND)
        self._writable = os.path.realpath(rules["writable"])
        self._port = rules["port"]

    def hook(self, event: str, args: tuple) -> None:
        """Called by Python with every audit event."""
        if event.startswith(_WATCHED) and not self._is_allowed(event, args):
            os.write(self._log, f"{event} {args!r}\n".encode())

    def _is_allowed(self, event: str, args: tuple) -> bool:
        if event in _CALLS:
            return args[_CALLS[event]] == ("127.0.0.1", self._port)
        if event == "socket.getaddrinfo":
            return args[0] in ("127.0.0.1", b"127.0.0.1")
        if event == "open":
            return not _writes(args) or self._is_inside(args[0]) or _is_nameless(args[0])
        if event in _CHANGES:  # a folder that is given as a descriptor was opened by its path
            is_below = event in _BELOW and args[-1] > 2
            return is_below or all(self._is_inside(args[place]) for place in _CHANGES[event])
        return event not in _FORBIDDEN

    def _is_inside(self, path: object) -> bool:
        if isinstance(path, int) or path in (os.devnull, ":memory:"):
            return True
        real = os.path.realpath(os.fsdecode(path))
        return f"{real}{os.sep}".startswith(f"{self._writable}{os.sep}")


def install() -> None:
    """From now on, write down what this process must not do."""
    tempfile.gettempdir()  # Python tries it out, once, with a file that it removes at once
    sys.addaudithook(_Rules().hook)


def _is_nameless(path: object) -> bool:
    """A folder opened for writing: a temporary file without a name, which nobody else can see."""
    return isinstance(path, str | bytes) and os.path.isdir(path)  # noqa: PTH112 - may be bytes


def _writes(args: tuple) -> bool:
    flags = args[2]
    return isinstance(flags, int) and bool(flags & _WRITING)


def traced(log: Path) -> list[str]:
    """What to put before a command, so that strace writes each of its calls to others down."""
    calls = "trace=connect,sendto,sendmsg,sendmmsg"
    return ["strace", "-A", "-D", "-f", "-qq", "--seccomp-bpf", "-e", calls, "-o", str(log)]


def can_trace() -> bool:
    """Whether strace is there and allowed to watch."""
    try:
        command = [*traced(Path(os.devnull)), sys.executable, "-c", "print('traced')"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return False
    return done.returncode == 0 and done.stdout == "traced\n"


def calls_to_others(log: Path, port: int) -> list[str]:
    """The calls that strace saw to any address but this port of this machine."""
    own = f'htons({port}), sin_addr=inet_addr("127.0.0.1")'
    return [
        line
        for line in log.read_text().splitlines()
        if "sa_family=" in line and own not in line and "AF_NETLINK" not in line  # the kernel
    ]


def contents(*folders: Path) -> set[str]:
    """Every path below the folders."""
    return {str(path) for folder in folders for path in folder.rglob("*")}
