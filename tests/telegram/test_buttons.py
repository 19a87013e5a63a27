"""The buttons below messages: votes, reasons, sources, more, suggestions, examples."""

import pytest

from index.encoder import no_progress

QUESTION = "How many booths has the tea fair?"
UNKNOWN = "Quantum teleportation of zebras?"


@pytest.fixture
async def answer(running, li):
    """An answer that Li got."""
    li.sends(QUESTION)
    return await li.wait_for_reply()


async def test_every_press_is_acknowledged(no_pacing, running, li, answer):
    pressed = [button.data for row in answer.rows for button in row]
    for data in pressed:
        li.presses_data(data, answer)
        await li.wait_for_toast()

    assert len(running.telegram.calls_of("answerCallbackQuery")) == len(pressed) > 3
    await running.telegram.wait_until_idle()


async def test_a_good_vote_is_thanked_for_and_kept_with_its_question(running, li, answer):
    said = answer.text
    li.presses("👍 Helpful")

    assert (await li.wait_for_toast())["text"] == "Thank you!"
    assert (await li.wait_for_edit()).buttons[:2] == ["✓ 👍 Helpful", "👎 Not helpful"]
    assert answer.text == said
    assert len(li.bot_messages) == 1
    (vote,) = running.store.feedback(10)
    assert (vote.vote, vote.reason, vote.question) == (1, None, QUESTION)
    assert "events/tea-fair.en" in vote.documents


async def test_a_bad_vote_asks_for_the_reason_and_keeps_the_one_that_is_pressed(
    running, li, answer
):
    li.presses("👎 Not helpful")
    asked = await li.wait_for_reply()
    assert (await li.wait_for_edit()).buttons[:2] == ["👍 Helpful", "✓ 👎 Not helpful"]
    li.presses("Out of date", message=asked)
    edited = await li.wait_for_edit()

    assert len(asked.earlier) == 1
    assert edited is asked
    assert "Noted" in edited.text
    assert edited.buttons == []
    (vote,) = running.store.feedback(10)
    assert (vote.vote, vote.reason) == (-1, "outdated")


async def test_a_reason_can_be_given_in_ones_own_words_and_is_masked(running, li, answer):
    li.presses("👎 Not helpful")
    asked = await li.wait_for_reply()

    li.sends("You forgot the fees, call 13800138000", reply_to=asked)

    assert "Noted" in (await li.wait_for_reply()).text
    (vote,) = running.store.feedback(10)
    assert vote.reason == "You forgot the fees, call [phone]"


async def test_a_reply_to_an_old_vote_that_cannot_be_kept_is_a_question(
    no_pacing, running, li, answer
):
    li.sends("/forget")
    await li.wait_for_reply()
    li.presses("👎 Not helpful", message=answer)
    too_old = await li.wait_for_reply()

    li.sends(QUESTION, reply_to=too_old)

    assert "too old" in too_old.text
    assert "74,600" in (await li.wait_for_reply()).text


async def test_a_vote_can_be_changed(running, li, answer):
    li.presses("👎 Not helpful", message=answer)
    await li.wait_for_edit()

    li.presses("👍 Helpful", message=answer)
    await li.wait_for_edit()

    assert answer.buttons[:2] == ["✓ 👍 Helpful", "👎 Not helpful"]
    assert [vote.vote for vote in running.store.feedback(10)] == [1]


async def test_a_vote_that_is_given_twice_changes_nothing(running, li, answer):
    li.presses("👍 Helpful", message=answer)
    await li.wait_for_edit()

    li.presses("👍 Helpful", message=answer)

    assert [(await li.wait_for_toast())["text"] for _ in range(2)] == ["Thank you!"] * 2
    assert len(running.telegram.calls_of("editMessageReplyMarkup")) == 1


async def test_in_a_group_no_vote_is_shown_to_the_others(running, telegram, li):
    group = telegram.group("Exporters", li)
    li.sends(f"@{telegram.username} {QUESTION}", to=group)
    answer = await group.wait_for_reply()

    li.presses("👍 Helpful", message=answer)

    assert (await group.wait_for_toast())["text"] == "Thank you!"
    await running.telegram.wait_until_idle()
    assert answer.buttons[0] == "👍 Helpful"
    assert [vote.vote for vote in running.store.feedback(10)] == [1]


async def test_in_a_group_the_way_into_private_comes_back_with_the_answer(running, telegram, li):
    group = telegram.group("Exporters", li)
    li.sends(f"@{telegram.username} {QUESTION}", to=group)
    answer = await group.wait_for_reply()
    buttons = answer.buttons

    li.presses("Sources", message=answer)
    await group.wait_for_edit()
    li.presses("‹ Back to the answer", message=answer)
    await group.wait_for_edit()

    assert answer.buttons == buttons
    assert "Continue in private" in buttons


async def test_sources_take_the_place_of_the_answer_and_back_brings_it_again(running, li, answer):
    li.presses("👍 Helpful")
    await li.wait_for_edit()
    said, links, buttons = answer.text, answer.entities, answer.buttons

    li.presses("Sources")
    await li.wait_for_edit()
    sources, rows = answer.text, answer.rows
    li.presses("‹ Back to the answer")
    await li.wait_for_edit()

    assert sources == "Sources\n\n[1] [2] [3] Tea fair\nMinistry of Commerce, 6 November 2025"
    assert [(button.text, button.url) for button in rows[0]] == [
        ("[1] Open", "https://www.mofcom.example/fair")
    ]
    assert [button.text for button in rows[1]] == ["‹ Back to the answer"]
    assert (answer.text, answer.entities, answer.buttons) == (said, links, buttons)
    assert len(li.bot_messages) == 1


async def test_of_a_long_answer_the_last_part_makes_way_for_the_sources(running, li):
    names = [f"Bureau {number} for " + "ships and cargo " * 12 for number in range(20)]
    sources = [{"publisher": name, "published": "2025-11-06"} for name in names]
    running.corpus.write(
        "policy/anchors.en.md", "Anchors are taxed.\n", topic="policy", sources=sources
    )
    report = running.staff.index.reindex(1, "en", no_progress)
    running.staff.index.publish(
        1, "en", report.rows[0][0].data.partition(":")[2], override="a test"
    )
    li.sends("Are anchors taxed?")
    await li.wait_for_reply()
    await running.telegram.wait_until_idle()
    last = li.bot_messages[-1]
    said = [message.text for message in li.bot_messages]
    assert len(said) > 1

    li.presses("Sources", message=last)
    await li.wait_for_edit()
    assert last.text.startswith("Sources")
    li.presses("‹ Back to the answer", message=last)
    await li.wait_for_edit()

    assert [message.text for message in li.bot_messages] == said


async def test_sources_of_a_message_that_was_deleted_are_too_old(
    running, telegram, li, answer, accept_refusals
):
    data = next(b.data for row in answer.rows for b in row if b.text == "Sources")
    li.presses_data(data, answer)
    with telegram.state.lock:
        answer.deleted = True

    assert "too old" in (await li.wait_for_reply()).text
    assert [text.partition(":")[0] for text in accept_refusals()] == ["editMessageText"]


async def test_an_answer_whose_document_changed_does_not_come_back_as_another(running, li, answer):
    li.presses("Sources")
    await li.wait_for_edit()
    running.corpus.write(
        "events/tea-fair.en.md", "The tea fair has 80,000 booths.\n", topic="events"
    )
    report = running.staff.index.reindex(1, "en", no_progress)
    running.staff.index.publish(
        1, "en", report.rows[0][0].data.partition(":")[2], override="a test"
    )

    li.presses("‹ Back to the answer")

    assert "too old" in (await li.wait_for_reply()).text


async def test_more_shows_other_documents_or_says_that_there_is_nothing(running, li, answer):
    li.presses("More")

    reply = await li.wait_for_reply()

    heading, *titles = reply.parts("bold")
    assert heading == "Related passages"
    assert 1 <= len(titles) <= 3
    assert "Tea fair" not in titles


async def test_a_suggestion_is_asked_as_if_typed(all_is_near, running, li):
    li.sends(UNKNOWN)
    offered = await li.wait_for_reply()
    title = offered.buttons[0]

    li.presses(title)
    reply = await li.wait_for_reply()

    assert title in reply.text
    assert "do not answer" not in reply.text


async def test_an_example_of_the_welcome_is_answered(running, li):
    li.sends("/start")
    welcome = await li.wait_for_reply()

    li.presses(welcome.buttons[0])
    reply = await li.wait_for_reply()

    assert reply.text
    assert welcome.buttons[0] == "Which provinces have Sino-foreign SME c…"
    assert "\n· Which provinces have Sino-foreign SME cooperation zones?\n" in welcome.text
    assert running.store.history(li.id, li.id, 3) == [
        "Which provinces have Sino-foreign SME cooperation zones?"
    ]


async def test_the_buttons_below_an_answer_work_after_a_restart(running, start_bot, li, answer):
    await running.stop()
    await start_bot()

    li.presses("Sources", message=answer)
    await li.wait_for_edit()
    li.presses("‹ Back to the answer", message=answer)

    assert "74,600" in (await li.wait_for_edit()).text


async def test_nobody_can_use_the_buttons_of_another_chat(no_pacing, running, li, wang, answer):
    wang.sends("hello")
    own = await wang.wait_for_reply()
    data = [button.data for row in answer.rows for button in row]

    for each in data:
        wang.presses_data(each, own)
        assert "按钮已失效" in (await wang.wait_for_reply()).text

    assert running.store.feedback(10) == []


@pytest.mark.parametrize(
    "data",
    (
        "zebra v: v:0123456789abcdef:7 r:x:9 q:x:y q:x:-1 l:e:x: l:q:0: c:e:0123 i:0123 g:fr "
        "x:welcome s: m: : l:e:²: q:x:²"
    ).split(),
)
async def test_a_forged_button_gets_a_word_and_does_nothing(running, li, answer, data):
    li.presses_data(data, answer)

    assert "too old" in (await li.wait_for_reply()).text
    assert running.store.feedback(10) == []
    assert running.store.language(li.id) is None


async def test_a_press_that_came_too_late_to_be_acknowledged_still_counts(
    running, li, answer, accept_refusals, slow_search
):
    li.sends(QUESTION)  # the press waits behind this question
    li.presses("👍 Helpful", message=answer)
    running.telegram.expire_queries()

    await li.wait_for_reply()
    assert (await li.wait_for_edit()).buttons[0] == "✓ 👍 Helpful"
    assert [text[:20] for text in accept_refusals()] == ["answerCallbackQuery:"]
