"""Ray, nowhere else: the work of a build spread over the machines of a cluster.

A worker that dies is started anew, on another machine if need be, and does its task again; results
are the same. All machines need this program and see the corpus and the data directory at the same
paths.
"""

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

import ray
from ray.exceptions import RayError
from ray.util import ActorPool

from index.build_engines.local_engine import LocalEngine
from index.documents import Document, Passage
from index.encoder import Encoder, Vectors
from index.errors import BuildEngineError
from index.loading import CorpusFile, WhatWasRead

_ITEMS_A_TASK = 64
"""Files or documents; a task costs about a millisecond."""
_STORE_BYTES = 200 * 2**20
"""For what travels between processes of this machine: some tasks at a time."""
_FOR_EVER = -1
"""How often Ray starts a worker anew and repeats its tasks."""


class _Worker:
    """One process with its own encoder, which uses all processors of its machine by itself.

    It reserves none: a worker more than there are processors would be waited for, for ever.
    """

    def __init__(self, make_encoder: Callable[[], Encoder]) -> None:
        self._engine = LocalEngine(make_encoder())

    def read(self, files: Sequence[CorpusFile]) -> list[WhatWasRead]:
        return list(self._engine.read(files))

    def chunk(self, documents: Sequence[Document]) -> list[list[Passage]]:
        return list(self._engine.chunk(documents))

    def encode(self, texts: Sequence[str]) -> Vectors:
        (vectors,) = self._engine.encode([texts])
        return vectors


class RayEngine:
    """A `BuildEngine` of workers that each have one task at a time."""

    def __init__(self, make_encoder: Callable[[], Encoder], workers: int) -> None:
        worker = ray.remote(_Worker).options(
            num_cpus=0,
            max_restarts=_FOR_EVER,
            max_task_retries=_FOR_EVER,
            scheduling_strategy="SPREAD",
        )
        self._workers = [worker.remote(make_encoder) for _ in range(workers)]

    def read(self, files: Sequence[CorpusFile]) -> Iterator[WhatWasRead]:
        return chain.from_iterable(self._spread("read", _groups(files)))

    def chunk(self, documents: Sequence[Document]) -> Iterator[list[Passage]]:
        return chain.from_iterable(self._spread("chunk", _groups(documents)))

    def encode(self, parts: Iterable[Sequence[str]]) -> Iterator[Vectors]:
        return self._spread("encode", parts)

    def _spread(self, method: str, tasks: Iterable[Any]) -> Iterator[Any]:
        """The result of each task, in order."""
        pool = ActorPool(self._workers)
        with _translated(RayError):
            yield from pool.map(lambda worker, task: getattr(worker, method).remote(task), tasks)


@contextmanager
def cluster(make_encoder: Callable[[], Encoder], workers: int) -> Iterator[RayEngine]:
    """As `ray_engine`."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it reports home unless told not to
    store = {} if "RAY_ADDRESS" in os.environ else {"object_store_memory": _STORE_BYTES}
    with _translated(ConnectionError, ValueError, RuntimeError):
        ray.init(
            log_to_driver=False, logging_level=logging.WARNING, include_dashboard=False, **store
        )
    try:
        alive = sum(node["Alive"] for node in ray.nodes())
        yield RayEngine(make_encoder, workers or alive)
    finally:
        ray.shutdown()


@contextmanager
def _translated(*kinds: type[Exception]) -> Iterator[None]:
    try:
        yield
    except kinds as error:
        raise BuildEngineError(str(error).strip().splitlines()[-1]) from error


def _groups(items: Sequence[Any]) -> list[Sequence[Any]]:
    return [items[first : first + _ITEMS_A_TASK] for first in range(0, len(items), _ITEMS_A_TASK)]
