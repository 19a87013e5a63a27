"""Forums: whatever the bot sends lands in the topic that it was asked in."""

import pytest

QUESTION = "How many booths has the tea fair?"


@pytest.fixture
def forum(telegram, li, wang):
    """A group with topics, Li and Wang in it."""
    return telegram.group("Trade", li, wang)


@pytest.fixture
def loans(forum):
    """One of its topics."""
    forum.opens_topic("News")
    return forum.opens_topic("Loans")


async def _all_lie_in(topic, forum, telegram):
    await telegram.wait_until_idle()
    assert forum.bot_messages
    assert {message.topic for message in forum.bot_messages} == {topic and topic.topic}


@pytest.mark.usefixtures("slow_search")
async def test_an_answer_its_typing_sign_and_its_buttons_stay_in_the_topic(
    running, li, wang, forum, loans
):
    li.sends(f"@sme_test_bot {QUESTION}", to=loans)
    answer = await forum.wait_for_reply()
    wang.presses("👍 Helpful", message=answer)
    for button in ("More", "👎 Not helpful", "Lamp fair"):
        wang.presses(button, message=answer)
        await forum.wait_for_reply()
    wang.presses("Sources", message=answer)
    await forum.wait_for_edit()
    asked = next(message for message in forum.bot_messages if len(message.rows) == 4)
    wang.presses(asked.buttons[0], message=asked)
    await forum.wait_for_edit()

    await _all_lie_in(loans, forum, running.telegram)
    assert set(forum.actions) == {"typing in Loans"}


@pytest.mark.parametrize(
    "command", ["/events", "/zones", "/financing", "/help", "/about", "/language", "/start"]
)
async def test_commands_are_answered_in_the_topic(running, telegram, li, forum, loans, command):
    li.sends(f"{command}@sme_test_bot", to=loans)

    await forum.wait_for_reply()

    await _all_lie_in(loans, forum, telegram)


async def test_lists_cards_and_files_stay_in_the_topic(running, telegram, li, forum, loans):
    li.sends("/events@sme_test_bot 2025", to=loans)
    li.presses("Tea fair", message=await forum.wait_for_reply())
    card = await forum.wait_for_reply()
    li.presses("Add to calendar", message=card)
    file = await forum.wait_for_reply()

    assert file.file is not None
    await _all_lie_in(loans, forum, telegram)


async def test_staffs_commands_stay_in_the_topic(
    start_bot, telegram, li, forum, loans, accept_refusals
):
    await start_bot(staff_ids={li.id})
    accept_refusals()  # of a menu for Li, who has not opened a chat with the bot
    for command in ("/status", "/unanswered", "/feedback", "/reindex"):
        li.sends(f"{command}@sme_test_bot", to=loans)
        await forum.wait_for_reply()

    await _all_lie_in(loans, forum, telegram)


async def test_an_answer_that_changes_stay_in_the_topic(running, telegram, li, forum, loans):
    asked = li.sends(f"@sme_test_bot {QUESTION}", to=loans)
    await forum.wait_for_reply()

    li.edits(asked, "@sme_test_bot What does the ledger of ships say?")
    await forum.wait_for_edit()

    await _all_lie_in(loans, forum, telegram)


async def test_what_is_asked_in_general_is_answered_there(running, telegram, li, forum, loans):
    li.sends(f"@sme_test_bot {QUESTION}", to=forum)

    await forum.wait_for_reply()

    await _all_lie_in(None, forum, telegram)


async def test_each_topic_has_a_conversation_of_its_own(running, li, forum, loans):
    li.sends(f"@sme_test_bot {QUESTION}", to=loans)
    await forum.wait_for_reply()

    li.sends("@sme_test_bot And from where?", to=forum)
    in_general = await forum.wait_for_reply()
    li.sends("@sme_test_bot And from where?", to=loans)

    assert "Kenya" not in in_general.text
    assert "Kenya" in (await forum.wait_for_reply()).text


async def test_what_goes_wrong_is_said_in_the_topic(
    running, telegram, li, forum, loans, monkeypatch
):
    monkeypatch.setattr(running.store, "history", lambda *_, **__: 1 / 0)
    li.sends(f"@sme_test_bot {QUESTION}", to=loans)

    assert "something went wrong" in (await forum.wait_for_reply()).text
    await _all_lie_in(loans, forum, telegram)
    running.staff.errors.clear()


@pytest.mark.parametrize("end", ["closes", "is_removed"])
async def test_a_topic_that_ends_meanwhile_disturbs_nobody(
    running, li, forum, loans, accept_refusals, end
):
    getattr(loans, end)()
    li.sends(f"@sme_test_bot {QUESTION}", to=loans)
    await running.telegram.wait_until_idle()

    assert accept_refusals()
    li.sends(f"@sme_test_bot {QUESTION}", to=forum)
    assert "74,600" in (await forum.wait_for_reply()).text
