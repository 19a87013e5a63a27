"""Two replicas of the bot at one database, behind one webhook, in one process of the tests."""

import asyncio
import itertools
from datetime import date

import httpx
import pytest

from bot.store import Morning, now
from bot.store.models import Notice, Watcher
from tests.telegram.fake.webhook import WebhookSender

QUESTION = "How many booths has the tea fair?"


@pytest.fixture
def in_turn(monkeypatch):
    """`in_turn(ports)`: Telegram sends each update to the next of them."""
    post = WebhookSender._post

    def send_to(ports):
        turns = itertools.cycle(ports)

        async def post_in_turn(self, client, pending):
            self.deliver_to = f"http://127.0.0.1:{next(turns)}/telegram"
            return await post(self, client, pending)

        monkeypatch.setattr(WebhookSender, "_post", post_in_turn)

    return send_to


@pytest.fixture
def start_replicas(database_url, start_bot, unused_tcp_port_factory, in_turn):
    """`await start_replicas(...)`: two of them, which know each other."""

    async def start(**options):
        ports = [unused_tcp_port_factory() for _ in range(2)]
        given = {"database_url": database_url, "webhook_url": "https://bot.example"} | options
        in_turn(ports)
        replicas = [await start_bot(webhook_port=port, **given) for port in ports]
        async with asyncio.timeout(30):
            while any(len(_living(each)) < len(replicas) for each in replicas):
                await asyncio.sleep(0.05)
        return replicas

    return start


async def test_a_chat_is_answered_in_order_whichever_replica_its_messages_reach(
    no_pacing, start_replicas, telegram, li, wang
):
    await start_replicas()
    people = [li, wang, *(telegram.user(f"P{number}") for number in range(6))]
    for number in range(1, 6):
        for person in people:
            person.sends(f"/events {number}xyz")

    for person in people:
        texts = [(await person.wait_for_reply(timeout_s=30)).text for _ in range(5)]
        assert [f"{number}xyz" in text for number, text in enumerate(texts, 1)] == [True] * 5
    await telegram.wait_until_idle(0.5)

    assert {len(person.bot_messages) for person in people} == {5}


async def test_an_update_that_comes_to_both_replicas_is_answered_once(
    start_replicas, telegram, li
):
    replicas = await start_replicas()
    li.sends(QUESTION)
    await li.wait_for_reply()
    update = telegram.delivered[-1]

    secret = telegram.state.webhook.secret_token
    async with httpx.AsyncClient(trust_env=False) as client:
        for replica in replicas * 2:
            response = await client.post(
                f"http://127.0.0.1:{replica.settings.webhook_port}/telegram",
                json=update,
                headers={"X-Telegram-Bot-Api-Secret-Token": secret},
            )
            assert response.status_code == 200
    await telegram.wait_until_idle(1.5)

    assert len(li.bot_messages) == 1


async def test_what_one_person_sends_in_a_minute_is_counted_by_all_together(
    start_replicas, telegram, li
):
    await start_replicas(questions_per_minute=3)
    for _ in range(8):
        li.sends(QUESTION)

    await telegram.wait_until_idle(2.0, timeout_s=30)

    said = [message.text for message in li.bot_messages]
    assert sum("74,600" in text for text in said) == 3
    assert sum("Please wait" in text for text in said) == 1
    assert len(said) == 4


async def test_a_button_and_the_reply_to_what_it_asks_find_each_other(start_replicas, li):
    await start_replicas()
    li.sends(QUESTION)
    await li.wait_for_reply()

    li.presses("👎 Not helpful")
    asked = await li.wait_for_reply(timeout_s=20)
    li.sends("It is too long.", reply_to=asked)

    assert "thank you" in (await li.wait_for_reply(timeout_s=20)).text


async def test_a_reminder_is_sent_by_one_and_by_another_when_that_one_has_ended(
    start_replicas, telegram, li
):
    replicas = await start_replicas()
    for each in replicas:
        each.hour = 9
    li.sends("/help")
    await li.wait_for_reply()
    watches = replicas[0].store.watches
    watches.add(Watcher(user_id=li.id, language="en", zone="UTC"), "fair")

    def remind(text: str) -> None:
        notice = Notice(
            user_id=li.id, text=text, buttons=[], told={}, is_begun=False, created=now()
        )
        replicas[1].store.watches.keep(li.id, Morning(day=date(2026, 2, 15), notices=[notice]))

    remind("the first")
    first, second = sorted(replicas, key=_leads, reverse=True)
    assert _leads(first)
    assert not _leads(second)
    await first.stop()
    reminder = await li.wait_for_reply(timeout_s=20)
    await telegram.wait_until_idle(1.0)

    assert reminder.text == "the first"
    assert _leads(second)
    assert second.store.watches.waiting() == []
    assert len(li.bot_messages) == 2


def _living(replica) -> frozenset[int]:
    return replica.store.replica.presence.living


def _leads(replica) -> bool:
    return replica.store.replica.presence.leads


async def _all_is_done(replicas) -> None:
    """What was answered while the server was away is written down soon after it is back."""
    async with asyncio.timeout(30):
        while _waiting(replicas[0]) != []:
            await asyncio.sleep(0.2)


async def test_replicas_answer_alone_while_the_server_is_away_and_share_again_after_it(  # noqa: PLR0917
    no_pacing,
    start_replicas,
    cluster,
    telegram,
    li,
    wang,
    caplog,
):
    replicas = await start_replicas()
    li.sends(QUESTION)
    await li.wait_for_reply()

    with cluster.away():
        for person in (li, wang):
            person.sends(QUESTION)
            assert "74,600" in (await person.wait_for_reply(timeout_s=20)).text
    async with asyncio.timeout(30):
        while any(not each.store.replica.presence.living for each in replicas):
            await asyncio.sleep(0.1)
    for each in replicas:
        each.store.writing._last = 0.0  # the pause between two tries is over
    li.sends(QUESTION)
    await li.wait_for_reply(timeout_s=20)
    await telegram.wait_until_idle(4.0, timeout_s=20)  # others would take over after 3 s

    assert sum("74,600" in message.text for message in li.bot_messages) == 3
    assert sum("74,600" in message.text for message in wang.bot_messages) == 1
    assert "this replica is among the others again" in caplog.text
    await _all_is_done(replicas)


async def test_what_is_being_answered_when_the_server_goes_is_answered_once(
    start_replicas, cluster, telegram, li, slow_search
):
    replicas = await start_replicas()
    li.sends(QUESTION)
    while not telegram.calls_of("sendChatAction"):
        await asyncio.sleep(0.003)

    with cluster.away():
        assert "74,600" in (await li.wait_for_reply(timeout_s=20)).text
    await _all_is_done(replicas)
    await telegram.wait_until_idle(4.0, timeout_s=20)

    assert len(li.bot_messages) == 1


def _waiting(replica) -> list[object]:
    replica.store.writing._last = 0.0  # the pause between two tries is over
    try:
        return replica.store.inbox.waiting()
    except Exception:  # noqa: BLE001 - the server is not there yet
        return [None]
