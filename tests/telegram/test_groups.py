"""The bot in groups: it speaks when it is spoken to."""

import asyncio

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
    assert reply.rows[-1][0].url == "https://t.me/sme_test_bot"
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


async def test_everybody_may_press_the_buttons_below_an_answer(running, li, wang, group):
    li.sends(f"@sme_test_bot {QUESTION}", to=group)
    answer = await group.wait_for_reply()

    wang.presses("Sources", message=answer)

    assert "74,600" in (await group.wait_for_reply()).text


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
    await group.wait_for_reply()
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
