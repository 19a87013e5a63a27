"""The reply to one question, and what it rests on."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from bot.answers.reasons import AnswerStatus, Reason
from bot.answers.sourcing import by_fit, is_general
from bot.dates import EventStatus
from bot.lists.comparison import Comparison
from index import Document, PartialDate, Remark, Source
from index.documents import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A quote with its source. Invariant: `quote` is the document's text[start:end]."""

    number: int
    document: Document
    quote: str
    start: int
    end: int
    language: str
    event_status: EventStatus | None = None

    def __post_init__(self) -> None:
        if self.document.text[self.start : self.end] != self.quote:
            raise ValueError(f"the quote is not {self.document.id}[{self.start}:{self.end}]")

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources behind the quote, the one whose date fits it first; may be empty."""
        return by_fit(self.document.sources_of(self.start, self.end), self.quote)

    @property
    def is_general_knowledge(self) -> bool:
        """Whether no stored source stands behind the quote."""
        return is_general(self.sources)

    @property
    def as_of(self) -> PartialDate | None:
        """As of when the quote is; None where only other parts of its document are so new."""
        metadata, sources = self.document.metadata, self.sources
        days = [source.published.last for source in sources if source.published]
        if metadata.as_of is None or self.is_general_knowledge:
            return None
        if days:
            return metadata.as_of if metadata.as_of.first <= max(days) else None
        return metadata.as_of if {*sources} == {*metadata.sources} else None

    def as_json(self) -> dict[str, Any]:
        """The object of DESIGN 4.3."""
        sources = self.sources
        first = _source_as_json(next(iter(sources), Source(confidence=Confidence.KNOWN)))
        metadata = self.document.metadata
        value: dict[str, Any] = {
            "number": self.number,
            "document": self.document.id,
            "title": metadata.title,
            "publisher": first["publisher"],
            "published": first["published"],
            "url": first["url"],
            "sources": [_source_as_json(source) for source in sources],
            "topic": metadata.topic,
            "language": self.language,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
        }
        if self.event_status:
            value["event_status"] = self.event_status
        return value


def _source_as_json(source: Source) -> dict[str, str | None]:
    value = {
        "title": source.title,
        "publisher": source.publisher,
        "published": str(source.published) if source.published else None,
        "url": source.url,
        "confidence": source.confidence.value,
    }
    if source.original_publisher:
        value["original_publisher"] = source.original_publisher
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class PartAnswer:
    """The answer to one of several questions."""

    asked: str
    """The question, as its line is to show it; empty where the message asks nothing else."""
    why: str = ""
    """Why nothing answers it; quotes below that are only near."""
    citations: tuple[Citation, ...] = ()
    said: str = ""
    """Below the quotes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HitSummary:
    """One hit as the answer reports it."""

    passage: str
    document: str
    score: float
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """Milliseconds."""

    encode: float = 0.0
    search: float = 0.0
    compose: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Something that a step left out, and why."""

    what: str
    """Id of a passage, or a sentence."""
    because: Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTrace:
    """What one step did to one part of a message."""

    step: str
    part: int
    """1 for the first part of the message, 0 for steps that see the whole message."""
    took_ms: float
    changed: str = ""
    dropped: tuple[Dropped, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)
    """By what they are of; one called `threshold` is what the others have to reach."""
    ends: Reason | None = None
    """Set if the part, or the message, ended here."""

    def as_json(self) -> dict[str, Any]:
        """The object of DESIGN 4.3."""
        return {
            "step": self.step,
            "part": self.part,
            "took_ms": round(self.took_ms, 2),
            "changed": self.changed,
            "dropped": [{"what": d.what, "because": str(d.because)} for d in self.dropped],
            "scores": {name: round(score, 4) for name, score in self.scores.items()},
            "ends": self.ends,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The reply to one question.

    Invariant: `status` is ANSWERED or OUT_OF_DATE exactly when there is at least one citation.
    """

    question: str
    language: str
    reason: Reason
    text: str
    as_of: date
    snapshot: str
    answer_id: str
    citations: tuple[Citation, ...] = ()
    parts: tuple[PartAnswer, ...] = ()
    """One for each question, in order, if there are several; no part of the JSON object."""
    nearest: tuple[Citation, ...] = ()
    """Sentences near a question that none answers, shown as such; no part of the JSON object."""
    hits: tuple[HitSummary, ...] = ()
    suggestions: tuple[str, ...] = ()
    comparison: Comparison | None = None
    """What it sets side by side; no part of the JSON object, where it stands in the text."""
    brief: str = ""
    """The words after `/documents` that list the same, where it lists documents."""
    timings_ms: Timings = field(default_factory=Timings)
    confidence: float | None = None
    """Probability that what was found answers it, 0 to 1; None where nothing was judged."""
    trace: tuple[StepTrace, ...] = ()
    """What each step did, in order."""

    @property
    def status(self) -> AnswerStatus:
        """The reason, coarsely."""
        return self.reason.status

    @property
    def shown(self) -> tuple[Citation, ...]:
        """The citations in the order that they are shown in; several parts may show the same."""
        of_parts = tuple(citation for part in self.parts for citation in part.citations)
        return of_parts or self.citations

    def __post_init__(self) -> None:
        cites = self.status in (AnswerStatus.ANSWERED, AnswerStatus.OUT_OF_DATE)
        if cites != bool(self.citations):
            raise ValueError(f"{self.status} with {len(self.citations)} citations")

    def as_json(self, *, with_trace: bool = False) -> dict[str, Any]:
        """The object of DESIGN 4.3."""
        value = {
            "question": self.question,
            "language": self.language,
            "status": self.status,
            "reason": self.reason,
            "text": self.text,
            "as_of": self.as_of.isoformat(),
            "snapshot": self.snapshot,
            "answer_id": self.answer_id,
            "citations": [citation.as_json() for citation in self.citations],
            "hits": [asdict(hit) for hit in self.hits],
            "suggestions": list(self.suggestions),
            "timings_ms": {name: round(ms, 2) for name, ms in asdict(self.timings_ms).items()},
        }
        if with_trace:
            value["trace"] = [step.as_json() for step in self.trace]
        return value
