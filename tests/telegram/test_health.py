"""The pages for monitoring: 503 with a reason whenever nobody is answered, and metrics."""

import asyncio
import sqlite3
import time

import httpx
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from bot.chat.health import Pulse
from bot.doctor import _is_live
from bot.store import Store


async def _page(port: int) -> tuple[int, dict[str, object]]:
    async with httpx.AsyncClient(trust_env=False) as client:
        response = await client.get(f"http://127.0.0.1:{port}/health")
    return response.status_code, response.json()


async def _get(port: int, path: str) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.get(f"http://127.0.0.1:{port}/{path}")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("silent_s", "stuck_s", "said"),
    [
        (None, 0, "not been reached yet"),
        (10, 0, None),
        (170, 290, None),
        (190, 0, "no contact with Telegram for 190 s"),
        (10, 310, "nothing was answered for 310 s"),
    ],
)
def test_what_ails_the_bot_is_named(silent_s, stuck_s, said):
    clock = Clock()
    pulse = Pulse(clock)
    if silent_s is not None:
        pulse.beat()
        clock.now += silent_s

    ailment = pulse.ailment(stuck_s)

    assert (ailment is None) == (said is None)
    assert (said or "") in (ailment or "")


async def test_with_telegram_away_the_page_says_so_and_recovers(
    start_bot, telegram, unused_tcp_port, monkeypatch
):
    monkeypatch.setattr("bot.chat.health._SILENT_S", 0.5)
    monkeypatch.setattr("bot.chat.polling._POLL_S", 0)
    await start_bot(health_port=unused_tcp_port)
    well = await _page(unused_tcp_port)

    telegram.faults.fail("getUpdates", 502, times=10_000)
    await asyncio.sleep(0.8)
    unwell = await _page(unused_tcp_port)
    telegram.faults.clear()
    await asyncio.sleep(2.0)
    again = await _page(unused_tcp_port)

    assert (well[0], well[1]["status"]) == (200, "ok")
    assert (unwell[0], unwell[1]["status"]) == (503, "unwell")
    assert "no contact with Telegram" in str(unwell[1]["reason"])
    assert again[0] == 200


async def test_by_webhook_telegram_is_asked_now_and_then(
    start_bot, telegram, unused_tcp_port_factory, monkeypatch
):
    monkeypatch.setattr("bot.chat.health._SILENT_S", 0.5)
    monkeypatch.setattr("bot.chat.telegram_bot._PROBE_S", 0.1)
    port = unused_tcp_port_factory()
    await start_bot(
        health_port=port,
        webhook_url="https://bot.example",
        webhook_port=unused_tcp_port_factory(),
    )
    await asyncio.sleep(1.0)
    well = await _page(port)
    telegram.faults.fail("getMe", 502, times=10_000)
    await asyncio.sleep(0.9)

    assert well[0] == 200
    assert (await _page(port))[0] == 503


@pytest.mark.parametrize("damage", ["missing", "unreadable", "no text"])
async def test_a_snapshot_that_cannot_be_read_is_told_as_json(start_bot, unused_tcp_port, damage):
    running = await start_bot(health_port=unused_tcp_port)
    pointer = running.snapshots._pointer
    pointer.unlink()
    if damage == "unreadable":
        pointer.mkdir()
    elif damage == "no text":
        pointer.write_bytes(b"\xff")

    status, page = await _page(unused_tcp_port)

    assert (status, page["status"], page["snapshot"]) == (503, "unwell", None)
    assert "the served snapshot cannot be read" in str(page["reason"])
    assert str(running.settings.data_dir) not in str(page)


async def test_half_open_requests_do_not_exhaust_the_health_page(start_bot, unused_tcp_port):
    await start_bot(health_port=unused_tcp_port)
    half_open = [await asyncio.open_connection("127.0.0.1", unused_tcp_port) for _ in range(300)]
    for _, writer in half_open:
        writer.write(b"GET /health HTTP/1.1\r\n")

    page = await _page(unused_tcp_port)
    ended = [await asyncio.wait_for(reader.read(), 2) for reader, _ in half_open[:200]]

    assert page[0] == 200
    assert ended == [b""] * 200  # the oldest were closed to make room
    for _, writer in half_open:
        writer.close()


async def test_a_bot_that_can_answer_is_alive_and_ready(start_bot, unused_tcp_port):
    await start_bot(health_port=unused_tcp_port)

    live, ready = [await _get(unused_tcp_port, path) for path in ("live", "ready")]

    assert (live.status_code, live.text) == (200, "alive\n")
    assert await asyncio.to_thread(_is_live, unused_tcp_port)  # as `smebot doctor` asks
    assert (ready.status_code, ready.text) == (200, "ready\n")
    assert ready.headers["Content-Type"] == "text/plain; charset=utf-8"


async def test_with_telegram_away_it_is_alive_but_not_ready(
    start_bot, telegram, unused_tcp_port, monkeypatch
):
    monkeypatch.setattr("bot.chat.health._SILENT_S", 0.5)
    monkeypatch.setattr("bot.chat.polling._POLL_S", 0)
    await start_bot(health_port=unused_tcp_port)

    telegram.faults.fail("getUpdates", 502, times=10_000)
    await asyncio.sleep(0.8)
    live, ready = [await _get(unused_tcp_port, path) for path in ("live", "ready")]
    telegram.faults.clear()

    assert live.status_code == 200
    assert ready.status_code == 503
    assert ready.text.startswith("no contact with Telegram for ")
    assert ready.text.count("\n") == 1


async def test_with_the_database_away_it_is_not_ready_and_recovers(start_bot, unused_tcp_port):
    running = await start_bot(health_port=unused_tcp_port)
    other = sqlite3.connect(running.settings.data_dir / "smebot.sqlite", isolation_level=None)

    other.execute("ALTER TABLE users RENAME TO elsewhere")
    away = await _get(unused_tcp_port, "ready")
    other.execute("ALTER TABLE elsewhere RENAME TO users")
    other.close()
    again = await _get(unused_tcp_port, "ready")

    assert away.status_code == 503
    assert "the database cannot be read" in away.text
    assert (again.status_code, again.text) == (200, "ready\n")


async def test_a_database_that_says_nothing_is_told_in_time(
    start_bot, unused_tcp_port, monkeypatch
):
    monkeypatch.setattr("bot.chat.health._PROBE_S", 0.2)
    monkeypatch.setattr(Store, "probe", lambda _: time.sleep(1))
    await start_bot(health_port=unused_tcp_port)

    away = await _get(unused_tcp_port, "ready")

    assert away.status_code == 503
    assert away.text.startswith("the database says nothing for ")


async def test_a_snapshot_that_cannot_be_read_is_not_ready(start_bot, unused_tcp_port):
    running = await start_bot(health_port=unused_tcp_port)
    running.snapshots._pointer.unlink()

    ready = await _get(unused_tcp_port, "ready")

    assert (ready.status_code, ready.text) == (
        503,
        "the served snapshot cannot be read (SnapshotError)\n",
    )


async def test_what_happens_is_counted_on_the_page_of_metrics(
    start_bot, telegram, li, unused_tcp_port
):
    running = await start_bot(health_port=unused_tcp_port)
    telegram.faults.fail("sendMessage", 429)
    running.staff.errors.append("ZeroDivisionError")
    running.staff.errors.clear()

    li.sends("How many booths has the tea fair?")
    await li.wait_for_reply(timeout_s=20)
    page = await _get(unused_tcp_port, "metrics")

    assert page.headers["Content-Type"].startswith("application/openmetrics-text; version=1.0.0")
    found = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(page.text)
        for sample in family.samples
    }
    assert found["smebot_questions_total", "answered", "answered"] == 1
    assert found["smebot_step_seconds_count", "retrieve"] == 1
    assert found["smebot_telegram_throttled_total",] == 1
    assert found["smebot_errors_total", "ZeroDivisionError"] == 1
    assert found["smebot_queue_length",] == 0
    assert found["smebot_documents",] > 1
    assert found["smebot_snapshot_age_seconds",] > 0
