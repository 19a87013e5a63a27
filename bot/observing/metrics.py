"""All metrics: their names, what they count, and the page that a Prometheus server reads."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from bot.answers.reasons import Reason
from bot.answers.values import Answer
from index import Snapshot

CONTENT_TYPE = CONTENT_TYPE_LATEST
_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds: a step takes single milliseconds, an answer tens, the first one more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is looked up anew for each page."""

    queue: int
    """How many updates wait or are handled."""
    errors: Mapping[str, int]
    """How often each kind of error happened since the start."""
    snapshot: Snapshot
    """That answers."""


class Metrics:
    """Counts what happens, in a registry of its own; safe to use from several threads."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._questions = Counter(
            "smebot_questions",
            "Questions by how they ended, and why.",
            ["status", "reason"],
            registry=self._registry,
        )
        for reason in Reason:  # from 0 on: an alert on the first one sees it grow
            self._questions.labels(reason.status, reason)
        self._answers = Histogram(
            "smebot_answer_seconds",
            "From a question to its answer, without Telegram.",
            buckets=_BUCKETS_S,
            registry=self._registry,
        )
        self._steps = Histogram(
            "smebot_step_seconds",
            "The same by step.",
            ["step"],
            buckets=_BUCKETS_S,
            registry=self._registry,
        )
        self._throttled = Counter(
            "smebot_telegram_throttled",
            "Calls that Telegram refused with 429.",
            registry=self._registry,
        )

    def answered(self, answer: Answer) -> None:
        """Somebody got an answer."""
        self._questions.labels(answer.status, answer.reason).inc()
        self._answers.observe(answer.timings_ms.total / 1000)
        for step in answer.trace:
            self._steps.labels(step.step).observe(step.took_ms / 1000)

    def throttled(self) -> None:
        """Telegram refused a call with 429."""
        self._throttled.inc()

    def watch(self, state: Callable[[], State]) -> None:
        """Add what is looked up for each page; once."""
        self._registry.register(_Watched(state))

    def page(self) -> bytes:
        """All of it in the OpenMetrics text format, of `CONTENT_TYPE`."""
        page: bytes = generate_latest(self._registry)  # type: ignore[no-untyped-call]  # has none
        return page


class _Watched(Collector):
    """Metrics that are not counted here but looked up."""

    def __init__(self, state: Callable[[], State]) -> None:
        self._state = state
        self._oldest: tuple[str, date | None] = ("", None)

    def collect(self) -> Iterator[Metric]:
        """Called for each page."""
        state, now = self._state(), datetime.now(UTC)
        manifest = state.snapshot.manifest
        yield GaugeMetricFamily(
            "smebot_queue_length", "Updates that wait or are handled.", state.queue
        )
        errors = CounterMetricFamily("smebot_errors", "Errors by their kind.", labels=["kind"])
        for kind, count in sorted(state.errors.items()):
            errors.add_metric([kind], count)
        yield errors
        yield GaugeMetricFamily(
            "smebot_documents",
            "Documents that are served, each language version by itself.",
            len(manifest.documents),
        )
        yield GaugeMetricFamily(
            "smebot_snapshot_age_seconds",
            "Since the snapshot that answers was built.",
            (now - manifest.created_at).total_seconds(),
        )
        oldest = self._oldest_day(state.snapshot)
        if oldest:
            age = now - datetime.combine(oldest, time(), UTC)
            yield GaugeMetricFamily(
                "smebot_oldest_document_age_seconds",
                "Since the day for which the oldest served document was true.",
                age.total_seconds(),
            )

    def _oldest_day(self, snapshot: Snapshot) -> date | None:
        """The earliest `as_of`; every document is read for it, so once for a snapshot."""
        if self._oldest[0] != snapshot.manifest.snapshot_id:
            days = (document.metadata.as_of for document in snapshot.documents.values())
            oldest = min((day.first for day in days if day), default=None)
            self._oldest = (snapshot.manifest.snapshot_id, oldest)
        return self._oldest[1]
