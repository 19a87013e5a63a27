"""The table of updates: each once, erased as soon as it is done."""

import sqlite3
import time
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from bot.errors import StoreError
from bot.store import Received, Store, now, opening


@pytest.fixture
def store(place):
    opened = place.open()
    yield opened
    opened.close()


def _row(number: int, user: int = 7, *, forgets: bool = False, days_ago: int = 0) -> Received:
    return Received(
        update_id=number,
        user_id=user,
        chat_id=user,
        payload='{"text": "MARK"}',
        is_late=False,
        forgets=forgets,
        tries=0,
        received=now() - timedelta(days=days_ago),
    )


def _waiting(store: Store) -> list[int]:
    return [row.update_id for row in store.inbox.waiting()]


def test_an_update_is_new_only_once_even_after_it_is_done(store):
    assert store.inbox.add([_row(2), _row(1)]) == {1, 2}
    store.inbox.finish([1])

    assert store.inbox.add([_row(1), _row(2), _row(3)]) == {3}
    assert _waiting(store) == [2, 3]


def test_what_is_done_is_erased_at_once_or_with_others(store, place):
    store.inbox.add([_row(1), _row(2), _row(3)])

    assert store.inbox.finish_now(1)
    assert store.inbox.finish([2, 3, 99]) == 2

    rows = place.rows("SELECT update_id, user_id, chat_id, payload FROM inbox ORDER BY 1")
    assert rows == [(number, None, None, None) for number in (1, 2, 3)]


def test_a_lock_is_not_waited_for_when_something_is_to_be_done_now(tmp_path):
    store = Store(tmp_path / "smebot.sqlite")
    store.inbox.add([_row(1)])
    lock = sqlite3.connect(tmp_path / "smebot.sqlite", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")

    assert not store.inbox.finish_now(1)

    lock.execute("ROLLBACK")
    lock.close()
    assert store.inbox.finish_now(1)
    store.close()


def test_a_row_that_another_program_locks_holds_nothing_up_for_long(database_url, tmp_path):
    store = Store(tmp_path / "smebot.sqlite", database_url)
    store.inbox.add([_row(1), _row(2)])
    other = create_engine(database_url)

    with other.begin() as connection:
        connection.exec_driver_sql("SELECT * FROM inbox WHERE update_id = 1 FOR UPDATE")
        began = time.monotonic()
        assert not store.inbox.finish_now(1)
        took_s = time.monotonic() - began
        assert store.inbox.finish_now(2)

    assert took_s < 0.5
    assert store.inbox.finish([1, 2]) == 2
    other.dispose()
    store.close()


def test_how_often_programs_tried_is_counted(store):
    store.inbox.add([_row(1)])

    assert [store.inbox.begin_again(1) for _ in range(3)] == [1, 2, 3]
    assert store.inbox.begin_again(99) == 0


def test_to_be_forgotten_erases_what_waits_but_not_what_comes_after(store):
    store.inbox.add([_row(1), _row(2, 8), _row(3, forgets=True), _row(4)])

    store.forget(7)

    assert _waiting(store) == [2, 3, 4]


def test_to_be_forgotten_by_other_ways_erases_all(store):
    store.inbox.add([_row(1), _row(2, 8), _row(4)])

    store.forget(7)

    assert _waiting(store) == [2]


def test_numbers_are_kept_as_long_as_telegram_may_deliver_again(store):
    store.inbox.add([_row(1, days_ago=1), _row(2, days_ago=3), _row(3, days_ago=3)])
    store.inbox.add([_row(4, days_ago=91)])
    store.inbox.finish([1, 2])

    store.purge(90)

    assert _waiting(store) == [3]
    assert store.inbox.add([_row(1), _row(2), _row(4)]) == {2, 4}


def test_a_database_that_fails_quotes_nothing_of_what_was_to_be_written(store, place):
    place.rows("DROP TABLE inbox")

    with pytest.raises(StoreError) as failure:
        store.inbox.add([_row(1)])

    assert "MARK" not in str(failure.value)
    assert failure.value.__cause__ is None
    assert not store.inbox.finish_now(1)


def test_a_database_from_before_there_was_this_table_gets_it(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'smebot.sqlite'}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option(
            "script_location", str(Path(opening.__file__).parent / "migrations")
        )
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()

    again = Store(tmp_path / "smebot.sqlite")

    assert again.inbox.add([_row(1)]) == {1}
    again.close()
