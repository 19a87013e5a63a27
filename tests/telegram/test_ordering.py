"""Whose turn it is: order within a chat, turns among people, an end in time."""

import asyncio
from datetime import timedelta

import pytest

from bot.chat.incoming import Kind
from bot.chat.ordering import ByChat, Waiting


@pytest.fixture
def order():
    return ByChat()


class Handling:
    """Notes what was begun; each takes a moment, or until it is let go."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.begun: list[tuple[int, int]] = []
        self.at_once = self.most_at_once = 0
        self._seconds = seconds

    async def __call__(self, item: Waiting) -> None:
        self.begun.append((item.incoming.sender, item.incoming.update_id))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(self._seconds)
        self.at_once -= 1


async def _until_done(order: ByChat) -> None:
    async with asyncio.timeout(5):
        while order.in_progress:
            await asyncio.sleep(0.001)


async def test_within_a_chat_one_follows_the_other(order, incoming):
    handling = Handling(0.001)
    order.start(handling)
    ids = [
        item.incoming.update_id
        for item in (Waiting(incoming=incoming()) for _ in range(9))
        if order.put(item) == []
    ]

    await _until_done(order)

    assert [update_id for _, update_id in handling.begun] == ids
    assert handling.most_at_once == 1


async def test_turns_go_round_among_the_people_of_a_group(order, incoming):
    handling = Handling()
    for sender in (1, 1, 1, 1, 2, 3):
        order.put(Waiting(incoming=incoming(sender=sender, chat=-5)))
    order.start(handling)

    await _until_done(order)

    assert [sender for sender, _ in handling.begun] == [1, 2, 3, 1, 1, 1]
    assert handling.most_at_once == 1


async def test_one_person_in_many_groups_has_one_turn_at_a_time(order, incoming):
    handling = Handling(0.001)
    order.start(handling)
    for group in range(10):
        order.put(Waiting(incoming=incoming(sender=1, chat=-5 - group)))
    order.put(Waiting(incoming=incoming(sender=1)))  # in private as well

    await _until_done(order)

    assert len(handling.begun) == 11
    assert handling.most_at_once == 2


async def test_a_chat_that_hangs_stops_no_other(order, incoming):
    hanging = asyncio.Event()
    done = []

    async def handle(item: Waiting) -> None:
        if item.incoming.sender == 1:
            await hanging.wait()
        done.append(item.incoming.sender)

    order.start(handle)
    for sender in (1, 1, 2, 3, 2):
        order.put(Waiting(incoming=incoming(sender=sender)))
    await asyncio.sleep(0.05)

    assert sorted(done) == [2, 2, 3]
    hanging.set()
    await _until_done(order)
    assert sorted(done) == [1, 1, 2, 2, 3]


async def test_what_raises_ends_nothing_and_its_words_are_in_no_log(order, incoming, caplog):
    async def handle(item: Waiting) -> None:
        raise ValueError("MARK of a question")

    order.start(handle)
    order.put(Waiting(incoming=incoming()))
    order.put(Waiting(incoming=incoming()))

    await _until_done(order)

    assert caplog.text.count("ValueError") == 2
    assert "MARK" not in caplog.text


async def test_only_so_much_of_one_person_waits_but_a_wish_to_be_forgotten_does(order, incoming):
    while order.has_room_for(incoming()):
        order.put(Waiting(incoming=incoming()))

    assert order.in_progress == 40
    assert order.has_room_for(incoming(sender=2))
    assert order.has_room_for(incoming(Kind.FORGET))


async def test_of_wishes_to_be_forgotten_only_the_newest_waits(order, incoming):
    handling = Handling()
    for _ in range(50):
        order.put(Waiting(incoming=incoming(Kind.FORGET)))
    order.start(handling)

    await _until_done(order)

    assert len(handling.begun) == 1


async def test_a_stop_begins_nothing_more_and_waits_no_longer_than_it_may(order, incoming, caplog):
    handling = Handling(30.0)
    order.start(handling)
    for sender in (1, 1, 2):
        order.put(Waiting(incoming=incoming(sender=sender)))
    await asyncio.sleep(0.01)
    began = asyncio.get_running_loop().time()

    await order.stop(0.05)

    assert asyncio.get_running_loop().time() - began < 1
    assert [sender for sender, _ in handling.begun] == [1, 2]
    assert "2 answers were not finished" in caplog.text


async def test_how_long_nothing_moved_is_known(order, incoming):
    order.start(Handling(0.3))
    order.put(Waiting(incoming=incoming()))
    await asyncio.sleep(0.1)
    alone = order.stuck_s()
    order.put(Waiting(incoming=incoming(sender=2)))
    await asyncio.sleep(0.1)
    stuck = order.stuck_s()
    await _until_done(order)

    assert alone == 0  # one may be at long work
    assert 0.09 < stuck < 0.2
    assert order.stuck_s() == 0


async def test_late_messages_wait_for_the_backlog_and_the_last_three_stay(
    order, incoming, monkeypatch
):
    monkeypatch.setattr("bot.chat.ordering.BACKLOG_WAIT_S", 0.1)
    handling = Handling()
    order.start(handling)
    passed_over = []
    late = [incoming() for _ in range(7)]
    for one in late:
        passed_over += order.put(Waiting(incoming=one, is_late=True))
        await asyncio.sleep(0.03)
        assert handling.begun == []
    new = incoming()
    order.put(Waiting(incoming=new))

    await _until_done(order)

    assert [item.incoming for item in passed_over] == late[:4]
    assert [i for _, i in handling.begun] == [one.update_id for one in [*late[4:], new]]


def test_messages_from_before_the_start_are_late_but_no_wish_to_be_forgotten(order, incoming):
    before = order.started - timedelta(seconds=1)

    assert order.is_late(incoming(date=before))
    assert not order.is_late(incoming(date=order.started))
    assert not order.is_late(incoming(Kind.FORGET, date=before))
    assert not order.is_late(incoming(Kind.BUTTON))
