"""What a report is made of: questions without who asked them, votes, documents, runs of checks."""

from dataclasses import dataclass
from datetime import date

from bot.answers.reasons import AnswerStatus, Reason
from bot.checks.history import CheckRun
from index import Document

_MISSED = (AnswerStatus.NOT_IN_DOCUMENTS, AnswerStatus.OUT_OF_DATE, AnswerStatus.UNCLEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question, masked as it is stored, and how it ended."""

    answer_id: str
    day: date
    question: str
    language: str
    status: AnswerStatus
    reason: Reason | None
    """None where it was not kept."""
    cited: tuple[str, ...]
    """Stems of the documents in the answer, each once, in its order."""

    @property
    def was_missed(self) -> bool:
        """Whether it was about what the documents are about, and had no valid answer."""
        return self.status in _MISSED


@dataclass(frozen=True, slots=True, kw_only=True)
class InVain:
    """A question without an answer; equal ones are stored as one."""

    question: str
    language: str
    reason: Reason | None
    nearest: tuple[str, ...]
    """What was offered instead."""
    times: int
    """Since it was first asked."""
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Voted:
    """One vote, 1 or -1."""

    answer_id: str
    question: str
    """Empty where whoever asked it had it erased."""
    vote: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that a report tells of, from the first to the last of its days."""

    first: date
    last: date
    asked: tuple[Asked, ...]
    """Oldest first."""
    in_vain: tuple[InVain, ...]
    votes: tuple[Voted, ...]
    documents: tuple[Document, ...]
    """One version of each, in the report's language where there is one."""
    runs: tuple[CheckRun, ...]
    """Of all checks, oldest first."""
    failing: tuple[str, ...]
    """Ids of the checks that failed when they were last run and were not expected to."""
    snapshot: str

    @property
    def days(self) -> int:
        """How many days it is about."""
        return (self.last - self.first).days + 1
