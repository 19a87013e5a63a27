"""Updates by webhook instead of polling."""

import asyncio

import httpx
import pytest

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
    assert (await li.wait_for_reply()).text == "Thank you!"
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
