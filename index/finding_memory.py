"""Findings of the corpus check, kept as long as what they were found in is the same."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from index.corpus_report import Finding
from index.memory import Memory
from index.remark import Remark
from index.sealed_store import in_parts

_CHECKS_AT_ONCE = 1024
Check = tuple[bytes, Callable[[], Iterable[Finding]]]
"""The key of what one check finds; the check."""


def findings_of(checks: Iterable[Check], memory: Memory) -> Iterator[Finding]:
    """What each check finds, in order; those that memory knows are not made.

    Args:
        checks: One with an empty key is made each time.
        memory: Learns what is found.
    """
    for part in in_parts(list(checks), _CHECKS_AT_ONCE):
        known = memory.recall([key for key, _ in part])
        learned: list[tuple[bytes, Any]] = []
        for (key, check), values in zip(part, known, strict=True):
            if values is not None:
                yield from (Finding(Remark.read(value), error) for value, error in values)
                continue
            found = tuple(check())
            learned.append((key, [[each.remark.as_json(), each.is_error] for each in found]))
            yield from found
        memory.learn(learned)
