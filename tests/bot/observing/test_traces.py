"""Traces reach a real collector: a span for each question, one below it for each step."""

import time
from importlib.metadata import PackageNotFoundError

import pytest

from bot.errors import TracesError
from bot.observing import traces
from bot.observing.traces import Traces, traces_wanted
from tests.bot.observing.receiver import receiving

TEA = "How many booths has the tea fair?"
ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"


@pytest.fixture
def receiver(monkeypatch):
    with receiving() as started:
        monkeypatch.setenv(ENDPOINT, started.url)
        yield started


def sent(receiver, *answers):
    """The spans that a collector has got of some answers."""
    tracing = Traces()
    for answer in answers:
        tracing.answered(answer)
    tracing.close()
    return receiver.spans()


def test_each_question_has_a_span_and_each_step_one_below_it(receiver, ask):
    answer = ask(TEA)

    spans = sent(receiver, answer)

    whole = next(span for span in spans if not span.parent_span_id)
    steps = [span for span in spans if span.parent_span_id]
    assert whole.name == "answer"
    assert [span.name for span in steps] == [step.step for step in answer.trace]
    assert {span.parent_span_id for span in steps} == {whole.span_id}
    assert {span.trace_id for span in spans} == {whole.trace_id}
    told = {each.key: each.value.string_value for each in whole.attributes}
    assert told["smebot.answer_id"] == answer.answer_id
    assert told["smebot.status"] == "answered"


def test_spans_take_as_long_as_the_answer_and_its_steps_did(receiver, ask):
    answer = ask(TEA)

    spans = sent(receiver, answer)

    took_ms = {
        span.name: (span.end_time_unix_nano - span.start_time_unix_nano) / 1e6 for span in spans
    }
    assert took_ms["answer"] == pytest.approx(answer.timings_ms.total, abs=0.01)
    (read,) = (step for step in answer.trace if step.step == "retrieve")
    assert took_ms["retrieve"] == pytest.approx(read.took_ms, abs=0.01)


def test_no_word_of_a_question_is_sent(receiver, ask):
    assert sent(receiver, ask(f"{TEA} ZQX7731"))

    assert not any(b"ZQX7731" in body or b"tea fair" in body for body in receiver.received)


@pytest.mark.parametrize("name", ["smebot", "smebot-guangzhou"])
def test_the_service_is_called_smebot_or_as_the_environment_says(receiver, ask, monkeypatch, name):
    if name != "smebot":
        monkeypatch.setenv("OTEL_SERVICE_NAME", name)

    sent(receiver, ask(TEA))

    assert receiver.service_names() == {name}


def test_the_environment_says_how_many_are_sent(receiver, ask, monkeypatch):
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "always_off")

    assert sent(receiver, ask(TEA)) == []


def test_a_collector_that_is_away_delays_neither_answer_nor_end(ask, monkeypatch, unused_tcp_port):
    monkeypatch.setenv(ENDPOINT, f"http://127.0.0.1:{unused_tcp_port}")
    answer, tracing = ask(TEA), Traces()

    began = time.monotonic()
    tracing.answered(answer)
    answered_s = time.monotonic() - began
    tracing.close()

    assert answered_s < 0.5
    assert time.monotonic() - began < 6


@pytest.mark.parametrize("name", [ENDPOINT, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"])
def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch, name):
    def fail(package):
        raise PackageNotFoundError(package)

    monkeypatch.setattr(traces, "version", fail)

    with pytest.raises(TracesError, match=r"pip install 'smebot\[opentelemetry\]'") as error:
        traces_wanted({name: "http://127.0.0.1:4318"})

    assert name in str(error.value)
    assert not traces_wanted({name: ""})
    assert not traces_wanted({})


def test_nothing_of_it_is_imported_where_no_address_is_set(python):
    program = python(
        "import sys, bot.app, bot.chat.telegram_bot, bot.observing.traces as traces\n"
        "assert not traces.traces_wanted({})\n"
        "assert not [name for name in sys.modules if name.startswith('opentelemetry')]"
    )

    _, err = program.communicate(timeout=60)

    assert (program.returncode, err) == (0, "")
