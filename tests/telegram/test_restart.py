"""Stopping and starting: what came meanwhile is answered, nothing is lost or said twice."""

import asyncio

import httpx
import pytest

QUESTION = "How many booths has the tea fair?"


async def test_what_came_while_the_bot_was_down_is_answered_oldest_first(
    telegram, start_bot, li, put_back
):
    for number in range(1, 4):
        li.sends(f"/events {number}xyz")
    put_back(600)

    await start_bot()
    replies = [await li.wait_for_reply() for _ in range(3)]

    assert [f"{n}xyz" in reply.text for n, reply in enumerate(replies, 1)] == [True] * 3


async def test_of_many_old_messages_of_a_chat_the_last_three_are_answered(
    telegram, start_bot, li, wang, put_back
):
    for number in range(1, 9):
        li.sends(f"/events {number}xyz")
    wang.sends("/events 1xyz")
    put_back(600)

    await start_bot()
    await wang.wait_for_reply()
    replies = [await li.wait_for_reply() for _ in range(3)]
    await telegram.wait_until_idle(1.0)

    assert [f"{n}xyz" in reply.text for n, reply in enumerate(replies, 6)] == [True] * 3
    assert (len(li.bot_messages), len(wang.bot_messages)) == (3, 1)


async def test_a_wish_to_be_forgotten_is_never_passed_over(telegram, start_bot, li, put_back):
    li.sends("/forget")
    for number in range(1, 5):
        li.sends(f"/events {number}xyz")
    put_back(600)

    await start_bot()
    replies = [await li.wait_for_reply() for _ in range(4)]

    assert "erased" in replies[0].text
    assert [f"{n}xyz" in reply.text for n, reply in enumerate(replies[1:], 2)] == [True] * 3


async def test_a_large_backlog_gets_at_most_three_answers_a_chat(
    no_pacing, telegram, start_bot, put_back
):
    people = [telegram.user(f"P{number}") for number in range(90)]
    for number in range(1, 5):  # more messages than the bot works on at once
        for person in people:
            person.sends(f"/events {number}xyz")
    put_back(600)

    await start_bot()
    await telegram.wait_until_idle(1.5, timeout_s=30)

    for person in people:
        said = [message.text for message in person.bot_messages]
        assert [text.count("xyz") for text in said] == [1, 1, 1]
        assert "4xyz" in said[-1]
        assert "1xyz" not in said[0]


async def test_an_answer_after_more_than_an_hour_begins_with_an_apology(
    telegram, start_bot, li, wang, put_back
):
    li.sends(QUESTION)
    put_back(3700)
    wang.sends("茶叶博览会有多少展位？")

    await start_bot()
    late, soon = await li.wait_for_reply(), await wang.wait_for_reply()

    assert late.text.startswith("Sorry, I was out of service")
    assert "74,600" in late.text
    assert "抱歉" not in soon.text


async def test_what_is_sent_just_after_the_start_waits_for_what_was_sent_before(
    telegram, start_bot, li, put_back
):
    li.sends("/events 1xyz")
    put_back(600)

    await start_bot()
    li.sends("/events 2xyz")
    replies = [await li.wait_for_reply() for _ in range(2)]

    assert ["1xyz" in replies[0].text, "2xyz" in replies[1].text] == [True, True]


async def test_a_restart_in_the_middle_loses_nothing_and_repeats_nothing(
    no_pacing, telegram, start_bot
):
    people = [telegram.user(f"P{number}") for number in range(30)]
    running = await start_bot()
    for number in range(1, 4):
        for person in people:
            person.sends(f"/events {number}xyz")
        if number == 2:
            await people[0].wait_for_reply()
            stopping = asyncio.create_task(running.stop())
    await stopping

    await start_bot()
    async with asyncio.timeout(20):
        while sum(len(person.bot_messages) for person in people) < 90:
            await asyncio.sleep(0.05)
    await telegram.wait_until_idle(1.0, timeout_s=20)

    for person in people:
        said = [message.text for message in person.bot_messages]
        assert [f"{n}xyz" in text for n, text in enumerate(said, 1)] == [True] * 3


async def test_a_graceful_stop_finishes_the_answers_in_progress(
    telegram, running, li, wang, slow_search
):
    li.sends(QUESTION)
    wang.sends(QUESTION)
    while len(telegram.calls_of("sendChatAction")) < 2:
        await asyncio.sleep(0.003)

    await running.stop()

    for person in (li, wang):
        assert ["74,600" in message.text for message in person.bot_messages] == [True]
    assert telegram.state.updates.pending == []


async def test_a_stop_without_work_takes_no_time(running):
    began = asyncio.get_running_loop().time()

    await running.stop()

    assert asyncio.get_running_loop().time() - began < 2


async def test_a_stopped_bot_takes_no_more_from_the_queue(telegram, running, li):
    await running.stop()

    li.sends(QUESTION)
    await asyncio.sleep(0.1)

    assert len(telegram.state.updates.pending) == 1
    assert li.bot_messages == []


async def test_an_index_published_elsewhere_is_served_without_a_restart(running, li):
    running.corpus.write("zones/jade-park.en.md", "The jade park lies in Hotan.", topic="zones")
    report = running.staff.index.reindex(1, "en", lambda *_: None)
    running.snapshots.publish(report.rows[0][0].data.partition(":")[2], override="a test")

    async with asyncio.timeout(60):  # while it is being opened, the old one answers
        said = ""
        while "Hotan" not in said:
            li.sends("Where lies the jade park?")
            said = (await li.wait_for_reply()).text


async def test_a_damaged_index_leaves_the_old_one_in_service(running, li):
    (running.snapshots.root / "CURRENT").write_text("no-such-snapshot\n", "utf-8")

    li.sends(QUESTION)

    assert "74,600" in (await li.wait_for_reply()).text


async def test_the_health_page_tells_the_snapshot_while_the_bot_runs(start_bot, unused_tcp_port):
    running = await start_bot(health_port=unused_tcp_port)
    url = f"http://127.0.0.1:{unused_tcp_port}/health"
    async with httpx.AsyncClient(trust_env=False) as client:
        page = (await client.get(url)).json()
    await running.stop()

    async with httpx.AsyncClient(trust_env=False) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(url)
    assert page["status"] == "ok"
    assert page["snapshot"] == running.snapshots.current_id()
    assert page["uptime_s"] >= 0
