"""Answers arrive: long ones, to people who block the bot, and through faults of the network."""

import pytest
from telegram import Bot

from bot.chat.delivery import replace_messages, send
from bot.chat.person import Place
from bot.chat.replies import Button, plain
from tests.telegram.fake.errors import ApiError

QUESTION = "How many booths has the tea fair?"
ANSWER = "74,600"


@pytest.fixture
async def silk_card(running, li):
    """Li opened the card of the silk expo, which is longer than one message."""
    li.sends("/events September")
    await li.wait_for_reply()
    li.presses("Silk expo")
    parts = [await li.wait_for_reply()]
    while not parts[
        -1
    ].buttons:  # they stand below the last part; a chat gets one message a second
        parts.append(await li.wait_for_reply())
    return parts


async def test_a_long_text_comes_in_parts_in_order_and_whole(running, silk_card):
    document = running.live.current().retriever.snapshot.documents["events/silk-expo.en"]
    said = "".join("".join(part.text for part in silk_card).split())
    written = "".join(document.text.replace("#", "").split())

    assert len(silk_card) >= 2
    assert written.removeprefix("Silkexpo") in said


async def test_the_buttons_stand_below_the_last_part(running, silk_card):
    assert [bool(part.buttons) for part in silk_card] == [False] * (len(silk_card) - 1) + [True]


async def test_styles_go_on_over_parts(running, silk_card):
    headings = [heading for part in silk_card for heading in part.parts("bold")]

    assert headings == ["Silk expo", *["Hall 丝绸"] * 160]


async def test_no_answer_waits_for_its_typing_sign(running, telegram, li, slow_search):
    telegram.faults.delay("sendChatAction", 3.0)
    li.sends(QUESTION)

    assert ANSWER in (await li.wait_for_reply(timeout_s=2.0)).text


async def test_the_typing_sign_is_shown_as_long_as_the_work_lasts(
    running, li, slow_search, monkeypatch
):
    monkeypatch.setattr("bot.chat.work._SIGN_S", 0.05)

    li.sends(QUESTION)
    await li.wait_for_reply()

    assert len(li.actions) >= 3


async def test_who_blocks_the_bot_disturbs_nobody(running, telegram, li, wang, slow_search):
    telegram.faults.delay("sendChatAction", 0.2)
    li.sends(QUESTION)
    li.blocks_bot()
    wang.sends("茶叶博览会有多少展位？")

    assert "展位" in (await wang.wait_for_reply()).text
    await telegram.wait_until_idle()
    refused = telegram.refused
    assert refused
    assert {call.description for call in refused} == {"Forbidden: bot was blocked by the user"}
    for call in refused:
        call.injected = True


async def test_who_comes_back_is_answered_again(running, telegram, li):
    li.sends("/help")
    await li.wait_for_reply()
    li.blocks_bot()
    li.unblocks_bot()

    li.sends(QUESTION)

    assert ANSWER in (await li.wait_for_reply()).text


@pytest.mark.parametrize("code", [500, 502])
async def test_an_answer_survives_a_server_error(running, telegram, li, code):
    telegram.faults.fail("sendMessage", code, times=2)

    li.sends(QUESTION)

    assert ANSWER in (await li.wait_for_reply()).text
    await telegram.wait_until_idle()
    assert len(li.bot_messages) == 1


async def test_an_answer_survives_a_connection_that_is_cut(running, telegram, li):
    telegram.faults.reset("sendMessage")

    li.sends(QUESTION)

    assert ANSWER in (await li.wait_for_reply()).text
    await telegram.wait_until_idle()
    assert len(li.bot_messages) == 1


async def test_an_answer_that_telegram_confirmed_in_vain_comes_all_the_same(running, telegram, li):
    """Nobody can tell it from one that was lost: it may come twice, never not at all."""
    telegram.faults.lose_answer("sendMessage")

    li.sends(QUESTION)
    await li.wait_for_reply()
    await telegram.wait_until_idle(0.8)

    assert 1 <= len(li.bot_messages) <= 2
    assert all(ANSWER in message.text for message in li.bot_messages)


async def test_updates_come_again_after_faults_of_fetching_and_are_answered_once(
    running, telegram, li
):
    telegram.faults.reset("getUpdates")
    telegram.faults.lose_answer("getUpdates")

    for _ in range(2):
        li.sends(QUESTION)
        await li.wait_for_reply(timeout_s=8)
    await telegram.wait_until_idle()

    assert len(li.bot_messages) == 2
    running.staff.errors.clear()


async def test_an_update_that_comes_twice_is_answered_once(running, telegram, li):
    telegram.duplicate_next_update()

    li.sends(QUESTION)
    await li.wait_for_reply()
    await telegram.wait_until_idle()

    assert len(li.bot_messages) == 1


async def test_too_many_requests_delay_one_chat_and_no_other(running, telegram, li, wang):
    telegram.faults.fail("sendMessage", 429, retry_after_s=2)
    li.sends("/help")
    while not telegram.calls_of("sendMessage"):
        await telegram.wait_until_idle(0.01)
    wang.sends("/help")

    await wang.wait_for_reply(timeout_s=1)
    assert li.bot_messages == []
    await li.wait_for_reply(timeout_s=4)

    refused, at_once, later = telegram.calls_of("sendMessage")
    assert at_once.at - refused.at < 1
    assert later.at - refused.at >= 2


async def test_an_acknowledgement_that_must_wait_delays_no_other_chat(running, telegram, li, wang):
    li.sends(QUESTION)
    await li.wait_for_reply()
    telegram.faults.fail("answerCallbackQuery", 429, retry_after_s=1)

    li.presses("👍 Helpful")
    wang.sends("/help")

    await wang.wait_for_reply(timeout_s=0.9)
    assert (await li.wait_for_edit()).buttons[0] == "✓ 👍 Helpful"


async def test_a_typing_sign_that_fails_costs_nothing_but_itself(
    running, telegram, li, slow_search
):
    telegram.faults.refuse("sendChatAction", ApiError(400, "Bad Request: injected"))

    li.sends(QUESTION)

    assert ANSWER in (await li.wait_for_reply()).text


async def test_a_message_that_telegram_refuses_is_told_and_the_next_works(running, telegram, li):
    telegram.faults.refuse("sendMessage", ApiError(400, "Bad Request: injected"))

    li.sends(QUESTION)
    said = await li.wait_for_reply()
    li.sends(QUESTION)

    assert "something went wrong" in said.text
    assert ANSWER in (await li.wait_for_reply()).text
    assert list(running.staff.errors) == ["BadRequest"]
    running.staff.errors.clear()


async def test_a_file_survives_a_server_error(running, telegram, li):
    telegram.faults.fail("sendDocument", 502)
    telegram.faults.reset("sendDocument")
    li.sends("/events 2025")
    await li.wait_for_reply()
    li.presses("Tea fair")
    await li.wait_for_reply()

    li.presses("Add to calendar (.ics)")
    sent = await li.wait_for_reply()

    assert sent.file.content.endswith(b"END:VCALENDAR\r\n")
    assert len([m for m in li.bot_messages if m.file]) == 1


async def test_no_message_of_the_log_holds_what_people_wrote(running, telegram, li, caplog):
    telegram.faults.refuse("sendMessage", ApiError(400, "Bad Request: injected"))

    li.sends("My secret is 4711-zebra")
    await li.wait_for_reply()

    ours = [r for r in caplog.records if r.name.startswith("bot.")]
    assert ours
    assert not [r for r in ours if "zebra" in r.getMessage() or "zebra" in str(r.exc_info)]
    running.staff.errors.clear()


async def test_a_longer_and_a_shorter_reply_take_the_place_of_an_earlier_one(telegram, li):
    li.sends("/start")
    place, bot = Place(li.id), Bot(telegram.token, base_url=telegram.base_url)
    rows = ((Button("Sources", "s:1"),),)
    async with bot:
        short = await send(bot, place, plain("short", rows))
        first = [message.message_id for message in short]
        longer = await replace_messages(bot, place, first, plain("long " * 2000, rows))
        of_long = [(message.text[:4], message.buttons) for message in li.bot_messages]
        shorter = await replace_messages(bot, place, longer, plain("brief", rows))

    assert of_long == [("long", []), ("long", []), ("long", ["Sources"])]
    assert shorter == longer[:1] == first
    (left,) = li.bot_messages
    assert (left.text, left.buttons) == ("brief", ["Sources"])
    telegram.assert_clean()
