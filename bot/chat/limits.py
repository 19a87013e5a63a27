"""How much one person may send in a minute; decided before anything takes a place."""

import time
from collections import defaultdict
from collections.abc import Callable, Set
from enum import Enum, auto

from bot.chat.incoming import Incoming, Kind
from bot.store import LastMinute

_MINUTE_S = 60.0
_PEOPLE_KEPT = 10_000
"""People whose last minute is counted; the quiet ones of more are dropped."""
_WEIGHTS = {
    Kind.QUESTION: 1.0,
    Kind.REPLY: 1.0,
    Kind.PART: 0.2,
    Kind.COMMAND: 0.5,
    Kind.BUTTON: 0.5,
    Kind.INLINE: 0.2,
    Kind.FORGET: 0.0,
    Kind.OTHER: 0.0,
}
"""How many questions something counts as: by the work it makes, and how quickly people do it."""


class Verdict(Enum):
    """What becomes of an update."""

    PASS = auto()
    NOTICE = auto()
    """Passed over, and the person is told so; at most once a minute."""
    DROP = auto()


class Limits:
    """Counts the last minute of everybody, whatever they send and wherever."""

    def __init__(
        self,
        per_minute: int,
        staff_ids: Set[int] = frozenset(),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Limits of all people.

        Args:
            per_minute: How many questions one person may ask in a minute.
            staff_ids: Not counted: who runs the bot is not locked out by it.
            clock: Seconds; never goes back.
        """
        self._per_minute = per_minute
        self._staff_ids = staff_ids
        self._clock = clock
        self._minutes: dict[int, LastMinute] = defaultdict(LastMinute)

    def judge(self, incoming: Incoming) -> tuple[Verdict, int]:
        """Count an update; with the seconds until its sender may ask again."""
        if not _WEIGHTS[incoming.kind]:
            return Verdict.PASS, 0
        now = self._clock()
        self._forget_the_quiet(now)
        return self.judge_by(self._minutes[incoming.sender], incoming, now)

    def judge_by(self, minute: LastMinute, incoming: Incoming, now: float) -> tuple[Verdict, int]:
        """The same where the minute is kept elsewhere; it is brought up to date.

        Args:
            minute: Of the sender.
            incoming: The update.
            now: In seconds, as the minute counts them.
        """
        weight = _WEIGHTS[incoming.kind]
        if not weight or incoming.sender in self._staff_ids:
            return Verdict.PASS, 0
        while minute.taken and now - minute.taken[0][0] > _MINUTE_S:
            minute.taken.popleft()
        taken = sum(each for _, each in minute.taken)
        if taken + weight <= self._per_minute + 1e-6:
            minute.taken.append((now, weight))
            return Verdict.PASS, 0
        wait_s = int(_MINUTE_S - (now - minute.taken[0][0])) + 1
        if incoming.kind is Kind.INLINE or now - minute.told < _MINUTE_S:
            return Verdict.DROP, wait_s
        minute.told = now
        return Verdict.NOTICE, wait_s

    def _forget_the_quiet(self, now: float) -> None:
        if len(self._minutes) <= _PEOPLE_KEPT:
            return
        last = {who: m.taken[-1][0] if m.taken else m.told for who, m in self._minutes.items()}
        for who in [who for who, when in last.items() if now - when > _MINUTE_S]:
            del self._minutes[who]
