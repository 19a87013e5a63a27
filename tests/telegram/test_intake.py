"""The one way in: kept before it is confirmed, once, and what cannot be read stops nobody."""

import asyncio
import json
import sqlite3
import time
from concurrent.futures import Executor, Future
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chat.intake import Intake
from bot.chat.limits import Limits
from bot.chat.ordering import ByChat
from bot.chat.polling import RawBot
from bot.errors import StoreError
from bot.store import Received
from bot.store.inbox import Inbox

QUESTION = "How many booths has the tea fair?"
_SOUND: dict[str, Any] = {
    "message_id": 1,
    "date": 1_767_225_600,
    "chat": {"id": 5, "type": "private"},
    "from": {"id": 5, "is_bot": False, "first_name": "P"},
    "text": "MARK",
}
UNREADABLE = [
    {"message": {"message_id": 1, "date": "MARK of a date", "chat": {"id": 1, "type": "private"}}},
    {"message": {"message_id": 1, "chat": "MARK of a chat"}},
    {"message": "MARK"},
    {"callback_query": {"id": "1", "data": "MARK"}},
    {"message": {"message_id": 1, "date": 10**30, "chat": {"id": 1, "type": "private"}}},
    {"message": _SOUND | {"text": "MARK \ud800"}},
    {"edited_message": _SOUND | {"text": "MARK \ud83d"}},
    {"message": _SOUND | {"from": _SOUND["from"] | {"first_name": "MARK \udfff"}}},
    {"message": _SOUND | {"from": _SOUND["from"] | {"id": 10**30}}},
    {"message": _SOUND | {"from": _SOUND["from"] | {"id": ["MARK"]}}},
    {"message": _SOUND | {"from": _SOUND["from"] | {"id": "MARK"}}},
    {"message": _SOUND | {"chat": {"id": 10**25, "type": "private"}}},
    {"message": _SOUND | {"chat": {"id": {"MARK": 1}, "type": "private"}}},
]
"""The last ones are read by the library, and cannot be kept."""


def _rows(running) -> list[Received]:
    with Session(running.store._engine) as session:
        return list(session.scalars(select(Received).order_by(Received.update_id)))


async def _until_erased(running) -> None:
    async with asyncio.timeout(5):
        while any(row.payload for row in _rows(running)):
            await asyncio.sleep(0.01)


def _push_raw(telegram, update: dict[str, object]) -> int:
    kind = next(iter(update))
    with telegram.state.lock:
        return telegram.state.updates.push(kind, update[kind], 1)["update_id"]


@pytest.mark.parametrize("update", UNREADABLE)
async def test_what_cannot_be_read_is_skipped_once_with_its_number(
    running, telegram, li, caplog, update
):
    li.sends(QUESTION)
    number = _push_raw(telegram, update)
    li.sends(QUESTION)

    for _ in range(2):
        assert "74,600" in (await li.wait_for_reply()).text
    await telegram.wait_until_idle()

    assert caplog.text.count(str(number)) == 1
    assert "MARK" not in caplog.text
    assert len(telegram.calls_of("getUpdates")) < 10


async def test_what_is_handled_is_erased_and_only_its_number_stays(running, li):
    li.sends(QUESTION)
    await li.wait_for_reply()
    await _until_erased(running)

    (row,) = _rows(running)
    assert (row.payload, row.user_id) == (None, None)


async def test_what_an_earlier_program_left_undone_is_answered_in_order(
    running, start_bot, telegram, li, monkeypatch
):
    monkeypatch.setattr("bot.chat.telegram_bot._GRACE_S", 0.05)
    monkeypatch.setattr("bot.chat.ordering._CANCEL_S", 0.3)
    telegram.faults.hang("sendMessage", times=100)
    for number in range(1, 6):
        li.sends(f"/events {number}xyz")
    while not telegram.calls_of("sendMessage") or running.order.in_progress < 5:
        await asyncio.sleep(0.01)
    await running.stop()
    telegram.faults.clear()
    assert telegram.state.updates.pending == []

    again = await start_bot()
    replies = [await li.wait_for_reply() for _ in range(5)]
    await _until_erased(again)

    assert [f"{n}xyz" in reply.text for n, reply in enumerate(replies, 1)] == [True] * 5


async def test_what_was_answered_is_known_after_a_restart(running, start_bot, telegram, li):
    li.sends(QUESTION)
    await li.wait_for_reply()
    await running.stop()

    await start_bot()
    telegram.deliver_again(telegram.delivered[-1])
    await telegram.wait_until_idle(0.5)

    assert len(li.bot_messages) == 1


async def test_an_update_that_no_program_survives_is_skipped_at_last(
    running, start_bot, telegram, li, caplog
):
    raw = {"update_id": 5, "message": li.sends("/help").to_json()}
    await li.wait_for_reply()
    text = json.dumps(raw)
    row = {"update_id": 5, "user_id": li.id, "is_late": False, "forgets": False}
    running.store.inbox.add(
        [Received(**row, payload=text, tries=3, received=running.order.started)]
    )
    await running.stop()

    again = await start_bot()
    await telegram.wait_until_idle(0.5)

    assert len(li.bot_messages) == 1
    assert "update 5 was never finished" in caplog.text
    await _until_erased(again)


async def test_with_a_store_that_cannot_be_written_everybody_is_answered(
    running, telegram, li, wang, monkeypatch, caplog
):
    def fail(*_):
        raise StoreError("disk full")

    for method in ("add", "finish"):
        monkeypatch.setattr(Inbox, method, fail)
    monkeypatch.setattr(Inbox, "finish_now", lambda *_: False)

    for person in (li, wang, li, wang):
        person.sends("/help")
        assert (await person.wait_for_reply()).text

    assert caplog.text.count("would be lost in a crash: disk full") == 1


async def test_whatever_the_store_raises_a_whole_batch_is_answered_once(
    running, telegram, li, wang, monkeypatch, caplog
):
    add, raised = Inbox.add, []

    def fail_once(self, rows):
        if not raised:
            raised.append(len(rows))
            raise OverflowError("MARK")
        return add(self, rows)

    monkeypatch.setattr(Inbox, "add", fail_once)
    monkeypatch.setattr("bot.chat.intake._STORE_PAUSE_S", 0.1)
    with telegram.state.lock:
        for person in (li, wang):
            person.sends(QUESTION)

    for person in (li, wang):
        await person.wait_for_reply()
    await telegram.wait_until_idle(0.5)

    assert raised == [2]
    assert [len(person.bot_messages) for person in (li, wang)] == [1, 1]
    assert "would be lost in a crash: OverflowError at" in caplog.text
    assert "MARK" not in caplog.text


async def test_a_batch_that_was_not_taken_over_is_not_known_when_it_comes_again(
    running, telegram, li, monkeypatch
):
    put, failed = Intake._put, []

    def fail_once(self, item):
        if not failed:
            failed.append(item)
            raise ValueError
        put(self, item)

    monkeypatch.setattr(Intake, "_put", fail_once)
    monkeypatch.setattr(Inbox, "add", lambda *_: None)  # as a store that cannot be used
    li.sends(QUESTION)

    assert "74,600" in (await li.wait_for_reply()).text
    assert failed


async def test_a_locked_database_delays_the_way_in_by_seconds_only(running, li, caplog):
    path = running.settings.data_dir / "smebot.sqlite"
    lock = sqlite3.connect(path, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    try:
        li.sends("/help")
        await li.wait_for_reply(timeout_s=9)
        waited_s = time.monotonic() - began
    finally:
        lock.execute("ROLLBACK")
        lock.close()

    assert waited_s < 6
    assert "would be lost in a crash" in caplog.text


class _SlowThread(Executor):
    """Work ends when the test says so."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        self.future: Future[Any] = Future()
        return self.future


@pytest.mark.parametrize("turns", range(6))
async def test_an_end_just_when_the_store_has_answered_is_an_end(running, turns):
    thread = _SlowThread()
    limits = Limits(10, frozenset())
    intake = Intake(RawBot("1:a"), running.store.inbox, ByChat(), limits, thread)
    restoring = asyncio.create_task(intake.restore())
    await asyncio.sleep(0)

    thread.future.set_result([])
    for _ in range(turns):
        await asyncio.sleep(0)
    had_ended = restoring.done()
    restoring.cancel()
    await asyncio.wait([restoring])

    assert had_ended or restoring.cancelled()


async def test_the_talk_of_a_group_is_neither_kept_nor_counted(start_bot, telegram, li, wang):
    running = await start_bot(questions_per_minute=2)
    group = telegram.group("Trade", li, wang)
    telegram.state.privacy_mode = False
    for _ in range(9):
        li.sends("just talk", to=group)
    li.sends(f"@{telegram.username} {QUESTION}", to=group)

    assert "74,600" in (await group.wait_for_reply()).text
    await _until_erased(running)
    assert len(_rows(running)) == 1


async def test_who_cannot_be_reached_as_long_as_it_is_worth_it_is_given_up(
    running, telegram, li, monkeypatch
):
    monkeypatch.setattr("bot.chat.pacing._WORTH_S", 0.5)
    telegram.faults.fail("sendMessage", 502, times=1000)
    li.sends("/help")
    while not running.staff.errors:
        await asyncio.sleep(0.01)
    tried = len(telegram.calls_of("sendMessage"))
    await _until_erased(running)
    telegram.faults.clear()
    li.sends("/help")

    assert (await li.wait_for_reply()).text
    assert len(telegram.calls_of("sendMessage")) == tried + 1
    assert list(running.staff.errors) == ["NetworkError"]
    running.staff.errors.clear()
