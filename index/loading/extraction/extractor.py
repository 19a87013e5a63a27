"""Has files read by a process of its own, within limits of time and memory."""

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Event, Timer
from types import TracebackType
from typing import IO, Any, Self

from index.loading.extraction.extracted import Cause, Extracted, UnreadableError

TIMEOUT_S = 120.0
"""Longest time for one file. A PDF takes some 0.06 s a full page on one core."""
_MOST_CHARS = 10_000_000
"""As many as the largest text file that is read has."""
_ROOT = Path(__file__).resolve().parents[3]
"""What the packages lie in."""


class Extractor:
    """One worker for many files: started by the first, replaced after one that was too much."""

    def __init__(self, *, timeout_s: float = TIMEOUT_S) -> None:
        self._timeout_s = timeout_s
        self._worker: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def extract(self, suffix: str, content: bytes) -> list[Extracted]:
        """The documents of one file.

        Args:
            suffix: One of `formats.SUFFIXES`.
            content: The whole file.

        Raises:
            UnreadableError: It cannot be read, or takes too long or too much memory.
        """
        answer = self._ask(suffix, content)
        if "problem" in answer:
            raise UnreadableError(str(answer["problem"]), Cause(answer["cause"]))
        found = [
            Extracted(**{**values, "notes": tuple(values["notes"])})
            for values in answer["documents"]
        ]
        if sum(len(one.text) for one in found) > _MOST_CHARS:
            raise UnreadableError("it holds too much text: split it", Cause.TOO_LARGE)
        return found

    def _ask(self, suffix: str, content: bytes) -> dict[str, Any]:
        worker, requests, answers = self._running()
        late = Event()

        def stop() -> None:
            late.set()
            worker.kill()

        timer = Timer(self._timeout_s, stop)
        timer.start()
        try:
            request = {"suffix": suffix, "size_bytes": len(content)}
            requests.write(json.dumps(request).encode() + b"\n" + content)
            requests.flush()
            line = answers.readline()
        except BrokenPipeError:
            line = b""
        finally:
            timer.cancel()
        if line.endswith(b"\n"):
            return dict(json.loads(line))
        self._stop()
        if late.is_set():
            problem = f"it takes over {self._timeout_s:.0f} s to read: split it"
            raise UnreadableError(problem, Cause.TOO_LARGE)
        problem = "its reader broke down: open it in its program and save it anew"
        raise UnreadableError(problem, Cause.DAMAGED)

    def _running(self) -> tuple[subprocess.Popen[bytes], IO[bytes], IO[bytes]]:
        """The worker, what it reads from and what it writes to."""
        if self._worker is None or self._worker.poll() is not None:
            self._stop()
            path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
            self._worker = subprocess.Popen(
                [sys.executable, "-P", "-m", "index.loading.extraction.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
            )
        requests, answers = self._worker.stdin, self._worker.stdout
        if requests is None or answers is None:
            raise ValueError("a worker without pipes")
        return self._worker, requests, answers

    def _stop(self) -> None:
        if self._worker:
            self._worker.kill()
            self._worker.communicate()
            self._worker = None
