"""The program as it is started, watched over: its pages, its log of JSON lines, its traces."""

import json
import signal
import time

import httpx
import pytest

from tests.bot.observing.receiver import receiving

MARK = "ZQX7731"
_RUN = """
import sys
from index.testing import HashingEncoder
from index.readers.word_reader import WordReader
import bot.app
bot.app.load_encoder = lambda *_: HashingEncoder()
bot.app.load_reader = lambda *_: WordReader()
from bot.cli import main
sys.exit(main(["run"]))
"""


@pytest.fixture
def receiver(monkeypatch):
    with receiving() as started:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", started.url)
        yield started


@pytest.fixture
def settings(telegram, published, monkeypatch, unused_tcp_port):
    values = {
        "TELEGRAM_TOKEN": telegram.token,
        "TELEGRAM_API_URL": telegram.root_url,
        "HEALTH_PORT": str(unused_tcp_port),
        "LOG": "json",
    }
    for name, value in values.items():
        monkeypatch.setenv(f"SMEBOT_{name}", value)
    return values


_SLOW = """
import time
import bot.app
live = bot.app._live
bot.app._live = lambda *given, **options: time.sleep(2) or live(*given, **options)
"""


def _page(settings, path: str) -> httpx.Response:
    """A page, as soon as the port is open."""
    for _ in range(1000):
        try:
            return httpx.get(f"http://127.0.0.1:{settings['HEALTH_PORT']}/{path}", trust_env=False)
        except httpx.TransportError:
            time.sleep(0.01)
    raise AssertionError("the port was not opened")


def test_while_it_loads_it_is_alive_but_not_ready(settings, telegram, python):
    process = python(_SLOW + _RUN)

    live, ready, health = (_page(settings, path) for path in ("live", "ready", "health"))

    assert (live.status_code, live.text) == (200, "alive\n")
    assert (ready.status_code, ready.text) == (503, "models and index are being loaded\n")
    assert (health.status_code, health.json()["status"]) == (503, "unwell")
    deadline = time.monotonic() + 30
    while _page(settings, "ready").status_code != 200 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _page(settings, "ready").text == "ready\n"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 0


def test_what_happens_is_on_its_pages_in_its_log_and_in_its_traces(
    settings, receiver, telegram, python, li
):
    process = python(_RUN)
    li.sends(f"Where is the Canton Fair held? {MARK}")
    li.wait_for_reply_blocking(timeout_s=60)
    ready, metrics = (_page(settings, path) for path in ("ready", "metrics"))

    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=20)

    assert (process.returncode, out) == (0, "")
    assert ready.text == "ready\n"
    assert "smebot_answer_seconds_count 1.0\n" in metrics.text
    lines = [json.loads(line) for line in err.splitlines()]
    (answer,) = (line for line in lines if "answer" in line)
    assert answer["ms"] > 0
    whole = next(span for span in receiver.spans() if not span.parent_span_id)
    told = {each.key: each.value.string_value for each in whole.attributes}
    assert told["smebot.answer_id"] == answer["answer"]
    assert f'reason="{answer["reason"]}",status="{answer["status"]}"' in metrics.text
    assert MARK not in err + metrics.text + str(receiver.requests())
    assert str(li.id) not in err + metrics.text + str(receiver.requests())
