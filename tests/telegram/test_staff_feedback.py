"""`/feedback`: each vote with question, answer, cited documents, reason, and the way to it."""

import pytest

from bot.texts import interface

QUESTION = "How many booths has the tea fair?"
ERASED = interface("feedback_erased", "en")
NOT_KEPT = interface("answer_not_kept", "en", days=90)


@pytest.fixture
def vote(li):
    """`await vote(question, button)`: Li asks and votes; the answer."""

    async def ask_and_vote(question=QUESTION, button="👎 Not helpful", reason=None):
        li.sends(question)
        answer = await li.wait_for_reply()
        li.presses(button, message=answer)
        await li.wait_for_toast()
        why = await li.wait_for_reply() if button.startswith("👎") else None
        if reason:
            li.presses(reason, message=why)
            await li.wait_for_edit()
            await li.wait_for_edit()
        return answer

    return ask_and_vote


@pytest.fixture
def feedback(boss):
    async def show():
        boss.sends("/feedback")
        return await boss.wait_for_reply()

    return show


async def test_without_votes_it_says_so(office, feedback):
    assert (await feedback()).text == interface("feedback_none", "en")


async def test_a_vote_stands_with_question_answer_documents_and_reason(office, vote, feedback):
    await vote(reason="Incomplete")

    text = (await feedback()).text

    assert text.startswith("👎 1 of 1, ")
    assert "\nReason: Incomplete\n" in text
    assert f"\nQuestion: {QUESTION}\n" in text
    assert "The tea fair has 74,600 booths." in text
    assert "Cited documents:\n· Tea fair (events/tea-fair.en)\n\nAnswer " in text


async def test_documents_that_were_only_found_are_not_named(office, vote, feedback):
    answer = await vote()

    assert "Spice fair" not in (await feedback()).text
    assert "More" in answer.buttons  # others were found


async def test_what_was_voted_before_is_told(office, li, vote, feedback):
    answer = await vote(button="👍 Helpful")
    li.presses("👎 Not helpful", message=answer)
    await li.wait_for_reply()

    text = (await feedback()).text

    assert text.startswith("👎 ")
    assert "\nVoted before: 👍 " in text


async def test_votes_are_turned_like_pages_the_newest_first(office, boss, vote, feedback):
    await vote()
    await vote("Where does the silk park lie?", "👍 Helpful")
    shown = await feedback()
    first = shown.text

    boss.presses("Next ›", message=shown)
    await boss.wait_for_edit()
    second = shown.text
    boss.presses("‹ Back", message=shown)
    await boss.wait_for_edit()

    assert first.startswith("👍 1 of 2, ")
    assert second.startswith("👎 2 of 2, ")
    assert shown.text == first


async def test_the_trace_of_an_answer_to_somebody_else_opens(office, boss, vote, feedback):
    await vote()
    shown = await feedback()

    boss.presses("Why", message=shown)
    text = (await boss.wait_for_reply()).text

    assert text.startswith("Answered: ")
    assert "(step choose_quotes, confidence" in text
    assert interface("why_changed", "en") not in text
    assert office.store.history(boss.id, boss.id, 9) == []


async def test_a_follow_up_is_traced_in_its_conversation(office, boss, li, vote, feedback):
    li.sends(QUESTION)
    await li.wait_for_reply()
    await vote("And from where?")
    shown = await feedback()

    boss.presses("Why", message=shown)
    text = (await boss.wait_for_reply()).text

    assert text.startswith("Answered: ")
    assert interface("why_changed", "en") not in text


async def test_of_what_was_forgotten_nothing_is_left_to_show(
    office, telegram, boss, li, wang, feedback
):
    group = telegram.group("Trade", li, wang)
    li.sends(f"@sme_test_bot {QUESTION}", to=group)
    answer = await group.wait_for_reply()
    wang.presses("👎 Not helpful", message=answer)
    await group.wait_for_toast()
    shown = await feedback()
    li.sends("/forget")
    await li.wait_for_reply()

    boss.presses("Why", message=shown)
    gone = (await boss.wait_for_reply()).text
    text = (await feedback()).text

    assert gone == NOT_KEPT
    assert ERASED in text
    assert NOT_KEPT in text
    assert "74,600" not in text


async def test_an_old_button_of_a_vote_in_a_group_shows_nothing(office, telegram, boss, li):
    group = telegram.group("Trade", li, boss)
    li.sends(f"@sme_test_bot {QUESTION}", to=group)
    answer = await group.wait_for_reply()

    boss.presses_data("k:f:0", answer)

    assert "only in a private chat" in (await group.wait_for_reply()).text
