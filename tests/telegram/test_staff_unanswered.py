"""`/unanswered`: this week's questions by meaning; staff close, answer and export them."""

import csv
import io
from datetime import timedelta

import pytest

from bot.store import now
from bot.texts import interface

ZEBRAS, AGAIN = "Quantum teleportation of zebras?", "Teleportation of quantum zebras?"
OTHER = "Ferry timetable to Mars?"


@pytest.fixture
def ask(li):
    async def send(question, person=li):
        person.sends(question)
        return await person.wait_for_reply()

    return send


@pytest.fixture
def overview(boss):
    """`await overview()`: the message that lists all groups."""

    async def show():
        boss.sends("/unanswered")
        return await boss.wait_for_reply()

    return show


@pytest.fixture
def open_group(boss, overview):
    """`await open_group()`: the same message, with the first group in it."""

    async def show(label="1"):
        shown = await overview()
        boss.presses(label, message=shown)
        await boss.wait_for_edit()
        return shown

    return show


async def test_questions_of_one_meaning_are_counted_together_and_masked(
    office, ask, overview, wang
):
    await ask(ZEBRAS)
    await ask(AGAIN)
    await ask(AGAIN, wang)
    await ask("Zzz 13800138000 qqq?")

    lines = (await overview()).text.split("\n")

    assert lines[0] == interface("unanswered_heading", "en", count=3, groups=2)
    assert lines[2:] == [f"1. 3× [en] {AGAIN}", "2. 1× [en] Zzz [phone] qqq?"]


async def test_a_group_has_its_questions_with_reasons_and_the_nearest_documents(
    office, ask, open_group
):
    await ask("Does the tea fair teleport zebras?")
    await ask("???")

    shown = await open_group("1")

    assert interface("because_empty", "en") in shown.text
    shown = await open_group("2")
    assert "· 1× [en] Does the tea fair teleport zebras?" in shown.text
    assert interface("because_not_read", "en") in shown.text
    assert "· Tea fair\n" in shown.text.split(interface("unanswered_nearest", "en"))[1]


async def test_an_answer_in_the_documents_closes_the_group_until_it_is_asked_again(
    office, boss, ask, open_group, overview
):
    await ask("Does the tea fair teleport zebras?")
    shown = await open_group()
    boss.presses("Answered by …", message=shown)
    await boss.wait_for_edit()
    boss.presses("Tea fair", message=shown)
    await boss.wait_for_edit()
    closed = shown.text
    empty = (await overview()).text
    await ask("Does the tea fair teleport zebras?")

    assert closed.startswith(interface("closed_answered", "en", title="Tea fair"))
    assert empty == interface("unanswered_none", "en")
    assert (await overview()).text.endswith("1. 1× [en] Does the tea fair teleport zebras?")
    (row,) = office.store.unanswered(9)
    assert row.closed_by == "events/tea-fair"
    assert "close" in [action.action for action in office.store.staff_actions(9)]


async def test_documents_further_away_can_be_chosen_as_well(office, boss, ask, open_group):
    await ask("Does the tea fair teleport zebras?")
    shown = await open_group()
    boss.presses("Answered by …", message=shown)
    await boss.wait_for_edit()
    first = shown.buttons
    boss.presses("Next ›", message=shown)
    await boss.wait_for_edit()
    second = shown.buttons

    boss.presses(second[0], message=shown)
    await boss.wait_for_edit()

    assert len(first) == 8  # six documents, the next page, all questions
    assert not set(first[:6]) & set(second)
    assert shown.text.startswith(interface("closed_answered", "en", title=second[0]))


async def test_long_questions_are_cut_in_the_list_and_whole_in_the_file(
    office, boss, ask, overview
):
    question = f"Zebras {'teleport ' * 40}?"
    await ask(question)
    shown = await overview()
    boss.presses("As a file (CSV)", message=shown)

    file = (await boss.wait_for_reply()).file.content.decode("utf-8-sig")

    assert f"{question[:200]}…" in shown.text
    assert question in file


async def test_what_is_out_of_scope_closes_the_group_and_no_other(
    office, boss, ask, open_group, overview
):
    for question in (ZEBRAS, ZEBRAS, AGAIN, OTHER):
        await ask(question)
    shown = await open_group()

    boss.presses("Out of scope", message=shown)
    await boss.wait_for_edit()

    assert shown.text.startswith(interface("closed_out_of_scope", "en"))
    assert (await overview()).text.endswith(f"\n1. 1× [en] {OTHER}")


async def test_a_group_that_was_closed_meanwhile_is_said_to_be(office, boss, ask, open_group):
    await ask(ZEBRAS)
    shown = await open_group()
    office.store.open_questions.close([row.id for row in office.store.unanswered(9)], "")

    boss.presses("Out of scope", message=shown)
    await boss.wait_for_edit()

    assert shown.text == interface("closed_already", "en")


async def test_only_the_last_week_is_listed_and_counted(office, ask, overview):
    for question in (ZEBRAS, OTHER, OTHER):
        await ask(question)
    old = str(now() - timedelta(days=8))
    with office.store._write() as session:
        connection = session.connection()
        connection.exec_driver_sql("UPDATE unanswered SET created = ? WHERE id = 1", (old,))
        connection.exec_driver_sql(
            "UPDATE answers SET created = ? WHERE answer_id = (SELECT min(answer_id) FROM answers"
            " WHERE question = ?)",
            (old, OTHER),
        )

    assert (await overview()).text.split("\n")[2:] == [f"1. 1× [en] {OTHER}"]


async def test_what_is_forgotten_is_not_listed(office, li, ask, overview):
    await ask(ZEBRAS)
    await ask("/forget")

    assert (await overview()).text == interface("unanswered_none", "en")


async def test_the_file_holds_all_questions_and_no_formula(office, boss, ask, overview):
    for question in (ZEBRAS, AGAIN, "=HYPERLINK(13800138000) qqq?"):
        await ask(question)
    shown = await overview()
    boss.presses("As a file (CSV)", message=shown)

    file = (await boss.wait_for_reply()).file

    heading, *rows = csv.reader(io.StringIO(file.content.decode("utf-8-sig")))
    assert file.name == "unanswered.csv"
    assert len(heading) == 7
    assert {row[3] for row in rows} == {ZEBRAS, AGAIN, "'=HYPERLINK([phone]) qqq?"}
    assert [row[0] for row in rows] == ["1", "1", "2"]


@pytest.fixture
async def staffed(start_bot, telegram, boss):
    """The bot with a group of staff that questions are passed on to, and the group."""
    group = telegram.group("Staff", boss)
    await start_bot(staff_ids={boss.id}, handover_chat_id=group.chat_id)
    return group


async def test_who_passed_the_question_on_gets_a_reply_and_nobody_else(
    staffed, boss, li, wang, ask, open_group
):
    await ask(ZEBRAS, wang)
    answer = await ask(AGAIN)
    li.presses("Pass my question on to a person", message=answer)
    li.presses("Pass on", message=await li.wait_for_reply())
    await li.wait_for_edit()
    await staffed.wait_for_reply()
    shown = await open_group()

    boss.presses("Reply to who asked (1)", message=shown)
    posted = await boss.wait_for_reply()
    waiting = await staffed.wait_for_reply()
    boss.sends("Zebras stay where they are.", to=staffed, reply_to=waiting)
    got = await li.wait_for_reply()

    assert posted.text == interface("reply_posted", "en", count=1)
    assert AGAIN in waiting.text
    assert got.text.endswith("Zebras stay where they are.")
    assert len(wang.bot_messages) == 1


async def test_nobody_is_replied_to_who_did_not_pass_it_on(staffed, ask, open_group):
    await ask(ZEBRAS)

    shown = await open_group()

    assert not any("Reply" in label for label in shown.buttons)


async def test_others_get_nothing_from_the_buttons(office, boss, li, ask, overview):
    await ask(ZEBRAS)
    await overview()
    li.sends("/help")
    shown = await li.wait_for_reply()

    for data in ("k:u:", "k:g:1", "k:o:1", "k:x:", "k:f:0"):
        li.presses_data(data, shown)
        assert "no such command" in (await li.wait_for_reply()).text
    assert office.store.unanswered(9)[0].closed is None
