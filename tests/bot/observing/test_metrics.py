"""The page of metrics: in the OpenMetrics format, and true of what happened."""

from datetime import UTC, datetime

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from bot.answers.reasons import Reason
from bot.observing.metrics import Metrics, State

TEA = "How many booths has the tea fair?"


def samples(metrics: Metrics) -> dict[str, float]:
    """Each sample as `name{a,b}`: the values of its labels in order of their names."""
    page = metrics.page().decode()
    return {
        f"{sample.name}{{{','.join(sample.labels[name] for name in sorted(sample.labels))}}}": (
            sample.value
        )
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        if "le" not in sample.labels
    }


@pytest.fixture
def watched(desk):
    """`watched(queue=..., errors=...)`: metrics of a bot that serves the desk's documents."""

    def make(queue: int = 0, **errors: int) -> Metrics:
        metrics = Metrics()
        metrics.watch(lambda: State(queue=queue, errors=errors, snapshot=desk.snapshot))
        return metrics

    return make


def test_answers_are_counted_by_how_they_ended_and_timed_by_step(ask):
    metrics, answer = Metrics(), ask(TEA)
    unanswered = ask("How high is Mount Everest?")

    metrics.answered(answer)
    metrics.answered(answer)
    metrics.answered(unanswered)

    found = samples(metrics)
    assert found[f"smebot_questions_total{{{answer.reason},answered}}"] == 2
    ended = f"{unanswered.reason},{unanswered.status}"
    assert found[f"smebot_questions_total{{{ended}}}"] == 1
    assert found["smebot_answer_seconds_count{}"] == 3
    total_ms = 2 * answer.timings_ms.total + unanswered.timings_ms.total
    assert found["smebot_answer_seconds_sum{}"] == pytest.approx(total_ms / 1000)
    assert found["smebot_step_seconds_count{compose}"] == 3
    assert found["smebot_step_seconds_count{clean}"] == 3
    read_ms = sum(step.took_ms for step in answer.trace if step.step == "compose")
    assert 0 < 2 * read_ms / 1000 <= found["smebot_step_seconds_sum{compose}"]


def test_every_reason_is_counted_from_0_on():
    found = samples(Metrics())

    assert {found[f"smebot_questions_total{{{reason},{reason.status}}}"] for reason in Reason} == {
        0
    }


def test_what_telegram_refused_is_counted():
    metrics = Metrics()

    metrics.throttled()
    metrics.throttled()

    assert samples(metrics)["smebot_telegram_throttled_total{}"] == 2


def test_queue_errors_and_documents_are_looked_up_for_each_page(watched, desk):
    manifest = desk.snapshot.manifest
    days = [d.metadata.as_of.first for d in desk.snapshot.documents.values() if d.metadata.as_of]

    found = samples(watched(7, BadRequest=2, ValueError=1))

    assert found["smebot_queue_length{}"] == 7
    assert found["smebot_errors_total{BadRequest}"] == 2
    assert found["smebot_errors_total{ValueError}"] == 1
    assert found["smebot_documents{}"] == len(manifest.documents) > 1
    now = datetime.now(UTC)
    age_s = (now - manifest.created_at).total_seconds()
    assert found["smebot_snapshot_age_seconds{}"] == pytest.approx(age_s, abs=30)
    oldest_days = (now.date() - min(days)).days
    assert found["smebot_oldest_document_age_seconds{}"] // 86_400 == oldest_days > 0


def test_no_page_has_a_word_of_a_question(ask, watched):
    metrics = watched()

    metrics.answered(ask(f"{TEA} ZQX7731"))

    assert b"ZQX7731" not in metrics.page()


def test_two_bots_in_one_process_count_for_themselves(ask):
    one, other = Metrics(), Metrics()

    one.answered(ask(TEA))

    assert samples(one)["smebot_answer_seconds_count{}"] == 1
    assert samples(other)["smebot_answer_seconds_count{}"] == 0
