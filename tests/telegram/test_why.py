"""The button "Why": staff see in their own chat how an answer came about; nobody else does."""

import asyncio
from datetime import timedelta

import pytest

from bot.texts import interface
from index import build
from index.encoder import no_progress
from index.testing import HashingEncoder

QUESTION = "How many booths has the tea fair?"
UNKNOWN = "Quantum teleportation of zebras?"
BUTTON = interface("why_button", "en")
CHANGED = interface("why_changed", "en")


@pytest.fixture
def why(boss):
    """`await why(question, reply_to=...)`: the answer to staff, and its explanation."""

    async def ask(question, **options):
        boss.sends(question, **options)
        answer = await boss.wait_for_reply()
        boss.presses(BUTTON, message=answer)
        return answer, (await boss.wait_for_reply()).text

    return ask


def _why_data(message):
    """What the button carries, or would carry below this answer."""
    data = [button.data for row in message.rows for button in row if button.data]
    return next(f"w:{each.removeprefix('s:')}" for each in data if each.startswith("s:"))


@pytest.mark.parametrize("question", [QUESTION, UNKNOWN, "Hello!"])
async def test_only_staff_have_the_button(office, boss, li, question):
    for person in (boss, li):
        person.sends(question)

    assert BUTTON in (await boss.wait_for_reply()).buttons
    assert BUTTON not in (await li.wait_for_reply()).buttons


async def test_nobody_has_the_button_in_a_group(office, telegram, boss, li):
    group = telegram.group("Trade", li, boss)

    boss.sends(f"@sme_test_bot {QUESTION}", to=group)

    assert BUTTON not in (await group.wait_for_reply()).buttons


async def test_the_reason_comes_first_with_the_step_that_decided(office, why):
    _, answered = await why(QUESTION)
    _, refused = await why(UNKNOWN)

    assert answered.startswith("Answered: ")
    assert "(step choose_quotes, confidence" in answered
    assert refused.startswith("Not answered: ")
    assert "(step decide, confidence 0.10 < 0.50)" in refused
    assert CHANGED not in answered + refused


async def test_staff_who_speak_chinese_are_told_in_chinese(office, boss):
    office.store.set_language(boss.id, "zh")
    boss.sends(UNKNOWN)
    answer = await boss.wait_for_reply()

    boss.presses("为什么", message=answer)

    assert (await boss.wait_for_reply()).text.startswith("未回答：")


async def test_an_explanation_counts_as_no_question(office, boss, why):
    await why(UNKNOWN)

    assert office.store.history(boss.id, boss.id, 9) == [UNKNOWN]
    assert [row.times for row in office.store.unanswered(9)] == [1]


async def test_a_follow_up_is_explained_in_its_conversation(office, boss, why):
    boss.sends(QUESTION)
    await boss.wait_for_reply()
    boss.sends("And from where?")
    answer = await boss.wait_for_reply()
    boss.sends("Where does the silk park lie?")
    await boss.wait_for_reply()

    boss.presses(BUTTON, message=answer)
    text = (await boss.wait_for_reply()).text

    assert "Kenya" in answer.text
    assert text.startswith("Answered: ")
    assert CHANGED not in text


async def test_a_reply_is_explained_from_what_it_replied_to(office, boss, why):
    boss.sends(QUESTION)
    about_tea = await boss.wait_for_reply()
    boss.sends("Where does the silk park lie?")
    await boss.wait_for_reply()

    answer, text = await why("And from where?", reply_to=about_tea)

    assert "Kenya" in answer.text
    assert CHANGED not in text


async def test_an_answer_is_explained_as_of_its_day(office, boss):
    boss.sends("What does the harbour rebate refund?")
    answer = await boss.wait_for_reply()
    office.today -= timedelta(days=100)  # it had not expired then

    boss.presses(BUTTON, message=answer)

    assert CHANGED not in (await boss.wait_for_reply()).text


async def test_it_is_said_where_the_documents_have_changed_since(office, boss):
    boss.sends(QUESTION)
    answer = await boss.wait_for_reply()
    for language in ("en", "zh"):
        (office.corpus.directory / f"events/tea-fair.{language}.md").unlink()
    where = (office.corpus.directory,), office.settings.data_dir
    build(*where, HashingEncoder(), no_progress, override="a test")
    await asyncio.to_thread(office.live.follow)

    boss.presses(BUTTON, message=answer)

    assert (await boss.wait_for_reply()).text.startswith(CHANGED)


async def test_a_press_by_others_explains_nothing(office, boss, li):
    boss.sends(QUESTION)
    data = _why_data(await boss.wait_for_reply())
    li.sends("/help")
    shown = await li.wait_for_reply()

    li.presses_data(data, shown)

    assert "no such command" in (await li.wait_for_reply()).text


async def test_staff_are_not_told_of_the_questions_of_others(office, boss, li):
    li.sends(QUESTION)
    data = _why_data(await li.wait_for_reply())
    boss.sends("/help")
    shown = await boss.wait_for_reply()

    boss.presses_data(data, shown)

    assert "too old" in (await boss.wait_for_reply()).text


async def test_staff_are_told_nothing_in_a_group(office, telegram, boss, li):
    group = telegram.group("Trade", li, boss)
    boss.sends(f"@sme_test_bot {QUESTION}", to=group)
    answer = await group.wait_for_reply()

    boss.presses_data(_why_data(answer), answer)

    assert "too old" in (await group.wait_for_reply()).text


async def test_what_is_forgotten_cannot_be_explained(office, boss):
    boss.sends(QUESTION)
    answer = await boss.wait_for_reply()
    boss.sends("/forget")
    await boss.wait_for_reply()

    boss.presses(BUTTON, message=answer)

    assert "too old" in (await boss.wait_for_reply()).text


async def test_an_explanation_is_never_logged(office, why, caplog):
    with caplog.at_level("DEBUG", logger="bot"):
        _, text = await why(QUESTION)

    assert text
    assert QUESTION not in caplog.text
    assert text.splitlines()[0] not in caplog.text
