"""Staff's commands: who has them; look, run the checks."""

import json

import pytest

from bot.chat.staff_handlers import COMMANDS
from tests.telegram.fake import content

QUESTION = "How many booths has the tea fair?"


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_staff_command_does_not_exist_for_others(office, li, command):
    li.sends(f"/{command}")

    assert "no such command" in (await li.wait_for_reply()).text
    assert office.store.staff_actions(10) == []


@pytest.mark.parametrize("data", ["p:20261123T005107682928-23cd0b43", "b:"])
async def test_staffs_buttons_do_nothing_for_others(office, li, data):
    before = office.snapshots.current_id()
    li.sends("/help")
    message = await li.wait_for_reply()

    li.presses_data(data, message)

    assert "no such command" in (await li.wait_for_reply()).text
    assert office.snapshots.current_id() == before
    assert office.store.staff_actions(10) == []


async def test_only_staff_see_staffs_commands(office, boss, li):
    assert set(COMMANDS) < set(boss.sees_commands())
    assert not set(COMMANDS) & set(li.sees_commands())
    boss.sends("/help")
    li.sends("/help")
    assert "/reindex" in (await boss.wait_for_reply()).text
    assert "/reindex" not in (await li.wait_for_reply()).text


async def test_a_staff_member_who_never_wrote_stops_nothing(
    start_bot, telegram, li, accept_refusals
):
    await start_bot(staff_ids={4711})

    assert {refused.partition(":")[0] for refused in accept_refusals()} == {"setMyCommands"}
    li.sends(QUESTION)
    assert "74,600" in (await li.wait_for_reply()).text


async def test_status_tells_index_queue_unanswered_and_errors(office, boss, li):
    li.sends("Quantum teleportation of zebras?")
    await li.wait_for_reply()
    office.staff.errors.append("ZeroDivisionError")

    boss.sends("/status")
    text = (await boss.wait_for_reply()).text
    office.staff.errors.clear()

    assert office.snapshots.current_id() in text
    assert "15 documents" in text
    assert "1 unanswered today" in text
    assert "ZeroDivisionError" in text


@pytest.fixture
def write_checks(office):
    """`write_checks(**status)`: a check of each id, which wants an answer of that status."""

    def write(**wanted):
        entry = {"question": "Who painted the Mona Lisa?", "language": "en"}
        checks = [entry | {"id": name, "status": status} for name, status in wanted.items()]
        content = json.dumps({"as_of": "2026-02-15", "checks": checks})
        office.corpus.write_raw("checks/a.yaml", content)

    return write


RIGHT, WRONG = "not_in_documents", "declined"


async def test_checks_come_as_sums_and_a_page(office, boss, write_checks):
    write_checks(one=RIGHT, two=WRONG)
    boss.sends("/check")
    shown = await boss.wait_for_reply()

    report = await boss.wait_for_reply()

    assert shown.earlier == ["Running the checks…"]
    assert shown.text == "Running the checks: 2/2"
    assert report.text == "1 passed, 0 known failures, 1 new"
    assert report.file.name == "checks.html"
    assert "Who painted the Mona Lisa?" in report.file.content.decode()


async def test_what_changed_since_the_last_checks_stands_above_the_sums(
    office, boss, write_checks
):
    many = {f"check-{n}": RIGHT for n in range(8)}
    for wanted in ({"mended": WRONG} | many, {"mended": RIGHT} | dict.fromkeys(many, WRONG)):
        write_checks(**wanted)
        boss.sends("/check")
        await boss.wait_for_reply()
        report = await boss.wait_for_reply()

    assert report.text.splitlines() == [
        "Newly failing: check-0, check-1, check-2, check-3, check-4, check-5 … +2",
        "Newly passing: mended",
        "1 passed, 0 known failures, 8 new",
    ]


async def test_checks_are_reported_although_their_results_cannot_be_kept(
    office, boss, write_checks, monkeypatch
):
    def no_space(*_):
        raise OSError(28, "No space left on device")

    write_checks(one=RIGHT)
    monkeypatch.setattr("bot.checks.last_run.replace_text", no_space)
    boss.sends("/check")
    await boss.wait_for_reply()

    assert (await boss.wait_for_reply()).text == "1 passed, 0 known failures, 0 new"


async def test_checks_that_cannot_be_read_are_not_called_a_failed_build(office, boss):
    boss.sends("/check")
    await boss.wait_for_reply()

    text = (await boss.wait_for_reply()).text

    assert "checks" in text
    assert "build failed" not in text


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_staff_command_that_somebody_else_wrote_is_not_carried_out(office, boss, command):
    boss.forwards(f"/{command}")

    assert "Forwarded commands are not carried out" in (await boss.wait_for_reply()).text
    assert office.store.staff_actions(10) == []


async def test_a_staff_command_by_way_of_another_bot_is_not_carried_out(office, boss):
    other = {"id": 4712, "is_bot": True, "first_name": "Other", "username": "other_bot"}
    boss.sends_raw({**content.text("/rollback"), "via_bot": other})

    assert "not carried out" in (await boss.wait_for_reply()).text
    assert office.store.staff_actions(10) == []


async def test_a_staff_command_below_a_picture_is_to_be_sent_as_text(office, boss):
    boss.sends_photo("/rollback")

    assert "as a text message" in (await boss.wait_for_reply()).text
    assert office.store.unanswered(3) == []


@pytest.mark.parametrize("command", ["unanswered", "feedback"])
async def test_what_people_asked_is_shown_in_private_only(office, telegram, boss, li, command):
    li.sends("Quantum teleportation of zebras?")
    await li.wait_for_reply()
    group = telegram.group("Trade", li, boss)

    boss.sends(f"/{command}@sme_test_bot", to=group)
    in_group = (await group.wait_for_reply()).text
    boss.sends(f"/{command}")
    in_private = (await boss.wait_for_reply()).text

    assert "only in a private chat" in in_group
    assert "zebras" not in in_group
    assert in_private != in_group
    assert ("zebras" in in_private) == (command == "unanswered")


async def test_in_a_group_staff_are_told_how_the_bot_is(office, telegram, boss, li):
    group = telegram.group("Trade", li, boss)

    boss.sends("/status@sme_test_bot", to=group)

    assert "15 documents" in (await group.wait_for_reply()).text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("[1087968824]", "every anonymous administrator"),
        ("[11, 136817688]", "any channel"),
        ("[777000]", "Telegram itself"),
        ("[-1001234]", "above 0"),
        ("[0]", "above 0"),
    ],
)
def test_who_stands_for_many_is_no_staff(smebot, monkeypatch, value, words):
    monkeypatch.setenv("SMEBOT_STAFF_IDS", value)

    smebot("doctor").assert_error("SMEBOT_STAFF_IDS", words, "correct it", code=2)
