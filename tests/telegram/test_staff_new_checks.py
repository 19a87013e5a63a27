"""Staff make checks of answers: they look at each before it is written, whole and once."""

import pytest

from bot.checks.loading import load_checks
from bot.texts import interface

QUESTION = "How many booths has the tea fair?"
QUOTE = "The tea fair has 74,600 booths."
BUTTON = interface("check_button", "en")
UNKNOWN = "Does the tea fair teleport zebras?"


@pytest.fixture
def checks(office):
    """`checks()`: what was written."""

    def read():
        folder = office.corpus.directory / "checks"
        return load_checks([folder]) if folder.is_dir() else []

    return read


@pytest.fixture
def begin(boss):
    """`await begin(question)`: what staff are shown who make a check of their own answer."""

    async def ask(question=QUESTION):
        boss.sends(question)
        boss.presses(BUTTON, message=await boss.wait_for_reply())
        return await boss.wait_for_reply()

    return ask


async def test_only_staff_have_the_button(office, boss, li):
    for person in (boss, li):
        person.sends(QUESTION)

    assert BUTTON in (await boss.wait_for_reply()).buttons
    assert BUTTON not in (await li.wait_for_reply()).buttons


async def test_an_answer_becomes_a_check_once_staff_have_seen_it(office, boss, begin, checks):
    shown = await begin()
    before = checks()

    boss.presses("Write it", message=shown)
    await boss.wait_for_edit()

    assert before == []
    (check,) = checks()
    assert (check.question, check.language, check.topic) == (QUESTION, "en", "events")
    assert (check.status, check.cite) == (("answered",), ("events/tea-fair",))
    assert check.say[0] == (QUOTE,)
    assert check.as_of == office.today
    assert check.expected_failure is None
    assert shown.text == interface("check_written", "en", path=f"added/{check.id}.yaml")
    assert "check add" in [action.action for action in office.store.staff_actions(9)]


async def test_what_is_shown_is_what_is_written(office, boss, begin):
    text = (await begin()).text

    assert QUESTION in text
    assert "As of: 15 February 2026" in text
    assert "Must cite: events/tea-fair" in text
    assert f"Must say: “{QUOTE}”" in text


async def test_the_quotes_may_be_left_out(office, boss, begin, checks):
    shown = await begin()

    boss.presses("Write it without the quotes", message=shown)
    await boss.wait_for_edit()

    assert [check.say for check in checks()] == [()]


async def test_a_follow_up_is_asked_in_its_conversation(office, boss, begin, checks):
    boss.sends(QUESTION)
    await boss.wait_for_reply()
    shown = await begin("And from where?")

    boss.presses("Write it", message=shown)
    await boss.wait_for_edit()

    (check,) = checks()
    assert (check.history, check.kind) == ((QUESTION,), "follow-up")


async def test_after_a_thumb_down_the_right_document_is_asked_for(office, boss, li, checks):
    li.sends(QUESTION)
    li.presses("👎 Not helpful", message=await li.wait_for_reply())
    await li.wait_for_reply()
    boss.sends("/feedback")
    boss.presses(BUTTON, message=await boss.wait_for_reply())
    shown = await boss.wait_for_reply()
    asked, choices = shown.text, shown.buttons
    boss.presses("Silk park", message=shown)
    await boss.wait_for_edit()
    draft = shown.text

    boss.presses("Write it", message=shown)
    await boss.wait_for_edit()

    assert asked == interface("check_which", "en", question=QUESTION)
    assert "Tea fair" in choices
    assert "Must cite: zones/silk-park" in draft
    assert "It fails today" in draft
    (check,) = checks()
    assert (check.cite, check.topic) == (("zones/silk-park",), "zones")
    assert check.expected_failure == "not cited: zones/silk-park"


async def test_a_question_without_an_answer_may_be_one_that_has_none(office, boss, begin, checks):
    shown = await begin(UNKNOWN)
    boss.presses(interface("check_not_held_button", "en"), message=shown)
    await boss.wait_for_edit()

    boss.presses("Write it", message=shown)
    await boss.wait_for_edit()

    assert [(check.status, check.cite) for check in checks()] == [(("not_in_documents",), ())]


async def test_an_answer_is_one_check_and_no_more(office, boss, begin, checks):
    shown = await begin()
    data = next(button.data for row in shown.rows for button in row if button.text == "Write it")
    boss.presses_data(data, shown)
    await boss.wait_for_edit()
    (check,) = checks()

    boss.presses_data(data, shown)
    again = (await boss.wait_for_reply()).text

    assert "is a check already" in again
    assert checks() == [check]


async def test_small_talk_is_no_check(office, boss, begin):
    text = (await begin("Hello!")).text

    assert text == interface("answer_not_kept", "en", days=90)


async def test_where_it_cannot_be_written_staff_are_told_why(office, boss, begin, checks):
    office.corpus.write_raw("checks", "a file where the folder should be")
    shown = await begin()

    boss.presses("Write it", message=shown)
    said = (await boss.wait_for_reply()).text

    assert said.startswith("That did not work: ")
    assert "SMEBOT_CHECK_DIRS" in said


async def test_checks_that_were_added_are_run(office, boss, begin):
    shown = await begin()
    boss.presses("Write it", message=shown)
    await boss.wait_for_edit()
    boss.sends("/check")
    await boss.wait_for_reply()

    assert (await boss.wait_for_reply()).text == "1 passed, 0 known failures, 0 new"
