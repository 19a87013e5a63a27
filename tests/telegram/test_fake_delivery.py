"""Updates reach the bot as Telegram hands them out: by polling, by webhook, through faults."""

import asyncio
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TimedOut

from tests.telegram.fake.client import BotClient


@pytest.fixture
def li(telegram):
    return telegram.user("Li")


def test_updates_stay_until_they_are_confirmed(bot, li):
    li.sends("one")
    li.sends("two")

    first = bot.call("getUpdates", limit=1)
    again = bot.call("getUpdates")
    rest = bot.call("getUpdates", offset=first[0]["update_id"] + 1)

    assert [len(first), len(again), len(rest)] == [1, 2, 1]
    assert rest[0]["message"]["text"] == "two"
    assert bot.call("getUpdates", offset=rest[0]["update_id"] + 1) == []


def test_a_long_poll_ends_with_an_update_or_with_time(bot, li):
    threading.Timer(0.1, li.sends, ["late"]).start()

    started = time.monotonic()
    updates = bot.call("getUpdates", timeout=10)
    soon = time.monotonic()
    nothing = bot.call("getUpdates", timeout=1, offset=updates[0]["update_id"] + 1)

    assert [update["message"]["text"] for update in updates] == ["late"]
    assert soon - started < 5
    assert nothing == []
    assert time.monotonic() - soon >= 0.9


def test_a_second_reader_ends_the_first_and_a_webhook_ends_both(bot, telegram):
    said = []
    first = threading.Thread(target=lambda: said.append(bot.refusal("getUpdates", timeout=10)))
    with BotClient(telegram) as other:
        first.start()
        while not telegram.calls_of("getUpdates"):
            time.sleep(0.01)
        other.call("getUpdates", timeout=0)
        first.join()
        other.call("setWebhook", url="https://bot.example/hook")
        refused = other.refusal("getUpdates")

    assert said[0].startswith("409 Conflict: terminated by other getUpdates request; make sure")
    assert refused.startswith("409 Conflict: can't use getUpdates method while webhook is active")


def test_only_the_wanted_types_of_updates_come(bot, li):
    bot.call("getUpdates", allowed_updates=["my_chat_member"])

    li.sends("hello")
    li.blocks_bot()

    assert [list(update)[1] for update in bot.call("getUpdates")] == ["my_chat_member"]


async def test_a_webhook_gets_updates_with_its_secret_until_it_takes_them(
    telegram, echo_bot, unused_tcp_port
):
    telegram.deliver_webhook_to(f"http://127.0.0.1:{unused_tcp_port}/hook")
    li = telegram.user("Li")
    await echo_bot.bot.set_webhook("https://bot.example/hook", secret_token="s3cret")

    li.sends("hello")  # nobody listens yet
    await asyncio.sleep(0.05)
    info = await echo_bot.bot.get_webhook_info()
    await echo_bot.updater.start_webhook(
        listen="127.0.0.1",
        port=unused_tcp_port,
        url_path="hook",
        webhook_url="https://bot.example/hook",
        secret_token="s3cret",
    )
    reply = await li.wait_for_reply()

    assert info.pending_update_count == 1
    assert info.last_error_message
    assert reply.text == "you said hello"
    await telegram.wait_until_idle()
    assert telegram.webhook_sender.deliveries[-1][1] == 200


def test_a_webhook_needs_https_and_a_clean_secret(bot):
    bad = "400 Bad Request: "

    assert bot.refusal("setWebhook", url="http://bot.example") == (
        f"{bad}bad webhook: An HTTPS URL must be provided for webhook"
    )
    assert bot.refusal("setWebhook", url="https://bot.example:99").startswith(f"{bad}bad webhook")
    assert bot.refusal("setWebhook", url="https://bot.example", secret_token="a b") == (
        f"{bad}secret token contains unallowed characters"
    )


def test_deleting_the_webhook_may_drop_what_waits(bot, telegram):
    telegram.user("Li").sends("old")

    bot.call("deleteWebhook", drop_pending_updates=True)

    assert bot.call("getUpdates") == []


async def test_injected_faults_look_like_those_of_networks_and_servers(telegram):
    li = telegram.user("Li", started=True)
    telegram.faults.fail("sendMessage", 429, retry_after_s=7)
    telegram.faults.fail("sendMessage", 502)
    telegram.faults.reset("sendMessage")
    telegram.faults.lose_answer("sendMessage")
    telegram.faults.delay("sendMessage", 5)

    seen = []
    async with Bot(telegram.token, base_url=telegram.base_url) as bot:
        for number in range(6):
            try:
                await bot.send_message(li.id, f"{number}", read_timeout=0.5)
            except NetworkError as error:
                seen.append((number, type(error)))
            except RetryAfter as error:
                seen.append((number, error.retry_after))

    assert seen == [(0, 7), (1, NetworkError), (2, NetworkError), (3, NetworkError), (4, TimedOut)]
    assert [message.text for message in li.bot_messages] == ["3", "4", "5"]
    telegram.assert_clean()


async def test_connections_are_reset_as_by_a_network(telegram):
    """In the middle of an answer, while nothing comes at all, and between two calls."""
    li = telegram.user("Li", started=True)
    telegram.faults.cut_answer("sendMessage")
    telegram.faults.hang("sendMessage", 0.2)

    seen = []
    async with httpx.AsyncClient(trust_env=False) as client:
        for number in range(3):
            if number == 2:
                telegram.reset_connections()
            try:
                url = f"{telegram.base_url}{telegram.token}/sendMessage"
                await client.post(url, json={"chat_id": li.id, "text": f"{number}"})
            except httpx.HTTPError as error:
                seen.append((number, type(error).__name__))

    assert seen == [(0, "ReadError"), (1, "ReadError")]
    assert [message.text for message in li.bot_messages] == ["0", "2"]


def test_an_update_may_come_twice_with_the_same_number(bot, telegram):
    telegram.duplicate_next_update()
    telegram.user("Li").sends("hello")

    twice = bot.call("getUpdates")
    bot.call("getUpdates", offset=twice[0]["update_id"] + 1)
    telegram.deliver_again(twice[0])
    late = bot.call("getUpdates", offset=twice[0]["update_id"] + 1)

    assert twice == [twice[0], twice[0]]
    assert late == twice[:1]


def test_the_fake_runs_by_itself_and_is_controlled_over_http():
    command = [sys.executable, "-m", "tests.telegram.fake"]
    root_dir = Path(__file__).parents[2]
    with subprocess.Popen(
        command, cwd=root_dir, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            root = process.stdout.readline().strip().partition("=")[2]
            token = process.stdout.readline().strip().partition("=")[2]
            with httpx.Client(base_url=root, trust_env=False) as client:
                client.post("/control/send", json={"user": "Li", "text": "hello"})
                updates = client.get(f"/bot{token}/getUpdates").json()["result"]
                chat_id = updates[0]["message"]["chat"]["id"]
                client.post(f"/bot{token}/sendMessage", json={"chat_id": chat_id, "text": "hi"})
                screen = client.get("/control/screen", params={"user": "Li"}).text
        finally:
            process.terminate()

    assert screen == "Li #1: hello\nSME bot #2: hi\n"
