"""How many messages Telegram takes; off until a test switches it on."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.telegram.fake.errors import too_many_requests


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimits:
    """Messages within a time. A chat may send `chat_burst` at once, then 1 per `chat_period_s`."""

    overall_count: int = 30
    overall_period_s: float = 1.0
    chat_burst: int = 3
    chat_period_s: float = 1.0
    group_count: int = 20
    group_period_s: float = 60.0


@dataclass(slots=True)
class RateLimiter:
    """Counts what was taken; a refused call does not count."""

    limits: RateLimits | None = None
    clock: Callable[[], float] = time.monotonic
    sent: dict[int | None, deque[float]] = field(default_factory=dict)

    def take(self, chat_id: int) -> None:
        """Count one message, or refuse it with the seconds to wait."""
        if self.limits is None:
            return
        wait = max(self._waits(self.limits, chat_id))
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        now = self.clock()
        for key in (None, chat_id):
            self.sent.setdefault(key, deque()).append(now)

    def _waits(self, limits: RateLimits, chat_id: int) -> list[float]:
        burst_period_s = limits.chat_burst * limits.chat_period_s
        waits = [
            self._wait(None, limits.overall_count, limits.overall_period_s),
            self._wait(chat_id, limits.chat_burst, burst_period_s),
        ]
        if chat_id < 0:
            waits.append(self._wait(chat_id, limits.group_count, limits.group_period_s))
        return waits

    def _wait(self, key: int | None, count: int, period_s: float) -> float:
        times = self.sent.get(key, deque())
        if len(times) < count:
            return 0.0
        return times[-count] + period_s - self.clock()
