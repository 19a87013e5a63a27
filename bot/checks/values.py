"""One canned check and how it went."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.answers.values import Answer, AnswerStatus
from index import Topic


class Kind(StrEnum):
    """What a check tries."""

    FACT = "fact"
    NUMBER = "number"
    DATE = "date"
    COMPARISON = "comparison"
    LIST = "list"
    TIME = "time"
    NEAR_MISS = "near-miss"
    OUTSIDE = "outside"
    AMBIGUOUS = "ambiguous"
    FOLLOW_UP = "follow-up"
    TYPO = "typo"
    SCRIPT = "script"
    MIXED = "mixed"
    HOSTILE = "hostile"
    SMALL_TALK = "small-talk"
    INJECTION = "injection"


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Alternatives = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]


class Check(BaseModel):
    """One canned question and what its answer must be; the README explains the keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    question: str
    language: str
    topic: Topic | None = None
    kind: Kind = Kind.FACT
    status: Annotated[tuple[AnswerStatus, ...], BeforeValidator(_as_tuple)]
    cite: tuple[str, ...] = ()
    cite_any: tuple[str, ...] = ()
    say: tuple[Alternatives, ...] = ()
    never_say: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    as_of: date
    expected_failure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A check that was run. `faults` says what the answer lacked; empty if it passed."""

    check: Check
    answer: Answer
    faults: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.faults

    @property
    def label(self) -> str:
        """ok, FAIL, known (expected to fail and did) or MENDED (expected to fail and passed)."""
        if self.check.expected_failure:
            return "MENDED" if self.passed else "known"
        return "ok" if self.passed else "FAIL"
