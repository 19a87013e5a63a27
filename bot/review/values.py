"""One review of a candidate: what differs from the served snapshot, answers included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.answers.values import Answer
from index import Remark
from index.comparing import SnapshotChanges
from index.due import Due

WEEK_DAYS = 7
"""So far back people's stored questions are asked again."""


class Verdict(StrEnum):
    """What a difference means; what is to be looked at comes first."""

    BREAKS = "breaks"
    """A check that passes now and would fail."""
    MENDS = "mends"
    """A check that fails now and would pass."""
    CHECK = "check"
    """A check that is answered otherwise, and goes as it does now."""
    QUESTION = "question"
    """What somebody asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One question that would be answered otherwise."""

    verdict: Verdict
    before: Answer
    after: Answer
    history: tuple[str, ...] = ()
    """What was asked before it, oldest first."""
    check: str = ""
    """Id of the check that asks it; empty if people did."""
    faults: tuple[Remark, ...] = ()
    """What the check would find wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What serving a candidate instead of the served snapshot would change."""

    candidate: str
    served: str
    changes: SnapshotChanges
    differences: Sequence[Difference] = ()
    """Broken checks first."""
    checks: int = 0
    """How many were asked."""
    questions: int = 0
    """How many of the last week were asked."""
    due: Sequence[Due] = ()
    """What of the candidate expires within the longest of `HORIZONS`, the earliest first."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Of the documents in `due`, by their stems."""

    def of(self, verdict: Verdict) -> list[Difference]:
        """The differences that mean this."""
        return [difference for difference in self.differences if difference.verdict is verdict]

    @property
    def against(self) -> tuple[Remark, ...]:
        """All that speaks against publishing."""
        return (*self.broken, *self.changes.errors)

    @property
    def broken(self) -> tuple[Remark, ...]:
        """What speaks against publishing beside the errors of the corpus, one a check."""
        text = "check {check} passes now and would fail"
        return tuple(
            replace(Remark.of("check_breaks", text, check=each.check), details=each.faults)
            for each in self.of(Verdict.BREAKS)
        )
