"""The queue of several programs: each update taken over once, handled by one, lost by none."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.store import Received, SharedInbox, Store, now

LI, WANG = 1, 2


@dataclass
class Who:
    """A program, and which others have ended."""

    number: int
    gone: set[int] = field(default_factory=set)

    def is_home(self, chat_id: int) -> bool:
        return chat_id > 0

    def is_gone(self, number: int) -> bool:
        return number in self.gone


FIRST, SECOND = Who(11), Who(12)


@pytest.fixture
def stores(database_url, tmp_path):
    """Two programs' stores."""
    opened = [Store(tmp_path / "smebot.sqlite", database_url) for _ in range(2)]
    yield opened
    for store in opened:
        store.close()


@pytest.fixture
def queues(stores):
    return [SharedInbox(store._write, store.inbox) for store in stores]


def _row(number: int, user: int = LI, **more) -> Received:
    values = {"is_late": False, "forgets": False, "received": datetime(2000, 1, 1)} | more  # noqa: DTZ001
    return Received(
        update_id=number,
        user_id=user,
        chat_id=user,
        is_private=True,
        payload="{}",
        tries=0,
        **values,
    )


def _pass(*_) -> bool:
    return True


def _claim(queue, who=FIRST, held=(), most=64) -> list[int]:
    return [row.update_id for row in queue.claim(who, held=held, most=most)]


def test_an_update_that_two_programs_get_is_new_to_one(queues):
    with ThreadPoolExecutor(2) as pool:
        for number in range(1, 40):
            got = pool.map(lambda queue, n=number: queue.take([_row(n)], _pass), queues)
            assert sorted(map(len, got)) == [0, 1]


def test_what_one_program_handles_no_other_begins(queues):
    queues[0].take([_row(1), _row(2), _row(3, WANG)], _pass)

    first = _claim(queues[0], most=1)
    second = _claim(queues[1], SECOND)

    assert (first, second) == ([1], [3])
    assert queues[0].finish([1]) == 1
    assert _claim(queues[1], SECOND, held={3}) == [2]


def test_many_programs_at_once_begin_each_update_once_and_in_order(queues):
    queues[0].take([_row(n, 1 + n % 7) for n in range(1, 71)], _pass)
    begun: list[int] = []

    def work(place: int) -> None:
        while len(begun) < 70:
            for number in _claim(queues[place], (FIRST, SECOND)[place], held=set(begun), most=2):
                begun.append(number)
                queues[place].finish([number])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))

    assert sorted(begun) == list(range(1, 71))
    for person in range(7):
        own = [number for number in begun if number % 7 == person]
        assert own == sorted(own)


def test_what_a_program_that_ended_had_begun_is_taken_over_and_counted(queues):
    queues[0].take([_row(1)], _pass)
    assert _claim(queues[0]) == [1]
    assert _claim(queues[1], SECOND) == []

    (row,) = queues[1].claim(Who(12, gone={11}), held=(), most=9)

    assert (row.update_id, row.tries, row.owner) == (1, 1, 12)


def test_what_a_program_leaves_is_free_at_once(queues):
    queues[0].take([_row(1)], _pass)
    _claim(queues[0])

    queues[0].leave(FIRST.number)

    assert _claim(queues[1], SECOND) == [1]


def test_what_was_begun_without_the_program_hearing_of_it_is_begun_again(queues):
    queues[0].take([_row(1)], _pass)
    _claim(queues[0])  # the answer of the server was lost

    assert _claim(queues[0], held={1}) == []
    assert _claim(queues[0], held=()) == [1]


def test_a_minute_is_counted_together_by_the_server_s_clock(queues):
    seen: list[tuple[int, float]] = []

    def judge(row, minute, seconds):
        seen.append((len(minute.taken), seconds))
        minute.taken.append((seconds, 1.0))
        return len(minute.taken) <= 2

    for number in range(1, 5):
        queues[number % 2].take([_row(number)], judge)

    assert [count for count, _ in seen] == [0, 1, 2, 3]
    assert [seconds for _, seconds in seen] == sorted(seconds for _, seconds in seen)
    assert _claim(queues[0]) == [1]
    assert queues[0].waiting == 2  # the others were done at once


def test_when_it_was_received_is_the_server_s_time_whatever_a_program_says(queues, stores):
    queues[0].take([_row(1)], _pass)

    (row,) = stores[0].inbox.waiting()
    assert abs(row.received - now()) < timedelta(minutes=1)


def test_of_one_person_so_much_may_wait_and_a_wish_to_be_forgotten_always(queues):
    queues[0].take([_row(number) for number in range(1, 60)], _pass)
    queues[1].take([_row(60), _row(61, forgets=True), _row(62, WANG)], _pass)

    _claim(queues[0])

    assert queues[0].waiting == 40 + 2


def test_late_messages_wait_for_the_rest_and_the_last_three_are_answered(queues, monkeypatch):
    queues[0].take([_row(n, is_late=True) for n in range(1, 6)], _pass)
    assert _claim(queues[0]) == []

    monkeypatch.setattr("bot.store.shared_inbox.BACKLOG_WAIT_S", -1.0)

    assert _claim(queues[0]) == [3]
    assert queues[0].finish([1, 2, 3, 4, 5]) == 5


def test_who_is_forgotten_leaves_nothing_in_the_queue(queues, stores):
    def judge(_row, minute, seconds):
        minute.taken.append((seconds, 1.0))
        return True

    queues[0].take([_row(1, 4711_4711), _row(2, 4711_4711, forgets=True)], judge)

    stores[1].forget(4711_4711)
    queues[0].finish([2])

    for table in ("inbox", "minutes"):
        with stores[0]._engine.connect() as connection:
            found = connection.exec_driver_sql(f"SELECT * FROM {table}").all()  # noqa: S608
        assert "47114711" not in str(found)
