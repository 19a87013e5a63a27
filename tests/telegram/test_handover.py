"""A question that is passed on to staff, and words between them and the asker, both by replies."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import update

from bot.chat import handover
from bot.store import now
from bot.store.handovers import Handover
from bot.texts import interface

QUESTION = "How many booths has the tea fair?"
UNKNOWN = "Quantum teleportation of zebras?"
ASKS = "I need to talk to a human"
OPERATOR = "Hall of Trade"
BUTTON, YES, NO, END = (
    interface(f"handover_{key}", "en") for key in ("button", "yes", "no", "end_button")
)
END_OF_STAFF = interface("handover_end_button", "zh")


@pytest.fixture
def lin(telegram):
    """Also of the staff."""
    return telegram.user("Lin", started=True)


@pytest.fixture
def stranger(telegram):
    return telegram.user("Stranger")


@pytest.fixture
def room(telegram, boss, lin, stranger):
    """Staff's group; one in it is not of the staff."""
    return telegram.group("Staff", boss, lin, stranger)


@pytest.fixture
def start(start_bot, boss, lin, room):
    """`await start()`: the bot with a chat that questions are passed on to."""

    def start_with(**options):
        given = {
            "staff_ids": {boss.id, lin.id},
            "handover_chat_id": room.chat_id,
            "operator_name": OPERATOR,
            "operator_hours": "9–18",
        }
        return start_bot(**given | options)

    return start_with


@pytest.fixture
async def staffed(start):
    return await start()


@pytest.fixture
def restart(staffed, start, put_back):
    """`await restart.stop()`, and `start()` ten minutes after all that was sent meanwhile."""

    async def again():
        put_back(600)
        return await start()

    return SimpleNamespace(telegram=staffed.telegram, stop=staffed.stop, start=again)


async def pass_on(person, question=UNKNOWN, label=BUTTON, yes=YES):
    """The consent, turned into the message that says that it was passed on."""
    person.sends(question)
    answer = await person.wait_for_reply()
    person.presses(label, message=answer)
    consent = await person.wait_for_reply()
    person.presses(yes, message=consent)
    return await person.wait_for_edit()


@pytest.fixture
async def passed_on(staffed, li, room):
    """(what Li sees, what staff see) of a question that was passed on."""
    shown = await pass_on(li)
    return shown, await room.wait_for_reply()


async def test_a_conversation_of_an_owner_and_two_of_the_staff(staffed, li, room, boss, lin):
    li.sends(QUESTION)
    await li.wait_for_reply()

    shown = await pass_on(li, ASKS)
    opening = await room.wait_for_reply()
    boss.sends("How many do you need?", to=room, reply_to=opening)
    first = await li.wait_for_reply()
    li.sends("Two.", reply_to=first)
    added = await room.wait_for_reply()
    assert (await li.wait_for_reply()).text == interface("handover_added", "en")
    lin.sends("Write to the fair.", to=room, reply_to=added)
    second = await li.wait_for_reply()
    li.sends(QUESTION)
    answer = await li.wait_for_reply()

    assert "9–18" in shown.text
    assert f"· {QUESTION}" in opening.text
    assert ASKS not in opening.text  # that says nothing which a person could answer
    assert "Li" in opening.text
    assert first.text == f"From a person ({OPERATOR}):\nHow many do you need?"
    assert (added.text, added.reply_to) == ("Li补充：\nTwo.", opening)
    assert second.text == f"From a person ({OPERATOR}):\nWrite to the fair."
    assert "74,600" in answer.text
    assert not any(str(li.id) in message.text for message in room.bot_messages)


async def test_an_answer_of_which_one_part_is_missing_leads_to_a_person(staffed, li, room):
    li.sends(QUESTION)
    whole = await li.wait_for_reply()
    li.sends(f"{QUESTION} {UNKNOWN}")
    partial = await li.wait_for_reply()

    assert BUTTON not in whole.buttons
    assert "74,600" in partial.text
    assert BUTTON in partial.buttons


async def test_nothing_is_passed_on_without_consent(staffed, telegram, li, room):
    li.sends(UNKNOWN)
    li.presses(BUTTON, message=await li.wait_for_reply())
    consent = await li.wait_for_reply()
    asked = consent.text
    li.presses(NO, message=consent)
    declined = await li.wait_for_edit()
    await telegram.wait_until_idle()

    assert f"· {UNKNOWN}" in asked
    assert declined.text == interface("handover_declined", "en")
    assert declined.buttons == []
    assert room.bot_messages == []


async def test_the_question_and_up_to_three_before_it_are_passed_on(staffed, li, room):
    for number in range(4):
        li.sends(f"{QUESTION} {number}")
        await li.wait_for_reply()

    await pass_on(li)

    lines = (await room.wait_for_reply()).text.splitlines()
    wanted = [f"· {QUESTION} {number}" for number in (1, 2, 3)] + [f"· {UNKNOWN}"]
    assert [line for line in lines if line.startswith("·")] == wanted


async def test_what_is_passed_on_is_masked_as_what_is_stored(staffed, li, room):
    await pass_on(li, f"{UNKNOWN} My number is +86 138 1234 5678")

    assert "1234" not in (await room.wait_for_reply()).text


@pytest.mark.parametrize(("said", "offered"), [(UNKNOWN, True), (ASKS, True), (QUESTION, False)])
async def test_it_is_offered_where_there_is_no_answer_and_where_a_person_is_asked_for(
    staffed, li, said, offered
):
    li.sends(said)

    assert (BUTTON in (await li.wait_for_reply()).buttons) is offered


async def test_without_a_chat_for_it_nothing_is_offered(running, li):
    for said in (UNKNOWN, ASKS):
        li.sends(said)

        assert BUTTON not in (await li.wait_for_reply()).buttons


async def test_in_a_group_it_is_offered_in_private_only(staffed, telegram, li):
    group = telegram.group("Trade", li)
    li.sends(f"@sme_test_bot {ASKS}", to=group)

    answer = await group.wait_for_reply()

    assert answer.buttons == [interface("group_private", "en")]
    assert OPERATOR in answer.text
    _, _, payload = answer.rows[0][0].url.partition("?start=")
    li.sends(f"/start {payload}")
    assert BUTTON in (await li.wait_for_reply()).buttons


async def test_others_in_the_group_are_ignored(li, room, boss, stranger, passed_on):
    _, opening = passed_on
    stranger.sends("Call me at once!", to=room, reply_to=opening)
    stranger.presses(END_OF_STAFF, message=opening)
    stranger.sends_sticker(to=room, reply_to=opening)
    await asyncio.sleep(1.0)

    boss.sends("Two weeks.", to=room, reply_to=opening)

    assert (await li.wait_for_reply()).text.endswith("Two weeks.")
    assert room.unread() == []


async def test_an_answer_while_the_bot_is_down_is_carried_by_the_next_program(
    restart, telegram, li, room, boss, passed_on
):
    await restart.stop()
    said = [f"Answer {number}" for number in range(5)]
    for words in said:
        boss.sends(words, to=room, reply_to=passed_on[1])
    await restart.start()
    got = [(await li.wait_for_reply()).text.split("\n")[1] for _ in said]
    await telegram.wait_until_idle()  # nobody replies before it is written down what was sent
    li.sends("Thanks!", reply_to=li.bot_messages[-1])
    await room.wait_for_reply(containing="Thanks!")
    await telegram.wait_until_idle()

    assert got == said
    assert len(room.bot_messages) == 2


async def test_what_is_delivered_again_is_not_carried_again(
    restart, li, room, boss, passed_on, accept_refusals
):
    telegram = restart.telegram
    boss.sends("Two weeks.", to=room, reply_to=passed_on[1])
    await li.wait_for_reply()
    await telegram.wait_until_idle()
    again = [one | {"update_id": one["update_id"] + 500} for one in telegram.delivered]
    assert len(again) == 4

    await restart.stop()
    await restart.start()
    for one in again:  # as after a kill before it was known that they are done
        telegram.deliver_again(one)
    await telegram.wait_until_idle(1.0)

    assert len([m for m in li.bot_messages if "Two weeks." in m.text]) == 1
    assert len(room.bot_messages) == 1
    assert {call.partition(":")[0] for call in accept_refusals()} <= {
        "answerCallbackQuery",
        "editMessageText",
    }


async def test_a_question_whose_passing_on_was_cut_short_is_passed_on_by_the_next_program(
    monkeypatch, staffed, start, li, room, accept_refusals
):
    monkeypatch.setattr("bot.chat.telegram_bot._GRACE_S", 0.3)
    li.sends(UNKNOWN)
    li.presses(BUTTON, message=await li.wait_for_reply())
    consent = await li.wait_for_reply()
    staffed.telegram.faults.hang("sendMessage")
    li.presses(YES, message=consent)
    while not staffed.store.handovers.open_of(li.id):
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.3)
    await staffed.stop()
    assert room.bot_messages == []

    await start()
    await li.wait_for_edit()

    assert f"· {UNKNOWN}" in (await room.wait_for_reply()).text
    assert len(room.bot_messages) == 1
    assert [call.partition(":")[0] for call in accept_refusals()] == ["answerCallbackQuery"]


async def test_forgetting_takes_it_back(staffed, telegram, li, room, boss, passed_on):
    _, opening = passed_on
    li.sends("My name is Li.", reply_to=passed_on[0])
    added = await room.wait_for_reply()
    await li.wait_for_reply()

    li.sends("/forget")
    told = await room.wait_for_reply()
    await li.wait_for_reply()
    boss.sends("Too late.", to=room, reply_to=opening)
    over = await room.wait_for_reply()
    await telegram.wait_until_idle()

    withdrawn = interface("handover_withdrawn", "zh")
    assert told.text == withdrawn
    assert opening.text == withdrawn
    assert added.deleted
    assert over.text == interface("handover_over", "en")
    assert li.unread() == []
    assert staffed.store.handovers.open_of(li.id) is None
    assert staffed.store.handovers.belonging(room.chat_id, opening.message_id) is None


@pytest.mark.parametrize("who", ["asker", "staff"])
async def test_either_side_ends_it(telegram, li, room, boss, passed_on, who):
    shown, opening = passed_on
    if who == "asker":
        li.presses(END, message=shown)
    else:
        boss.presses(END_OF_STAFF, message=opening)

    assert (await li.wait_for_reply()).text.startswith(f"The conversation with {OPERATOR} has")
    assert (await room.wait_for_reply()).text == interface("handover_ended_for_staff", "zh")
    boss.sends("One more thing", to=room, reply_to=opening)
    assert (await room.wait_for_reply()).text == interface("handover_over", "en")
    li.sends("And me", reply_to=shown)
    assert (await li.wait_for_reply()).text == interface("handover_over", "en")
    boss.presses(END_OF_STAFF, message=opening)
    assert (await room.wait_for_reply()).text == interface("handover_ended_for_staff", "zh")
    await telegram.wait_until_idle()
    assert li.unread() == []


async def test_nobody_gets_at_what_is_of_others(staffed, li, wang, passed_on):
    ends = passed_on[0].rows[0][0].data
    own = staffed.store.handovers.open_of(li.id)
    wang.sends("/help")
    message = await wang.wait_for_reply()

    for data in (ends, f"h:ask:{own.answer_id}", f"h:yes:{own.answer_id}"):
        wang.presses_data(data, message)
        assert (await wang.wait_for_reply()).text == interface("too_old", "zh")

    assert staffed.store.handovers.open_of(li.id)


async def test_it_ends_when_nobody_said_anything_for_two_days(staffed, start, li, room, passed_on):
    with staffed.store._write() as session:
        session.execute(update(Handover).values(last_word=now() - handover.QUIET))
    await staffed.stop()

    await start()

    assert (await li.wait_for_reply()).text.startswith(f"The conversation with {OPERATOR} has")
    await room.wait_for_reply(containing=interface("handover_ended_for_staff", "zh"))


async def test_one_at_a_time_and_three_a_day(staffed, li, room):
    for _ in range(3):
        shown = await pass_on(li)
        await room.wait_for_reply()
        li.sends(ASKS)
        li.presses(BUTTON, message=await li.wait_for_reply())
        still_open = await li.wait_for_reply()
        assert still_open.text == interface("handover_open", "en")
        li.sends("More of it", reply_to=still_open)
        assert "More of it" in (await room.wait_for_reply()).text
        await li.wait_for_reply()
        li.presses(END, message=shown)
        await li.wait_for_reply()
        await room.wait_for_reply()

    li.sends(ASKS)
    li.presses(BUTTON, message=await li.wait_for_reply())

    assert (await li.wait_for_reply()).text == interface("handover_too_many", "en")


async def test_a_text_of_full_length_is_carried_whole_both_ways(li, room, boss, passed_on):
    words = " ".join(["word"] * 819) + " "  # 4095 characters, and one more
    words += "w" * (4096 - len(words))

    boss.sends(words, to=room, reply_to=passed_on[1])
    parts = [(await li.wait_for_reply()).text for _ in range(2)]
    li.sends(words, reply_to=li.bot_messages[-1])
    others = [(await room.wait_for_reply()).text for _ in range(2)]

    for carried in (parts, others):
        assert " ".join(carried).split()[-820:] == words.split()


@pytest.mark.parametrize("kind", ["photo", "captioned", "sticker"])
async def test_only_text_is_carried_and_everything_else_is_told_so(
    telegram, li, room, boss, passed_on, kind
):
    def send(who, **options):
        if kind == "sticker":
            who.sends_sticker(**options)
        else:
            who.sends_photo("Look!" if kind == "captioned" else "", **options)

    send(boss, to=room, reply_to=passed_on[1])
    assert (await room.wait_for_reply()).text == interface("handover_only_text", "en")
    send(li, reply_to=passed_on[0])
    assert (await li.wait_for_reply()).text == interface("handover_only_text", "en")
    await telegram.wait_until_idle()
    assert (li.unread(), room.unread()) == ([], [])


async def test_a_blocked_bot_is_told_to_staff(li, room, boss, passed_on, accept_refusals):
    li.blocks_bot()

    boss.sends("Are you there?", to=room, reply_to=passed_on[1])

    assert (await room.wait_for_reply()).text == interface("handover_blocked", "en")
    assert len(accept_refusals()) == 1


async def test_a_changed_answer_changes_what_was_carried(telegram, li, room, boss, passed_on):
    said = boss.sends("Two weeks.", to=room, reply_to=passed_on[1])
    answer = await li.wait_for_reply()

    boss.edits(said, "Three weeks.")
    changed = await li.wait_for_edit()
    await telegram.wait_until_idle()

    assert changed is answer
    assert changed.text == f"From a person ({OPERATOR}):\nThree weeks."
    assert li.unread() == []


async def test_where_staff_cannot_be_reached_the_owner_is_told(staffed, li, room, accept_refusals):
    room.removes_bot()

    failed = await pass_on(li)

    assert failed.text == interface("handover_failed", "en")
    assert staffed.store.handovers.open_of(li.id) is None
    accept_refusals()


async def test_a_group_that_became_a_supergroup_is_still_reached(
    telegram, start, li, boss, accept_refusals
):
    room = telegram.group("Staff", boss, kind="group")
    await start(handover_chat_id=room.chat_id)
    new = room.becomes_supergroup()

    await pass_on(li)
    opening = await new.wait_for_reply()
    boss.sends("Here.", to=new, reply_to=opening)

    assert (await li.wait_for_reply()).text.endswith("Here.")
    accept_refusals()


async def test_replies_to_the_bots_own_answers_in_staffs_chat_are_questions(staffed, room, boss):
    boss.sends(f"@sme_test_bot {QUESTION}", to=room)
    answer = await room.wait_for_reply()

    boss.sends("And from where?", to=room, reply_to=answer)

    assert "Kenya" in (await room.wait_for_reply()).text


async def test_an_old_answer_leads_nowhere(staffed, li):
    li.sends(UNKNOWN)
    answer = await li.wait_for_reply()
    li.sends("/forget")
    await li.wait_for_reply()

    li.presses(BUTTON, message=answer)

    assert (await li.wait_for_reply()).text == interface("too_old", "en")


async def test_chinese_owners_are_told_in_chinese(staffed, wang, room, boss):
    zh = [interface(f"handover_{key}", "zh") for key in ("button", "yes")]
    shown = await pass_on(wang, "转人工", *zh)
    boss.sends("您好", to=room, reply_to=await room.wait_for_reply())

    assert shown.text.startswith(f"已转给{OPERATOR}")
    assert (await wang.wait_for_reply()).text == f"人工答复（{OPERATOR}）：\n您好"


async def test_what_ended_is_erased_after_a_while(staffed, li, room, passed_on):
    shown, opening = passed_on
    own = staffed.store.handovers.open_of(li.id)
    staffed.store.handovers.end(own.id)
    with staffed.store._write() as session:
        session.execute(update(Handover).values(ended=now() - timedelta(days=9)))

    staffed.store.purge(10)
    kept = staffed.store.handovers.get(own.id)
    staffed.store.purge(8)

    assert kept
    assert staffed.store.handovers.get(own.id) is None
    assert staffed.store.handovers.belonging(room.chat_id, opening.message_id) is None
    assert staffed.store.handovers.belonging(li.chat_id, shown.message_id) is None


async def test_no_word_of_anybody_is_stored(staffed, li, room, boss, passed_on, tmp_path):
    boss.sends("Pomegranate", to=room, reply_to=passed_on[1])
    await li.wait_for_reply()
    li.sends("Tangerine", reply_to=li.bot_messages[-1])
    await room.wait_for_reply()
    await asyncio.sleep(0.2)

    await staffed.stop()

    stored = b"".join(path.read_bytes() for path in (tmp_path / ".smebot").glob("smebot.sqlite*"))
    assert b"Pomegranate" not in stored
    assert b"Tangerine" not in stored
