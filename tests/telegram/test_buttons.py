"""The buttons below messages: votes, reasons, sources, more, suggestions, examples."""

import pytest

QUESTION = "How many booths has the tea fair?"
UNKNOWN = "Quantum teleportation of zebras?"


@pytest.fixture
async def answer(running, li):
    """An answer that Li got."""
    li.sends(QUESTION)
    return await li.wait_for_reply()


async def test_every_press_is_acknowledged(no_pacing, running, li, answer):
    for button in answer.buttons:
        li.presses(button, message=answer)
        await li.wait_for_toast()

    assert len(running.telegram.calls_of("answerCallbackQuery")) == len(answer.buttons)
    await running.telegram.wait_until_idle()


async def test_a_good_vote_is_thanked_for_and_kept_with_its_question(running, li, answer):
    li.presses("👍 Helpful")

    assert (await li.wait_for_reply()).text == "Thank you!"
    (vote,) = running.store.feedback(10)
    assert (vote.vote, vote.reason, vote.question) == (1, None, QUESTION)
    assert "events/tea-fair.en" in vote.documents


async def test_a_bad_vote_asks_for_the_reason_and_keeps_the_one_that_is_pressed(
    running, li, answer
):
    li.presses("👎 Not helpful")
    asked = await li.wait_for_reply()
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
    await li.wait_for_reply()

    li.presses("👍 Helpful", message=answer)
    await li.wait_for_reply()

    assert [vote.vote for vote in running.store.feedback(10)] == [1]


async def test_sources_shows_the_quotes_again(running, li, answer):
    li.presses("Sources")

    reply = await li.wait_for_reply()

    assert reply.parts("bold") == ["Sources"]
    assert "“The tea fair has 74,600 booths.”" in reply.text


async def test_more_shows_other_documents_or_says_that_there_is_nothing(running, li, answer):
    li.presses("More")

    reply = await li.wait_for_reply()

    heading, *titles = reply.parts("bold")
    assert heading == "Related passages"
    assert 1 <= len(titles) <= 3
    assert "Tea fair" not in titles


async def test_a_suggestion_is_asked_as_if_typed(running, li):
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
    assert running.store.history(li.id, li.id, 3) == [welcome.buttons[0]]


async def test_the_buttons_below_an_answer_work_after_a_restart(running, start_bot, li, answer):
    await running.stop()
    await start_bot()

    li.presses("Sources", message=answer)

    assert "74,600" in (await li.wait_for_reply()).text


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
    assert (await li.wait_for_reply()).text == "Thank you!"
    assert [text[:20] for text in accept_refusals()] == ["answerCallbackQuery:"]
