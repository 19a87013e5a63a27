"""In the morning staff get what is to be looked at and what was asked in vain, once a day."""

from datetime import date

import pytest

from bot.errors import StoreError
from bot.store import Store

MONDAY, NEXT_MONDAY = date(2026, 3, 16), date(2026, 3, 23)
WEDNESDAY, THURSDAY, FRIDAY = date(2026, 3, 18), date(2026, 3, 19), date(2026, 3, 20)
STARTS = "· from 18 March 2026: duty on kettles (Kettle duty)"
REVIEW = "· to be checked again by 20 March 2026: Kettle duty"


@pytest.fixture
def note(office, boss):
    """`note(day)`: the lines of the note of a day; None if there is none."""
    office.store.set_language(boss.id, "en")

    def on(day):
        office.today = day
        reply = office.staff.daily_note(boss.id)
        return reply and reply.text.text.split("\n")

    return on


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        (MONDAY, [STARTS, REVIEW]),
        (WEDNESDAY, [STARTS]),
        (FRIDAY, [REVIEW]),
        (NEXT_MONDAY, [REVIEW]),
    ],
)
async def test_it_tells_what_falls_on_the_day_and_on_mondays_the_week(note, day, lines):
    heading, *told = note(day)

    assert heading.startswith("Good morning! For ")
    assert told == lines


async def test_a_day_without_anything_has_none(note):
    assert note(THURSDAY) is None


async def test_no_day_has_two(note):
    assert note(WEDNESDAY)
    assert note(WEDNESDAY) is None
    assert note(FRIDAY)


async def test_what_was_asked_in_vain_since_yesterday_is_counted(note, li):
    li.sends("Quantum teleportation of zebras?")
    await li.wait_for_reply()

    assert note(THURSDAY)[1:] == [
        "· questions of the last day without an answer: 1; see /unanswered"
    ]


async def test_what_went_wrong_or_was_disliked_since_yesterday_is_told(note, office, li):
    li.sends("How many booths has the tea fair?")
    li.presses("👎 Not helpful", message=await li.wait_for_reply())
    await li.wait_for_toast()
    for kind in ("KeyError", "ValueError", "KeyError"):
        office.staff.errors.append(kind)

    told = note(THURSDAY)[1:]
    office.staff.errors.clear()

    assert told == [
        "· answers found not helpful in the last day: 1; see /feedback",
        "· errors of the last day: 2× KeyError, 1× ValueError; the log says where",
    ]


async def test_nobody_gets_it_by_night(start_bot, boss, office):
    await office.stop()
    office.today, office.hour = WEDNESDAY, 22
    await office.start()
    await office.telegram.wait_until_idle()

    assert boss.bot_messages == []


async def test_nothing_is_told_that_might_be_told_again(note, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise StoreError("the disk is full")

    monkeypatch.setattr(Store, "log_staff", refuse)

    with pytest.raises(StoreError):
        note(WEDNESDAY)


async def test_it_comes_in_the_morning_and_not_again_after_a_restart(start_bot, boss, office):
    await office.stop()
    office.today, office.hour = WEDNESDAY, 8
    await office.start()
    await office.telegram.wait_until_idle()
    early = len(boss.bot_messages)
    await office.stop()
    office.hour = 9
    await office.start()
    told = await boss.wait_for_reply()
    await office.stop()
    await office.start()
    await office.telegram.wait_until_idle()

    assert early == 0
    assert told.text.startswith(
        "早上好！2026年3月18日需要留意：\n· 2026年3月18日起：duty on kettles"
    )
    assert len(boss.bot_messages) == 1


async def test_due_shows_the_next_weeks(office, boss):
    boss.sends("/due")
    nothing = await boss.wait_for_reply()
    office.today = date(2026, 3, 1)
    boss.sends("/due")
    found = await boss.wait_for_reply()

    assert nothing.text == "Nothing is to be looked at within 30 days."
    assert found.text.split("\n") == ["To look at within 30 days:", STARTS, REVIEW]
