"""The queue of updates: confirmed by offset, filtered by type, one reader at a time."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.fake import limits

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pending:
    """An update that the bot has not confirmed; `lane` keeps the order within one chat."""

    update: Json
    lane: int
    repeated: bool = False


@dataclass
class UpdateQueue:
    """What waits for the bot."""

    wake: Callable[[], None]
    pending: list[Pending] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    next_id: int = 700_000_001
    duplicate_next: int = 0
    delivered: list[Json] = field(default_factory=list)

    def push(self, kind: str, payload: Json, lane: int) -> Json | None:
        """Queue an update unless the bot did not ask for its type."""
        if not self.wanted(kind):
            return None
        update = {"update_id": self.next_id, kind: payload}
        self.next_id += 1
        self.pending.append(Pending(update, lane))
        if self.duplicate_next:
            self.duplicate_next -= 1
            self.pending.append(Pending(update, lane))
        self.wake()
        return update

    def wanted(self, kind: str) -> bool:
        """All types but three, unless the bot named those it wants."""
        if self.allowed:
            return kind in self.allowed
        return kind not in limits.UPDATES_ONLY_ON_REQUEST

    def allow(self, value: Any) -> None:
        """Remember `allowed_updates`; missing: as before; empty: the default."""
        if isinstance(value, list) and all(isinstance(name, str) for name in value):
            self.allowed = [name for name in value if name in limits.UPDATE_TYPES]

    def again(self, update: Json) -> None:
        """Deliver an update a second time, with its old number, even if it was confirmed."""
        self.pending.insert(0, Pending(update, 0, repeated=True))
        self.wake()

    def confirm(self, offset: int) -> None:
        """Forget what lies before the offset; a negative one keeps only the last so many."""
        if offset < 0:
            self.pending = self.pending[offset:]
        else:
            self.pending = [
                each
                for each in self.pending
                if each.repeated or each.update["update_id"] >= offset
            ]

    def head(self, limit: int) -> list[Json]:
        """The next updates; they stay until they are confirmed."""
        if not 1 <= limit <= limits.UPDATES_PER_CALL:
            limit = limits.UPDATES_PER_CALL
        taken = self.pending[:limit]
        updates = [pending.update for pending in taken]
        self.delivered.extend(updates)
        self.pending = [each for each in self.pending if not each.repeated or each not in taken]
        return updates


@dataclass
class LongPoll:
    """One waiting getUpdates; a newer one ends it."""

    deadline: float
    stopped: bool = False
    signal: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self) -> None:
        """Until an update came, the call was ended, or time is up."""
        self.signal.clear()
        left = self.deadline - time.monotonic()
        if left > 0 and not self.stopped:
            try:
                await asyncio.wait_for(self.signal.wait(), left)
            except TimeoutError:
                return

    @property
    def over(self) -> bool:
        return self.stopped or time.monotonic() >= self.deadline
