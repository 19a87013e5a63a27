"""Updates by webhook instead of polling."""

import asyncio
import json
from contextlib import suppress

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.chat.webhook import _Updates
from bot.store import Received
from bot.store.inbox import Inbox

QUESTION = "How many booths has the tea fair?"


@pytest.fixture
async def hooked(start_bot, telegram, unused_tcp_port):
    """The bot behind a public address that leads to its port."""
    telegram.deliver_webhook_to(f"http://127.0.0.1:{unused_tcp_port}/telegram")
    return await start_bot(webhook_url="https://bot.example/", webhook_port=unused_tcp_port)


async def test_questions_and_buttons_come_by_webhook(hooked, telegram, li):
    li.sends(QUESTION)
    answer = await li.wait_for_reply()
    li.presses("👍 Helpful")

    assert "74,600" in answer.text
    assert (await li.wait_for_edit()).buttons[0] == "✓ 👍 Helpful"
    assert telegram.calls_of("getUpdates") == []
    assert {status for _, status in telegram.webhook_sender.deliveries} == {200}


async def test_telegram_is_told_the_address_a_secret_and_the_wanted_updates(hooked, telegram):
    (call,) = telegram.calls_of("setWebhook")

    assert call.params["url"] == "https://bot.example/telegram"
    assert len(call.params["secret_token"]) >= 32
    assert telegram.token.partition(":")[2] not in str(call.params)
    assert "inline_query" in call.params["allowed_updates"]


@pytest.mark.parametrize("secret", [None, "wrong"])
async def test_a_stranger_without_the_secret_is_turned_away(hooked, telegram, li, secret):
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    li.sends("/help")
    await li.wait_for_reply()
    forged = {**telegram.delivered[-1], "update_id": 1}
    async with httpx.AsyncClient(trust_env=False) as client:
        url = f"http://127.0.0.1:{hooked.settings.webhook_port}/telegram"
        response = await client.post(url, json=forged, headers=headers)
    await telegram.wait_until_idle()

    assert response.status_code == 403
    assert len(li.bot_messages) == 1


async def test_an_update_that_telegram_delivers_again_is_answered_once(hooked, telegram, li):
    li.sends(QUESTION)
    await li.wait_for_reply()

    telegram.deliver_again(telegram.delivered[-1])
    await telegram.wait_until_idle()

    assert len(li.bot_messages) == 1


async def test_what_came_while_the_bot_was_down_comes_when_it_is_up(
    hooked, start_bot, telegram, li
):
    await hooked.stop()
    li.sends(QUESTION)
    await asyncio.sleep(0.1)

    await start_bot(webhook_url="https://bot.example", webhook_port=hooked.settings.webhook_port)

    assert "74,600" in (await li.wait_for_reply()).text


async def test_from_webhook_to_polling_and_back_nothing_is_left_behind(
    hooked, start_bot, telegram, li
):
    await hooked.stop()

    await start_bot()
    li.sends(QUESTION)

    assert "74,600" in (await li.wait_for_reply()).text
    assert telegram.state.webhook.url == ""


async def _open(hooked) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", hooked.settings.webhook_port)


async def _said(reader: asyncio.StreamReader) -> bytes:
    """What the server says before it closes the connection."""
    with suppress(ConnectionResetError):
        return await asyncio.wait_for(reader.read(), 5)
    return b""


def _head(secret: str, length: int, request_line: str = "POST /telegram") -> bytes:
    return (
        f"{request_line} HTTP/1.1\r\nHost: bot.example\r\nContent-Length: {length}\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\n\r\n"
    ).encode()


@pytest.fixture
def secret(hooked, telegram) -> str:
    return telegram.state.webhook.secret_token


@pytest.mark.parametrize(
    ("good_secret", "length", "request_line", "status"),
    [
        (False, 60 * 2**20, "POST /telegram", b"403"),
        (False, 10, "POST /telegram", b"403"),
        (False, 0, "GET /telegram", b"403"),
        (True, 0, "GET /telegram", b"405"),
        (True, 60 * 2**20, "POST /telegram", b"413"),
        (False, 60 * 2**20, "POST /elsewhere", b"404"),
        (True, 2, "POST /telegram", b"400"),
    ],
)
async def test_what_is_not_telegrams_is_refused_without_a_word(
    hooked, secret, good_secret, length, request_line, status
):
    reader, writer = await _open(hooked)
    writer.write(_head(secret if good_secret else "wrong", length, request_line))
    writer.write(b"[]" if status == b"400" else b"")  # of the long bodies nothing is sent

    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)

    assert head.split()[1] == status
    assert b"Content-Length: 0" in head
    writer.close()


async def test_a_thousand_half_open_requests_keep_nobody_from_being_answered(hooked, li):
    half_open = []
    for number in range(1100):
        reader, writer = await _open(hooked)
        writer.write(_head("wrong", 60 * 2**20)[: 20 + number % 60])
        half_open.append((reader, writer))
    li.sends(QUESTION)

    assert "74,600" in (await li.wait_for_reply(timeout_s=10)).text
    ended = [await _said(reader) for reader, _ in half_open[:1000]]
    assert ended == [b""] * 1000  # the oldest were closed to make room
    for _, writer in half_open:
        writer.close()


async def test_headers_and_bodies_that_do_not_end_are_given_up(
    hooked, secret, start_bot, monkeypatch
):
    await hooked.stop()
    for limit in ("_HEADER_S", "_BODY_S"):
        monkeypatch.setattr(f"bot.chat.webhook.{limit}", 0.3)
    port = hooked.settings.webhook_port
    await start_bot(webhook_url="https://bot.example", webhook_port=port)

    for begun in (b"POST /tele", _head(secret, 1000) + b'{"update_id"'):
        reader, writer = await _open(hooked)
        writer.write(begun)
        assert await _said(reader) == b""
        writer.close()


async def test_a_body_in_pieces_is_no_way_around_its_limit(hooked, secret):
    reader, writer = await _open(hooked)
    head = _head(secret, 0).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    writer.write(head)
    with suppress(ConnectionError):
        for _ in range(40):
            writer.write(b"10000\r\n" + b"x" * 2**16 + b"\r\n")
            await writer.drain()

    assert b"200" not in (await _said(reader))[:20]
    writer.close()


async def test_the_webhook_listens_where_it_is_told_to_by_default_on_this_machine_only(hooked):
    assert hooked.settings.webhook_host == "127.0.0.1"
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.2", hooked.settings.webhook_port)


async def test_an_update_is_answered_200_only_when_it_is_kept(hooked, telegram, li, monkeypatch):
    kept_when_answered = []
    finish = _Updates._end

    def end(self, status: int) -> None:
        with Session(hooked.store._engine) as session:
            kept_when_answered.append(session.scalar(select(func.count(Received.update_id))))
        finish(self, status)

    monkeypatch.setattr(_Updates, "_end", end)
    li.sends(QUESTION)
    await li.wait_for_reply()

    assert kept_when_answered == [1]


async def test_what_cannot_be_kept_is_skipped_and_a_failing_store_loses_nothing(
    hooked, secret, telegram, li, monkeypatch
):
    li.sends("/help")
    await li.wait_for_reply()
    sound = telegram.delivered[-1]
    bad = sound | {"update_id": 7, "message": sound["message"] | {"text": "half of \ud83d"}}
    add = Inbox.add

    def fail_once(self, rows):
        monkeypatch.setattr(Inbox, "add", add)
        raise OverflowError

    statuses = []
    async with httpx.AsyncClient(trust_env=False) as client:
        for update in (bad, bad, sound | {"update_id": 8}):
            if update["update_id"] == 8:
                monkeypatch.setattr(Inbox, "add", fail_once)
            response = await client.post(
                f"http://127.0.0.1:{hooked.settings.webhook_port}/telegram",
                content=json.dumps(update),
                headers={"X-Telegram-Bot-Api-Secret-Token": secret},
            )
            statuses.append(response.status_code)
    await li.wait_for_reply()

    assert statuses == [200, 200, 200]
    assert len(li.bot_messages) == 2
