"""Traces by OpenTelemetry: a span for each question, below it one for each step.

They are made from what an answer tells of its steps, when it is there. Where they go, how many,
and under which name is said by OpenTelemetry's own variables (`OTEL_*`); its library is an extra,
and not imported where these name no address.
"""

import threading
import time
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from bot.answers.values import Answer
from bot.errors import TracesError

_ADDRESSES = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_EXPORTER = "opentelemetry-exporter-otlp-proto-http"
_CLOSE_S = 3.0
"""The last spans get so long to leave; a collector that is away stops no end."""
_NS_PER_MS = 1_000_000


def traces_wanted(environment: Mapping[str, str]) -> bool:
    """Whether a variable says where traces go.

    Raises:
        TracesError: It does, but the extra that sends them is not installed.
    """
    wanted = next((name for name in _ADDRESSES if environment.get(name)), None)
    if wanted is None:
        return False
    try:
        version(_EXPORTER)
    except PackageNotFoundError as error:
        raise TracesError(
            f"{wanted} is set, but what sends traces is not installed: run "
            "`pip install 'smebot[opentelemetry]'`, or unset it"
        ) from error
    return True


class Traces:
    """Sends traces aside, in batches; one that cannot be sent delays nobody."""

    def __init__(self) -> None:
        """Begin to send, to where the environment says."""
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import SERVICE_NAME, OTELResourceDetector, Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        resource = Resource.create({SERVICE_NAME: "smebot"}).merge(OTELResourceDetector().detect())
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer("smebot")

    def answered(self, answer: Answer) -> None:
        """Send the way of an answer that is ready now: ids, figures and reasons, no words.

        Steps are laid end to end, as the answer knows how long each took but not when it began:
        where several readings of a question were tried, only the steps of the best are told.
        """
        from opentelemetry.trace import set_span_in_context

        end = time.time_ns()
        begin = end - int(answer.timings_ms.total * _NS_PER_MS)
        whole = self._tracer.start_span(
            "answer",
            start_time=begin,
            attributes={
                "smebot.answer_id": answer.answer_id,
                "smebot.status": str(answer.status),
                "smebot.reason": str(answer.reason),
                "smebot.language": answer.language,
                "smebot.snapshot": answer.snapshot,
            },
        )
        below = set_span_in_context(whole)
        for step in answer.trace:
            attributes = {"smebot.part": step.part}
            span = self._tracer.start_span(
                step.step, context=below, start_time=begin, attributes=attributes
            )
            if step.ends:
                span.set_attribute("smebot.ends", str(step.ends))
            begin += int(step.took_ms * _NS_PER_MS)
            span.end(begin)
        whole.end(end)

    def close(self) -> None:
        """Send what is left, as far as that is quick."""
        ending = threading.Thread(target=self._provider.shutdown, name="traces", daemon=True)
        ending.start()
        ending.join(_CLOSE_S)
