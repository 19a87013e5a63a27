"""Many people at once: everybody gets the own answer, in order, within Telegram's limits."""

import asyncio
import statistics
import warnings
from datetime import timedelta

import pytest
from telegram.error import RetryAfter
from telegram.warnings import PTBDeprecationWarning

from bot.chat.pacing import Pacing

USERS = 200


async def test_two_hundred_people_at_once_each_get_their_own_answers_in_order(
    no_pacing, running, telegram
):
    people = [telegram.user(f"P{number}") for number in range(USERS)]
    for question in ("/events 1{:03}", "Market number {}?"):
        for number, person in enumerate(people):
            person.sends(question.format(number))

    await asyncio.gather(*(person.wait_for_reply(timeout_s=60) for person in people))
    await asyncio.gather(*(person.wait_for_reply(timeout_s=60) for person in people))
    await telegram.wait_until_idle()

    for number, person in enumerate(people):
        first, second = person.bot_messages
        assert f"1{number:03}" in first.text
        assert f"1{number:03}" not in second.text
        assert running.store.history(person.id, person.id, 5) == [f"Market number {number}?"]


async def test_a_chat_that_sends_many_questions_at_once_is_answered_in_order(
    no_pacing, running, li
):
    for day in range(1, 11):
        li.sends(f"/events {day}xyz")

    replies = [await li.wait_for_reply() for _ in range(10)]

    assert [f"{day}xyz" in reply.text for day, reply in enumerate(replies, 1)] == [True] * 10


async def test_an_answer_takes_little_more_than_finding_it_with_twenty_people_at_once(
    no_pacing, running, telegram, capsys
):
    """The figure of DESIGN 4.6 beyond encoding."""
    people = [telegram.user(f"P{number}") for number in range(20)]
    for person in people:
        person.sends("warm up the tea fair")
        await person.wait_for_reply()

    for person in people:
        person.sends("How many booths has the tea fair?")
    began = asyncio.get_running_loop().time()
    seconds = await asyncio.gather(*(_seconds_to_reply(person, began) for person in people))

    p50 = 1000 * statistics.median(seconds)
    with capsys.disabled():
        print(f"\n20 people at once: p50 {p50:.0f} ms from update to message, without encoding")
    assert p50 < 1000


async def _seconds_to_reply(person, began: float) -> float:
    await person.wait_for_reply()
    return asyncio.get_running_loop().time() - began


class SkippingLoop(asyncio.SelectorEventLoop):
    """Nothing but timers is waited for here, so their time comes at once."""

    skipped_s = 0.0

    def time(self) -> float:
        return super().time() + self.skipped_s

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:
            self.skipped_s += max(0.0, self._scheduled[0].when() - self.time())
        super()._run_once()


def _times_of(chats: list[int]) -> list[float]:
    """When Pacing lets a message go to each of these chats, all handed over at once."""

    async def send_all() -> list[float]:
        pacing, times = Pacing(), []

        async def send() -> None:
            times.append(asyncio.get_running_loop().time())

        async def request(chat: int) -> None:
            await pacing.process_request(send, (), {}, "sendMessage", {"chat_id": chat}, None)

        await asyncio.gather(*map(request, chats))
        return times

    with asyncio.Runner(loop_factory=SkippingLoop) as runner:
        return sorted(runner.run(send_all()))


def _most_within(times: list[float], period_s: float) -> int:
    return max(sum(start <= time < start + period_s for time in times) for start in times)


def test_no_second_has_more_than_thirty_messages():
    times = _times_of(list(range(1, 121)))

    assert len(times) == 120
    assert _most_within(times, 1.0) <= 30
    assert times[-1] - times[0] < 6


def test_no_minute_has_more_than_twenty_messages_to_one_group():
    times = _times_of([-5] * 60)

    assert len(times) == 60
    assert _most_within(times, 60.0) <= 20


def test_a_private_chat_gets_about_a_message_a_second_after_a_short_burst():
    times = _times_of([5] * 12)

    assert _most_within(times, 3.0) <= 5


def test_groups_that_must_wait_hold_up_nobody_else():
    times = _times_of([-5] * 40 + [7])
    alone = _times_of([7])

    assert len(times) == 41
    assert alone
    assert sum(time - times[0] < 1 for time in times) >= 19


def test_a_wait_that_is_too_long_for_patience_ends_as_an_error():
    warnings.filterwarnings("ignore", ".*retry_after", PTBDeprecationWarning)

    async def always_busy() -> None:
        raise RetryAfter(timedelta(seconds=1))

    async def run() -> None:
        await Pacing().process_request(always_busy, (), {}, "getMe", {}, None)

    with asyncio.Runner(loop_factory=SkippingLoop) as runner, pytest.raises(RetryAfter):
        runner.run(run())
