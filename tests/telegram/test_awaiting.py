"""Who asked in vain and wants to be told is told once, by day, when staff have an answer."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.chat.reminders import Reminders
from bot.store import now
from bot.store.models import Notice
from bot.texts import interface

pytestmark = pytest.mark.usefixtures("all_is_near")  # or nothing could come that answers it

ZEBRAS, AGAIN = "Quantum teleportation of zebras?", "Teleportation of quantum zebras?"
BUTTON = interface("await_button", "en")


@pytest.fixture
def agree(office):
    """`await agree(li)`: somebody asks in vain and wants to be told."""

    async def press(person, question=ZEBRAS):
        person.sends(question)
        person.presses((await person.wait_for_reply()).buttons[-1])
        return await person.wait_for_reply()

    return press


@pytest.fixture
def close(boss):
    """`await close("Answered by …")`: staff open the first group, and close it so."""

    async def press(*labels):
        boss.sends("/unanswered")
        shown = await boss.wait_for_reply()
        for label in ("1", *labels):
            boss.presses(label, message=shown)
            shown = await boss.wait_for_edit()
        return shown

    return press


@pytest.fixture
def due(office):
    """`await due(time)`: what is sent then."""

    async def send(at):
        reminders = Reminders(office.live, office.store, lambda: at)
        notices = reminders.prepare()
        for notice in notices:
            assert office.store.watches.begin(notice)
            office.store.watches.finish(notice)
        return notices

    return send


async def test_who_agreed_is_told_once_when_a_document_answers(office, li, wang, agree, close):
    kept = await agree(li)
    await agree(wang, AGAIN)
    said = await close(interface("answered_by_button", "en"), "Tea fair")
    notices = office.store.watches.waiting()

    assert "for 90 days at most" in kept.text
    assert said.text.split("\n")[1] == interface("closed_told", "en", count=2)
    told = {notice.user_id: notice.text for notice in notices}
    assert set(told) == {li.id, wang.id}
    assert told[li.id] == interface("await_answered", "en", question=ZEBRAS, title="Tea fair")
    assert told[wang.id].startswith("🔔 您问过：")
    assert "茶叶博览会" in told[wang.id]
    assert office.store.awaited.of([1, 2]) == []


async def test_who_did_not_agree_is_not_told(office, li, close):
    li.sends(ZEBRAS)
    await li.wait_for_reply()
    said = await close(interface("answered_by_button", "en"), "Tea fair")

    assert said.text.startswith("Closed: answered by")
    assert office.store.watches.waiting() == []


async def test_out_of_scope_is_no_answer_and_they_wait_on(office, li, agree, close):
    await agree(li)
    await close(interface("out_of_scope_button", "en"))

    assert office.store.watches.waiting() == []
    assert [each.user_id for each in office.store.awaited.of([1])] == [li.id]


async def test_nobody_is_told_by_night(office, li, agree, close, due):
    await agree(li)
    await close(interface("answered_by_button", "en"), "Tea fair")

    zone = ZoneInfo(office.store.watches.watcher(li.id).zone)
    late, early, day = (datetime(2026, 2, 16, hour, tzinfo=zone) for hour in (22, 8, 10))

    assert [len(await due(at)) for at in (late, early, day, day)] == [0, 0, 1, 0]


async def test_who_is_forgotten_is_told_nothing(office, li, wang, agree, close):
    await agree(li)
    await agree(wang)
    office.store.forget(li.id)
    await close(interface("answered_by_button", "en"), "Tea fair")

    assert [notice.user_id for notice in office.store.watches.waiting()] == [wang.id]
    assert office.store.watches.watcher(li.id) is None


async def test_who_waits_is_kept_as_long_as_the_question(office, li, agree):
    await agree(li)
    office.store.purge(90)
    assert office.store.watches.watcher(li.id)
    assert office.store.awaited.of([1])
    office.store.purge(0)

    assert office.store.awaited.of([1]) == []
    office.store.purge(0)
    assert office.store.watches.watcher(li.id) is None


async def test_in_a_group_it_is_not_offered(office, li, boss):
    room = office.telegram.group("Room", li)
    li.sends(f"@sme_test_bot {ZEBRAS}", to=room)

    assert BUTTON not in (await room.wait_for_reply()).buttons


async def test_where_no_staff_looks_at_questions_it_is_not_offered(running, li):
    li.sends(ZEBRAS)

    assert BUTTON not in (await li.wait_for_reply()).buttons


async def test_staff_see_what_had_no_answer_and_are_not_offered_it(office, boss):
    boss.sends(ZEBRAS)

    assert BUTTON not in (await boss.wait_for_reply()).buttons


async def test_start_says_what_becomes_of_who_wants_to_be_told(office, li):
    li.sends("/start")

    said = (await li.wait_for_reply()).text
    assert f"if you press “{BUTTON}”" in said
    assert "until you are told, for 90 days at most" in said


async def test_two_of_the_staff_close_it_at_once_and_one_message_leaves(office, li, agree):
    await agree(li)
    notice = {"user_id": li.id, "text": "x", "buttons": [], "told": {}, "is_begun": False}
    counts = [
        office.store.awaited.tell([1], [Notice(created=now(), **notice)], "events/tea-fair")
        for _ in range(2)
    ]

    assert counts == [1, 0]
    assert len(office.store.watches.waiting()) == 1


async def test_what_staff_write_reaches_who_agreed_once(office, boss, li, wang, agree, close):
    await agree(li)
    wang.sends(ZEBRAS)
    await wang.wait_for_reply()
    boss.sends("/unanswered")
    shown = await boss.wait_for_reply()
    boss.presses("1", message=shown)
    await boss.wait_for_edit()
    boss.presses(interface("write_button", "en", count=1), message=shown)
    asked = await boss.wait_for_reply()
    boss.sends("Zebras travel by train.", reply_to=asked)
    said = await boss.wait_for_reply()
    boss.sends("Zebras travel by train.", reply_to=asked)
    await boss.wait_for_reply()

    assert said.text == interface("closed_told", "en", count=1)
    (notice,) = office.store.watches.waiting()
    words = interface("await_replied", "en", question=ZEBRAS, words="Zebras travel by train.")
    assert (notice.user_id, notice.text) == (li.id, words)


async def test_beside_the_way_to_a_person_it_takes_no_row_where_both_are_short(
    start_bot, telegram, boss, wang, li
):
    room = telegram.group("Service", boss)
    await start_bot(staff_ids={boss.id}, handover_chat_id=room.chat_id)
    rows = []
    for person in (wang, li):
        person.sends(ZEBRAS)
        rows.append([len(row) for row in (await person.wait_for_reply()).rows])

    assert (rows[0][-1], rows[1][-2:]) == (2, [1, 1])
