"""The last errors, without any user's text: for `/status`, and for the morning's note."""

from collections import Counter, deque
from collections.abc import Iterator
from datetime import datetime

from bot.store import now

_KEPT = 1000
_SHOWN = 5


class RecentErrors:
    """What went wrong since the bot was started; the log has more of each."""

    def __init__(self) -> None:
        self._errors: deque[tuple[datetime, str]] = deque(maxlen=_KEPT)
        self.counts: Counter[str] = Counter()
        """How often each kind happened since the start; these only grow."""

    def append(self, kind: str) -> None:
        """It happened now."""
        self._errors.append((now(), kind))
        self.counts[kind] += 1

    def clear(self) -> None:
        """Forget them all, but not how many there were."""
        self._errors.clear()

    def since(self, time: datetime) -> Counter[str]:
        """How often each kind happened after a time, UTC."""
        return Counter(kind for at, kind in self._errors if at > time)

    def __iter__(self) -> Iterator[str]:
        """The last ones, newest last."""
        return iter([kind for _, kind in self._errors][-_SHOWN:])

    def __len__(self) -> int:
        return len(self._errors)
