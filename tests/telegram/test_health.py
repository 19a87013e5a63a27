"""The health page: 503 with a reason whenever nobody is answered."""

import asyncio

import httpx
import pytest

from bot.chat.health import Pulse


async def _page(port: int) -> tuple[int, dict[str, object]]:
    async with httpx.AsyncClient(trust_env=False) as client:
        response = await client.get(f"http://127.0.0.1:{port}/health")
    return response.status_code, response.json()


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
