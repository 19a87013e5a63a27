"""Whose turn it is among all that waits at one database, whichever program took it over."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

WAITING_OF_ONE = 40
"""So much of one person, or in one chat, may wait; what comes beyond it is dropped."""
LATE_KEPT = 3
"""Of what a chat sent while no program ran, so many of the last messages are answered."""
BACKLOG_WAIT_S = 0.7
"""Late messages wait for the rest of the backlog until none has come for so long."""

Lane = tuple[bool, int, int]
"""(is private, chat, person): what one person sends in one chat, in order."""
_Key = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """One update that is not done."""

    update_id: int
    chat_id: int
    user_id: int
    is_private: bool
    is_late: bool
    owner: int | None
    """The program that handles it."""

    @property
    def lane(self) -> Lane:
        """Where it waits."""
        return (self.is_private, self.chat_id, self.user_id)

    @property
    def keys(self) -> tuple[_Key, _Key]:
        """Of each at most one update is handled at a time, by any program."""
        return (("chat", self.chat_id), ("private" if self.is_private else "group", self.user_id))


@dataclass(frozen=True, slots=True)
class Choice:
    """Updates to begin now, and those that are passed over."""

    begun: Sequence[int]
    passed_over: Sequence[int]


def choose(
    waiting: Sequence[Waits],
    *,
    is_free: Callable[[Waits], bool],
    is_home: Callable[[int], bool],
    last_turn: Mapping[Lane, float],
    most: int,
    waits_for_late: bool,
) -> Choice:
    """What one program begins now.

    The first update of each lane whose chat and person are not busy: first of the lane that has
    waited longest since its last turn, so that whoever sends a lot delays others by no more than
    one answer.

    Args:
        waiting: All that is not done, in Telegram's order.
        is_free: Whether no program handles one.
        is_home: Whether this program handles a chat.
        last_turn: When lanes had their last turns, as far as this program knows; any unit.
        most: So many at most.
        waits_for_late: More late messages may still come: none of them is begun.
    """
    passed_over = set() if waits_for_late else _passed_over(waiting, is_free, is_home)
    first: dict[Lane, Waits] = {}
    busy: set[_Key] = set()
    for one in waiting:
        if not is_free(one):
            busy.update(one.keys)
        elif one.update_id not in passed_over:
            first.setdefault(one.lane, one)
    begun: list[int] = []
    turns = sorted(first.values(), key=lambda one: (last_turn.get(one.lane, 0.0), one.update_id))
    for one in turns:
        is_early = one.is_late and waits_for_late
        if len(begun) < most and is_home(one.chat_id) and not is_early and not busy & {*one.keys}:
            busy.update(one.keys)
            begun.append(one.update_id)
    return Choice(begun, sorted(passed_over))


def _passed_over(
    waiting: Sequence[Waits],
    is_free: Callable[[Waits], bool],
    is_home: Callable[[int], bool],
) -> set[int]:
    """Late messages of a chat that has more of them than are answered: all but the last ones."""
    late = [one for one in waiting if one.is_late and is_free(one) and is_home(one.chat_id)]
    count: Counter[int] = Counter()
    found: set[int] = set()
    for one in reversed(late):
        count[one.chat_id] += 1
        if count[one.chat_id] > LATE_KEPT:
            found.add(one.update_id)
    return found
