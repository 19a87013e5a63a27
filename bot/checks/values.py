"""One canned check and how it went."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from bot.answers.reasons import AnswerStatus
from bot.answers.values import Answer
from index import Remark, Topic
from index.language import TOLD, UNKNOWN, canonical
from index.validation import written_like

PASSES = ("ok", "MENDED")
FAILURES = ("FAIL", "WRONG")
"""Labels of an outcome that spoil a run; what is left, "known", is expected."""


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
    return value if isinstance(value, list | tuple) else (value,)


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    return text


def _one_that_is_told(language: str) -> str:
    tag = canonical(language)
    if tag not in _LANGUAGES:
        raise ValueError(f"{language!r} is none of {', '.join(sorted(_LANGUAGES))}")
    return tag


_LANGUAGES = {*TOLD, "zh-Hant", UNKNOWN}
"""All that an answer may be in."""
Text = Annotated[str, AfterValidator(_not_blank)]
Language = Annotated[str, AfterValidator(_one_that_is_told)]
Alternatives = Annotated[tuple[Text, ...], Field(min_length=1), BeforeValidator(_as_tuple)]


class Check(BaseModel):
    """One canned question and what its answer must be; `tests/README.md` explains the keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, written_like(r"[a-z0-9]+(-[a-z0-9]+)*", "canton-fair-booths")]
    question: Text
    language: Language
    topic: Topic | None = None
    kind: Kind = Kind.FACT
    status: Annotated[tuple[AnswerStatus, ...], Field(min_length=1), BeforeValidator(_as_tuple)]
    cite: tuple[Text, ...] = ()
    cite_any: tuple[Text, ...] = ()
    say: tuple[Alternatives, ...] = ()
    never_say: tuple[Text, ...] = ()
    history: tuple[Text, ...] = ()
    as_of: date
    expected_failure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOutcome:
    """A check that was run.

    `faults` says what the answer lacked; empty if it passed. `slip` says what is wrong with the
    check itself, for which no answer can be blamed; None if it is sound.
    """

    check: Check
    answer: Answer
    faults: tuple[Remark, ...]
    slip: Remark | None = None

    @property
    def objections(self) -> tuple[Remark, ...]:
        """What is wrong with the check, or else with the answer; empty if it passed."""
        return (self.slip,) if self.slip else self.faults

    @property
    def passed(self) -> bool:
        return not self.objections

    @property
    def label(self) -> str:
        """How it went, in one word.

        ok, FAIL, known (expected to fail and did), MENDED (expected to fail and passed) or
        WRONG (the check itself is).
        """
        if self.slip:
            return "WRONG"
        if self.check.expected_failure:
            return "MENDED" if self.passed else "known"
        return "ok" if self.passed else "FAIL"
