"""Which programs are there, which one leads, and how that changes when one ends."""

import time

import pytest

from bot.store.postgresql import PostgreSQL
from bot.store.presence import Presence


@pytest.fixture
def begin(database_url, monkeypatch):
    """`begin()`: one more program takes part."""
    monkeypatch.setattr("bot.store.presence._BEAT_S", 0.1)
    monkeypatch.setattr("bot.store.presence._GRACE_S", 0.5)
    begun: list[Presence] = []

    def start() -> Presence:
        database = PostgreSQL(database_url)
        presence = Presence(database)
        database.close()
        presence.start(lambda: None)
        begun.append(presence)
        _wait_until(lambda: presence.number in presence.living)
        return presence

    yield start
    for presence in begun:
        presence.stop()


def _wait_until(holds, timeout_s: float = 15.0) -> None:
    until = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)


def _cut(cluster) -> None:
    """The server ends every connection, as when the way to it breaks."""
    with cluster.connect("postgres") as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'smebot'"
        )


def test_one_leads_and_another_takes_over_when_it_ends(begin):
    first = begin()
    second, third = begin(), begin()
    _wait_until(lambda: len(second.living) == len(third.living) == 3)
    assert [one.leads for one in (first, second, third)] == [True, False, False]

    first.stop()
    _wait_until(lambda: second.leads or third.leads)

    time.sleep(0.5)
    assert [second.leads, third.leads].count(True) == 1
    assert not first.leads


def test_each_chat_is_at_home_at_one_and_few_move_when_one_ends(begin):
    programs = [begin(), begin(), begin()]
    _wait_until(lambda: all(len(one.living) == 3 for one in programs))
    chats = range(-500, 500)
    before = {chat: programs[0].home(chat) for chat in chats}
    counts = [sum(one.is_home(chat) for chat in chats) for one in programs]

    programs[2].stop()
    _wait_until(lambda: all(len(one.living) == 2 for one in programs[:2]))
    moved = [chat for chat in chats if programs[0].home(chat) != before[chat]]

    assert sum(counts) == 1000
    assert min(counts) > 200
    assert {before[chat] for chat in moved} == {programs[2].number}
    assert len(moved) == counts[2]


def test_a_program_is_gone_only_after_it_had_time_to_come_back(begin):
    first, second = begin(), begin()
    _wait_until(lambda: second.number in first.living)
    second.stop()
    _wait_until(lambda: second.number not in first.living)

    at_once = first.is_gone(second.number)
    time.sleep(0.7)

    assert not at_once
    assert first.is_gone(second.number)
    assert not first.is_gone(first.number)


def test_connections_that_break_are_made_again_and_nobody_counts_as_gone(begin, cluster):
    programs = [begin(), begin()]
    _wait_until(lambda: all(len(one.living) == 2 for one in programs))

    _cut(cluster)
    gone = []
    until = time.monotonic() + 3.0
    while time.monotonic() < until:
        gone += [one.is_gone(other.number) for one in programs for other in programs]
        time.sleep(0.01)

    _wait_until(lambda: all(len(one.living) == 2 for one in programs))
    _wait_until(lambda: [one.leads for one in programs].count(True) == 1)
    assert True not in gone
