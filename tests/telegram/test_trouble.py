"""A database that cannot be used: answers go out in time, and staff learn of it."""

import sqlite3
import time

import pytest
from sqlalchemy import event

from bot.errors import StoreError
from bot.store import now
from bot.store.models import Turn
from bot.store.trouble import Trouble

QUESTION = "How many booths has the tea fair?"
_IN_TIME_S = 6.0


@pytest.fixture
def database(running):
    return running.settings.data_dir / "smebot.sqlite"


@pytest.fixture
def locked(database):
    """Another program writes and does not end."""
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield other
    other.close()


def _turn(answer_id: str, question: str) -> Turn:
    return Turn(
        answer_id=answer_id,
        chat_id=1,
        user_id=1,
        question=question,
        language="en",
        status="unclear",
        passages=[],
        citations=[],
        suggestions=[],
        created=now(),
    )


@pytest.fixture
def full(running):
    """There is no room for another page; found out by writing until nothing more is kept."""
    store = running.store
    with store._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    event.listen(
        store._engine,
        "checkout",
        lambda driver, *_: driver.execute(f"PRAGMA max_page_count={pages}"),
    )
    for length in (900, 50, 0):  # until no page has room for anything
        for number in range(300):
            question = f"{number} {'x' * length}"
            store.add_turn(_turn(f"{length} {number}", question))
            if store.writing.since:
                break
        assert store.writing.since
        store.writing.end()


async def _answered(person, question: str = QUESTION) -> float:
    began = time.monotonic()
    person.sends(question)
    assert "74,600" in (await person.wait_for_reply(timeout_s=20)).text
    return time.monotonic() - began


async def test_a_locked_database_holds_up_no_answer(running, telegram, li, wang, locked, caplog):
    people = [li, wang, *(telegram.user(f"P{number}") for number in range(8))]

    took = [await _answered(person) for person in people]

    assert max(took) < _IN_TIME_S
    assert sum(took) < 3 * _IN_TIME_S  # not each of them waits anew
    assert caplog.text.count("the database cannot be written (database is locked)") == 1
    assert running.store.writing.lost >= len(people)


async def test_what_is_asked_later_is_kept_again(running, li, locked, caplog):
    await _answered(li)
    locked.rollback()
    running.store.writing._last = 0.0  # the pause between two tries is over

    await _answered(li)

    assert running.store.history(li.id, li.id, 5) == [QUESTION]
    assert running.store.writing.since is None
    assert "written again" in caplog.text


async def test_a_full_disk_stops_no_answer(running, full, telegram, li, caplog):
    assert await _answered(li) < _IN_TIME_S

    assert "full" in running.store.writing.reason
    assert running.store.writing.lost == 1
    assert "x" * 20 not in caplog.text


async def test_a_database_that_is_read_only_stops_no_answer(running, li, caplog):
    event.listen(
        running.store._engine,
        "checkout",
        lambda driver, *_: driver.execute("PRAGMA query_only=ON"),
    )

    assert await _answered(li) < _IN_TIME_S

    assert "cannot be written (attempt to write a readonly database)" in caplog.text


async def test_staff_learn_of_it_from_status(start_bot, telegram):
    boss = telegram.user("Boss", started=True)
    office = await start_bot(staff_ids={boss.id})
    other = sqlite3.connect(office.settings.data_dir / "smebot.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    await _answered(boss)

    boss.sends("/status")
    text = (await boss.wait_for_reply(timeout_s=20)).text
    other.close()

    assert "cannot be written" in text
    assert "database is locked" in text
    assert QUESTION not in text


async def test_a_database_that_cannot_be_read_has_no_history_and_no_choice(running, li):
    await _answered(li)
    damaged = running.settings.data_dir / "smebot.sqlite"
    running.store._engine.dispose()
    damaged.write_bytes(b"no database" * 1000)

    assert running.store.history(li.id, li.id, 3) == []
    assert running.store.language(li.id) is None
    assert running.store.reading.since is not None
    await _answered(li)


async def test_a_wish_to_be_forgotten_is_carried_out_when_the_store_works_again(
    running, li, locked, monkeypatch
):
    monkeypatch.setattr("bot.chat.forgetting._FIRST_WAIT_S", 0.2)
    await _answered(li)
    with pytest.raises(StoreError, match="locked"):
        running.store.forget(li.id)

    for _ in range(2):  # asked twice, it is done once
        li.sends("/forget")
        said = await li.wait_for_reply(timeout_s=20)
        assert "not erased yet" in said.text
    locked.execute("ROLLBACK")

    assert "have been erased" in (await li.wait_for_reply(timeout_s=20)).text
    await running.telegram.wait_until_idle(0.5)
    assert sum("have been erased" in message.text for message in li.bot_messages) == 1


def test_the_log_does_not_fill_where_only_every_other_text_finds_room(caplog):
    trouble = Trouble("written")

    for _ in range(50):
        trouble.begin("database or disk is full", now())
        assert trouble.since is not None
        assert trouble.is_fresh
        trouble.end()
        assert trouble.since is None
        assert not trouble.is_fresh

    assert len(caplog.records) == 2
