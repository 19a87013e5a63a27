"""Python's search for objects that refer to each other in a circle."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OBJECTS = 100_000
"""Made between two searches; Python's own is 700. A build makes millions, hardly one in a circle,
and of 10,000 documents a sixth of its time went into looking through them again and again."""


@contextmanager
def fewer_collections() -> Iterator[None]:
    """Search seldom while this lasts, in all threads; never not at all, as it may last hours."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
