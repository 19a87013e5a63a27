"""Results that are kept as long as the object that they belong to."""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary, ref

P = ParamSpec("P")
R = TypeVar("R")


def kept_with(owner: str, size: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep the last results of a function as long as one of its arguments lives.

    An `lru_cache` keeps its arguments alive: the glossary, and so what was served, of long ago.

    Args:
        owner: Name of that argument, which is always given by its place.
        size: How many results are kept for each.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        place = list(signature(function).parameters).index(owner)
        caches: WeakKeyDictionary[Any, Callable[..., R]] = WeakKeyDictionary()

        @wraps(function)
        def kept(*given: P.args, **options: P.kwargs) -> R:
            found = caches.get(given[place])
            if found is None:
                found = caches[given[place]] = _cache(function, given[place], size)
            return found(given[:place], given[place + 1 :], **options)

        return kept

    return decorate


def _cache(function: Callable[..., R], owner: object, size: int) -> Callable[..., R]:
    """A cache that does not keep the owner alive; whoever calls it does."""
    alive = ref(owner)

    @lru_cache(maxsize=size)
    def results(before: tuple[Hashable, ...], after: tuple[Hashable, ...], **options: Any) -> R:
        return function(*before, alive(), *after, **options)

    return results
