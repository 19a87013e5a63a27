"""Asks many questions at once: each is read on one core, so that there are as many as cores."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from index.processors import cores

Item = TypeVar("Item")
Result = TypeVar("Result")


def each_in_order(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """The results of work on items, in their order, as many at once as there are cores."""
    with ThreadPoolExecutor(cores()) as pool:
        yield from pool.map(work, items)
