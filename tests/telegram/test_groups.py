"""The bot in groups: it speaks when it is spoken to."""

import asyncio
import re

import pytest

QUESTION = "How many booths has the tea fair?"


@pytest.fixture
def group(telegram, li, wang):
    """Li and Wang with the bot."""
    return telegram.group("Trade", li, wang)


@pytest.mark.parametrize(
    "said",
    [f"@sme_test_bot {QUESTION}", f"{QUESTION} @SME_Test_Bot", f"Folks @sme_test_bot, {QUESTION}"],
)
async def test_a_mention_is_answered_as_a_reply_with_a_way_to_private(running, li, group, said):
    asked = li.sends(said, to=group)

    reply = await group.wait_for_reply()

    assert "74,600" in reply.text
    assert reply.reply_to is asked
    assert reply.rows[-1][0].url.startswith("https://t.me/sme_test_bot?start=a_")
    assert li.bot_messages == []


async def test_the_name_of_the_bot_is_no_part_of_the_question(running, li, group):
    li.sends(f"Straße @sme_test_bot {QUESTION}", to=group)
    await group.wait_for_reply()

    (question,) = running.store.history(group.chat_id, li.id, 3)
    assert question.split() == f"Straße {QUESTION}".split()


async def test_a_reply_to_the_bot_is_a_follow_up(running, li, group):
    li.sends(f"@sme_test_bot {QUESTION}", to=group)
    answer = await group.wait_for_reply()

    li.sends("And from where?", to=group, reply_to=answer)

    assert "Kenya" in (await group.wait_for_reply()).text


async def test_whoever_replies_to_an_answer_goes_on_from_that_one(
    running, start_bot, li, wang, group
):
    li.sends(f"@sme_test_bot {QUESTION}", to=group)
    about_tea = await group.wait_for_reply()
    li.sends("@sme_test_bot Where does the silk park lie?", to=group)
    await group.wait_for_reply()
    await running.stop()
    await start_bot()

    wang.sends("And from where?", to=group, reply_to=about_tea)
    of_wang = await group.wait_for_reply()
    li.sends("And from where?", to=group, reply_to=about_tea)

    assert "Kenya" in of_wang.text
    assert "Kenya" in (await group.wait_for_reply()).text


async def test_a_question_of_a_group_is_taken_along_to_private(running, li, wang, group):
    li.sends(f"@sme_test_bot {QUESTION}", to=group)
    await group.wait_for_reply()
    li.sends("@sme_test_bot And from where?", to=group)
    url = (await group.wait_for_reply()).rows[-1][0].url
    _, _, payload = url.partition("?start=")

    wang.sends(f"/start {payload}")
    carried = await wang.wait_for_reply()

    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert carried.text.startswith("群里问过：And from where?")
    assert "Kenya" in carried.text
    assert all(button.url is None for row in carried.rows for button in row)
    assert running.store.history(wang.id, wang.id, 5) == [QUESTION, "And from where?"]


@pytest.mark.parametrize("who", ["asker", "taker"])
async def test_what_was_taken_along_is_erased_for_who_asked_and_for_who_took_it(
    running, li, wang, group, who
):
    li.sends(f"@sme_test_bot {QUESTION}", to=group)
    await group.wait_for_reply()
    li.sends("@sme_test_bot And from where?", to=group)
    _, _, payload = (await group.wait_for_reply()).rows[-1][0].url.partition("?start=")
    for _ in range(2):
        wang.sends(f"/start {payload}")
        await wang.wait_for_reply()
    wang.presses("👎 没用")
    await wang.wait_for_reply()
    taken = running.store.history(wang.id, wang.id, 9)

    forgetting = li if who == "asker" else wang
    forgetting.sends("/forget")
    await forgetting.wait_for_reply()

    assert taken == [QUESTION, "And from where?"]
    assert running.store.history(wang.id, wang.id, 9) == []
    assert not any(vote.question for vote in running.store.feedback(9))


async def test_nobody_gets_at_what_others_ask_in_private(running, li, wang):
    li.sends(QUESTION)
    answer = await li.wait_for_reply()
    _, answer_id, _ = answer.rows[0][0].data.split(":")

    wang.sends(f"/start a_{answer_id}")
    old = await wang.wait_for_reply()
    wang.sends("/start a_0123456789abcdef")

    assert "74,600" not in old.text
    assert old.text == (await wang.wait_for_reply()).text
    assert old.text.startswith("您好，Wang！")


async def test_a_caption_that_speaks_to_the_bot_is_a_question(running, li, group):
    group.promotes_bot()
    li.sends_photo("How many booths?", to=group)
    li.sends_album(3, to=group)

    li.sends_album(3, f"@sme_test_bot {QUESTION}", to=group)

    assert "74,600" in (await group.wait_for_reply()).text
    await running.telegram.wait_until_idle()
    assert len(group.bot_messages) == 1


async def test_a_changed_question_in_a_group_changes_its_answer(running, li, group):
    asked = li.sends(f"@sme_test_bot {QUESTION}", to=group)
    answer = await group.wait_for_reply()

    li.edits(asked, "@sme_test_bot Where does the silk park lie?")
    edited = await group.wait_for_edit()

    assert edited is answer
    assert "Suzhou" in edited.text
    assert edited.rows[-1][0].url.startswith("https://t.me/sme_test_bot?start=a_")


async def test_a_message_that_speaks_to_the_bot_only_after_a_change_is_answered(
    running, li, group
):
    group.promotes_bot()
    asked = li.sends(QUESTION, to=group)
    await running.telegram.wait_until_idle()

    li.edits(asked, f"@sme_test_bot {QUESTION}")

    assert (await group.wait_for_reply()).reply_to is asked


async def test_who_writes_in_the_name_of_a_chat_is_that_chat(running, telegram, li, group):
    other = telegram.group("Other", li)
    question = group.admin_sends(f"@sme_test_bot {QUESTION}")
    answer = await group.wait_for_reply()
    group.admin_sends("And from where?", reply_to=answer)
    followed = await group.wait_for_reply()
    other.admin_sends("@sme_test_bot And from where?")
    elsewhere = await other.wait_for_reply()
    group.channel_sends("/language@sme_test_bot")

    assert answer.reply_to is question
    assert "Kenya" in followed.text
    assert "Kenya" not in elsewhere.text
    assert running.store.history(group.chat_id, group.chat_id, 3)[0].strip() == QUESTION
    assert (await group.wait_for_reply()).buttons[:3] == ["中文", "繁體", "English"]


async def test_what_a_linked_channel_posts_is_left_alone(running, li, group):
    group.promotes_bot()

    group.channel_posts("/events")
    group.channel_posts(f"@sme_test_bot {QUESTION}")
    li.forwards("/forget", to=group)
    await running.telegram.wait_until_idle()

    assert group.bot_messages == []


async def test_the_bot_is_silent_where_nobody_speaks_to_it(running, li, wang, group):
    group.promotes_bot()  # it gets every message now
    spoken = wang.sends("Shall we go?", to=group)

    li.sends(QUESTION, to=group)
    li.sends("yes", to=group, reply_to=spoken)
    li.sends("/start@another_bot", to=group)
    li.sends("/zebra", to=group)
    li.sends_photo("look", to=group)
    group.adds(running.telegram.user("Zhao"))
    await running.telegram.wait_until_idle()

    assert group.bot_messages == []


async def test_a_longer_name_that_begins_like_the_bots_is_somebody_else(running, li, group):
    group.promotes_bot()

    li.sends("@sme_test_bot_two hello", to=group)
    li.sends("mail to x@sme_test_bot.example", to=group)
    await running.telegram.wait_until_idle()

    assert group.bot_messages == []


async def test_a_mention_alone_is_no_question(running, li, group):
    li.sends("@sme_test_bot", to=group)
    await running.telegram.wait_until_idle()

    assert group.bot_messages == []


async def test_lists_work_in_groups(running, li, group):
    li.sends("/events@sme_test_bot 2025", to=group)

    assert (await group.wait_for_reply()).buttons == ["Tea fair"]


async def test_commands_below_a_picture_and_behind_the_bots_name_are_carried_out(
    running, li, group
):
    li.sends_photo("/events@sme_test_bot tea", to=group)
    below = await group.wait_for_reply()
    li.sends("@sme_test_bot /events tea", to=group)
    behind = await group.wait_for_reply()
    li.sends_photo("/events@another_bot tea", to=group)
    li.sends_photo("/zebra", to=group)
    await running.telegram.wait_until_idle()

    assert below.buttons == behind.buttons == ["Tea fair"]
    assert len(group.bot_messages) == 2
    assert running.store.history(group.chat_id, li.id, 3) == []


async def test_everybody_may_press_the_buttons_below_an_answer(running, li, wang, group):
    li.sends(f"@sme_test_bot {QUESTION}", to=group)
    answer = await group.wait_for_reply()

    wang.presses("Sources", message=answer)

    assert "Ministry of Commerce" in (await group.wait_for_edit()).text


async def test_a_vote_is_that_of_who_pressed(running, li, wang, group):
    li.sends(f"@sme_test_bot {QUESTION}", to=group)
    answer = await group.wait_for_reply()
    wang.presses("👎 Not helpful", message=answer)
    asked = await group.wait_for_reply()
    wang.sends("I run a tea house", to=group, reply_to=asked)
    await group.wait_for_reply()

    wang.sends("/forget")
    await wang.wait_for_reply()

    assert [vote.reason for vote in running.store.feedback(10)] == []


async def test_two_people_may_vote_on_one_answer(running, li, wang, group):
    li.sends(f"@sme_test_bot {QUESTION}", to=group)
    answer = await group.wait_for_reply()

    li.presses("👍 Helpful", message=answer)
    wang.presses("👎 Not helpful", message=answer)
    await group.wait_for_reply()

    assert sorted(vote.vote for vote in running.store.feedback(10)) == [-1, 1]


async def test_each_member_has_a_conversation_of_ones_own(running, li, wang, group):
    li.sends(f"@sme_test_bot {QUESTION}", to=group)
    await group.wait_for_reply()

    wang.sends("@sme_test_bot And from where?", to=group)

    assert "Kenya" not in (await group.wait_for_reply()).text


async def test_being_added_removed_or_promoted_is_taken_calmly(running, telegram, li, group):
    group.removes_bot()
    group.adds_bot()
    group.promotes_bot()
    await telegram.wait_until_idle()

    li.sends(f"@sme_test_bot {QUESTION}", to=group)

    assert "74,600" in (await group.wait_for_reply()).text


async def test_a_group_that_moves_is_answered_where_it_moved_to(
    running, telegram, li, wang, slow_search
):
    old = telegram.group("Trade", li, wang, kind="group")
    telegram.faults.delay("sendChatAction", 0.3)
    li.sends(f"@sme_test_bot {QUESTION}", to=old)
    while not old.actions:
        await asyncio.sleep(0.003)

    new = old.becomes_supergroup()

    assert "74,600" in (await new.wait_for_reply()).text
    moved = [call for call in telegram.refused if "upgraded" in call.description]
    assert moved
    moved[0].injected = True  # nobody could know


async def test_a_changed_reply_still_goes_on_from_what_it_replies_to(running, li, wang, group):
    li.sends(f"@sme_test_bot {QUESTION}", to=group)
    about_tea = await group.wait_for_reply()
    wang.sends("@sme_test_bot Where does the silk park lie?", to=group)
    await group.wait_for_reply()
    reply = wang.sends("How many booths?", to=group, reply_to=about_tea)
    await group.wait_for_reply()

    wang.edits(reply, "And from where?")

    assert "Kenya" in (await group.wait_for_edit()).text
