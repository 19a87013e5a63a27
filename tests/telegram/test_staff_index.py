"""`/reindex` and `/rollback`: build aside, review, publish, discard, go back."""

import asyncio
import json
import threading
import time

import pytest

from index import build
from index.build_lock import only_builder
from index.encoder import no_progress

QUESTION = "How many booths has the tea fair?"
NEW_DOCUMENT = ("zones/jade-park.en.md", "The jade park lies in Hotan.")
WHERE = "Where lies the jade park?"


@pytest.fixture
def add_document(office):
    """A new document lies in the corpus, not yet indexed."""
    return office.corpus.write(*NEW_DOCUMENT, title="Jade park", topic="zones")


@pytest.fixture
def add_check(office):
    """The only canned check is about the jade park, and fails as soon as that is known."""
    check = {"id": "jade-park", "question": WHERE, "language": "en", "never_say": ["Hotan"]}
    check |= {"status": ["answered", "not_in_documents"], "as_of": "2026-02-15"}
    office.corpus.write_raw("checks/a.yaml", json.dumps({"checks": [check]}))


async def reindexed(person):
    """The report of `/reindex`, after the message that tells how far it is."""
    person.sends("/reindex")
    await person.wait_for_reply()
    return await person.wait_for_reply(timeout_s=20)


async def published(person, report, reason="they are known"):
    """What the bot says to a publication that needs a reason: the documents here have errors."""
    person.presses("Publish all the same", message=report)
    asked = await person.wait_for_reply()
    person.sends(reason, reply_to=asked)
    return await person.wait_for_reply()


async def test_reindexing_reports_and_publishes_only_at_a_press(office, boss, li, add_document):
    boss.sends("/reindex")
    shown = await boss.wait_for_reply()
    report = await boss.wait_for_reply()
    before = office.snapshots.current_id()
    li.sends(WHERE)
    first = await li.wait_for_reply()
    said = await published(boss, report)
    li.sends(WHERE)
    second = await li.wait_for_reply()

    assert shown.earlier[0] == "Building the index…"
    assert "1 added, 0 changed, 0 removed" in report.text
    assert "Passages: 1 new, 178 unchanged, 0 dropped." in report.text
    assert "Hotan" not in first.text
    assert said.text.startswith("Published")
    assert "(16 documents)" in said.text
    assert office.snapshots.current_id() != before
    assert "Hotan" in second.text


async def test_the_report_comes_with_a_page_of_answers_side_by_side(
    office, boss, li, add_document
):
    li.sends(f"{WHERE} I am on 13800138000")
    await li.wait_for_reply()

    report = await reindexed(boss)

    page = report.file.content.decode()
    assert report.file.name == "review.html"
    assert "zones/jade-park.en" in page
    assert f"{WHERE} I am on [phone]" in page
    assert "13800138000" not in page
    assert "1 questions compared; 1 more answers would differ." in report.text


@pytest.mark.usefixtures("add_document", "add_check")
async def test_of_the_same_two_snapshots_checks_are_asked_once(office):
    asked: list[tuple[int, int]] = []

    for _ in range(2):
        office.staff.index.reindex(
            1, "en", no_progress, comparing=lambda *done: asked.append(done)
        )

    assert asked == [(1, 1)]


async def test_what_people_asked_is_not_shown_in_a_group(office, boss, li, add_document):
    li.sends(f"{WHERE} Please")
    await li.wait_for_reply()
    staff_room = office.telegram.group("Staff", boss)

    boss.sends("/reindex", to=staff_room)
    await staff_room.wait_for_reply()
    report = await staff_room.wait_for_reply()

    assert "Please" not in report.file.content.decode()
    assert "0 questions compared" in report.text


async def test_a_check_that_would_break_is_named_and_needs_a_reason(
    office, boss, add_document, add_check
):
    before = office.snapshots.current_id()

    report = await reindexed(boss)
    snapshot = office.snapshots.ids()[-1]
    refused = office.staff.index.publish(boss.id, "en", snapshot)
    still = office.snapshots.current_id()
    await published(boss, report, reason="the check is outdated")

    assert "Checks that pass now and would fail (1): jade-park" in report.text
    assert "check jade-park passes now and would fail: said: Hotan" in refused.text.text
    assert still == before
    entry = office.snapshots.log.entries()[-1]
    assert (entry.by, entry.snapshot) == (f"Telegram {boss.id}", snapshot)
    assert (entry.failing, entry.override) == (1, "the check is outdated")


async def test_only_staff_give_the_reason(office, boss, li, add_document):
    before = office.snapshots.current_id()
    room = office.telegram.group("Room", boss, li)
    boss.sends("/reindex", to=room)
    await room.wait_for_reply()
    report = await room.wait_for_reply()
    boss.presses("Publish all the same", message=report)
    asked = await room.wait_for_reply()

    li.sends("because I say so", to=room, reply_to=asked)
    await room.wait_for_reply()
    still = office.snapshots.current_id()
    boss.sends("because it is right", to=room, reply_to=asked)
    said = await room.wait_for_reply()

    assert still == before
    assert said.text.startswith("Published")


async def test_a_build_can_be_discarded(office, boss, add_document):
    before = office.snapshots.ids()
    report = await reindexed(boss)

    boss.presses("Discard", message=report)
    said = await boss.wait_for_reply()
    boss.presses("Discard", message=report)
    again = await boss.wait_for_reply()

    assert said.text.startswith("Discarded")
    assert "discarded already" in again.text
    assert office.snapshots.ids() == before


async def test_who_wants_to_build_meanwhile_is_told_who_does_since_when(
    telegram, start_bot, boss, monkeypatch
):
    chen = telegram.user("Chen", started=True)
    office = await start_bot(staff_ids={boss.id, chen.id})
    may_end = threading.Event()

    def slow(*arguments, **options):
        with only_builder(office.settings.data_dir, options["by"]):
            assert may_end.wait(30)
        return build(*arguments, **options)

    monkeypatch.setattr("bot.chat.staff_index.build", slow)
    boss.sends("/reindex")
    await boss.wait_for_reply()
    chen.sends("/reindex")
    shown = await chen.wait_for_reply()
    await chen.wait_for_edit()
    may_end.set()
    await boss.wait_for_edit()

    assert shown.text.startswith("Boss has been building the index since 20")


async def test_a_build_that_was_interrupted_is_resumed_and_told(office, boss, add_document):
    with pytest.raises(OSError, match="full"), only_builder(office.settings.data_dir, "somebody"):
        raise OSError("the disk is full")

    first, second = await reindexed(boss), await reindexed(boss)

    assert "The build before (somebody, 20" in first.text
    assert "interrupted" not in second.text


async def test_the_first_question_after_a_publication_waits_for_nothing(
    office, li, add_document, monkeypatch
):
    """What is published from the command line is opened and warmed aside."""
    opens, may_end, make = threading.Event(), threading.Event(), office.live._make

    def slow():
        opens.set()
        assert may_end.wait(10)
        return make()

    office.staff.index.reindex(1, "en", no_progress)
    monkeypatch.setattr(office.live, "_make", slow)
    office.snapshots.publish(office.snapshots.ids()[-1], override="a test")
    li.sends(QUESTION)
    first = await li.wait_for_reply(timeout_s=3)
    is_opening = opens.is_set()
    may_end.set()
    while office.live._served != office.snapshots.current_id():
        await asyncio.sleep(0.01)
    li.sends(WHERE)

    assert "74,600" in first.text
    assert is_opening
    assert "Hotan" in (await li.wait_for_reply()).text


async def test_a_publication_can_be_rolled_back_by_its_button_and_by_command(
    office, boss, li, add_document
):
    before = office.snapshots.current_id()
    report = await reindexed(boss)
    await published(boss, report)

    boss.presses("Roll back to the one before")
    rolled_back = await boss.wait_for_reply()
    li.sends("Where lies the jade park?")
    answer = await li.wait_for_reply()
    boss.presses("Roll back to the one before")
    pressed_again = await boss.wait_for_reply()
    boss.sends("/rollback")
    nothing_left = await boss.wait_for_reply()

    assert "is not served any more" in pressed_again.text
    assert "Rolled back" in rolled_back.text
    assert "the next /reindex takes them in again" in rolled_back.text
    assert office.snapshots.current_id() == before
    assert "Hotan" not in answer.text
    assert "nothing to roll back to" in nothing_left.text


async def test_reasons_are_told_in_the_language_of_who_is_told(
    office, boss, add_document, add_check
):
    office.store.set_language(boss.id, "zh")
    boss.sends("/rollback")
    nothing = await boss.wait_for_reply()

    report = await reindexed(boss)
    refused = office.staff.index.publish(boss.id, "zh", office.snapshots.ids()[-1])
    traditional = office.staff.index.ask_to_roll_back(boss.id, "zh-Hant")

    assert nothing.text == "没有完成：没有可以回退的版本：此前没有使用过别的版本"
    assert traditional.text.text == "沒有完成：沒有可以回退的版本：此前沒有使用過別的版本"
    assert '<html lang="zh">' in report.file.content.decode()
    assert "检查题 jade-park 现在通过，发布后会失败：不该说到：Hotan" in refused.text.text


async def test_a_rollback_that_is_not_possible_is_not_called_a_failed_build(office, boss):
    boss.sends("/rollback")

    text = (await boss.wait_for_reply()).text

    assert "nothing to roll back to" in text
    assert "build failed" not in text


async def test_reindexing_without_changes_says_so_and_offers_nothing(office, boss):
    boss.sends("/reindex")
    shown = await boss.wait_for_reply()
    await boss.wait_for_edit()

    assert "have not changed" in shown.text
    assert shown.buttons == []


async def test_a_document_that_cannot_be_read_is_named_and_the_others_are_built(
    office, boss, add_document
):
    office.corpus.write_raw("zones/bad.en.md", "---\ntitle: [\n---\nText")
    report = await reindexed(boss)

    assert "1 documents could not be read" in report.text
    assert "· zones/bad.en.md, line" in report.text


async def test_what_the_check_finds_is_listed_and_only_published_deliberately(
    office, boss, add_document
):
    office.corpus.write("events/agate-fair.en.md", "It is old.[^1]\n\nNobody says so.")
    before = office.snapshots.current_id()
    report = await reindexed(boss)
    still = office.snapshots.current_id()

    said = await published(boss, report)

    assert "errors; mend them before you publish" in report.text
    assert "events/agate-fair.en.md, line 11: a sentence without a source mark" in report.text
    assert still == before
    assert said.text.startswith("Published")
    assert office.snapshots.current_id() != before


@pytest.mark.usefixtures("add_document")
async def test_of_many_faults_three_are_listed_and_the_others_counted(office, boss):
    for number in range(5):
        office.corpus.write_raw(f"events/bad-{number}.en.md", "title: no front matter")
    report = await reindexed(boss)

    assert report.text.count("bad-") == 3
    assert "… and 2 more." in report.text


@pytest.mark.usefixtures("add_document")
async def test_what_is_published_is_served_although_somebody_else_is_just_opening_it(
    office, monkeypatch
):
    built = office.staff.index.reindex(1, "en", no_progress).rows[0][0].data.partition(":")[2]
    opens, make = threading.Event(), office.live._make
    monkeypatch.setattr(office.live, "_make", lambda: opens.set() or time.sleep(0.5) or make())
    office.snapshots.publish(built, override="a test")
    somebody_else = threading.Thread(target=office.live.current)
    somebody_else.start()
    opens.wait()

    office.live.follow()

    served = office.live._answerer.retriever.snapshot.manifest.snapshot_id
    somebody_else.join()
    assert served == built


async def test_the_usual_button_publishes_nothing_that_was_built_with_errors(office):
    before = office.snapshots.current_id()
    office.corpus.write("events/agate-fair.en.md", "It is old.[^1]\n\nNobody says so.")
    waiting = (
        office.staff.index.reindex(1, "en", lambda *_: None).rows[0][0].data.partition(":")[2]
    )

    said = office.staff.index.publish(1, "en", waiting).text.text

    assert said.startswith("Not published. Against it (20):\n· events/agate-fair.en.md, line 11")
    assert office.snapshots.current_id() == before


async def test_a_failed_build_changes_nothing_and_says_why(office, boss, li, monkeypatch):
    def no_space(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.chat.staff_index.build", no_space)
    boss.sends("/reindex")
    shown = await boss.wait_for_reply()
    await boss.wait_for_edit()
    li.sends(QUESTION)

    assert "unchanged" in shown.text
    assert "No space left" in shown.text
    assert "74,600" in (await li.wait_for_reply()).text
    office.staff.errors.clear()


async def test_owners_are_answered_while_the_index_is_built(
    office, boss, li, add_document, monkeypatch
):
    may_end = threading.Event()

    def slow(*arguments, **options):
        assert may_end.wait(5)
        return build(*arguments, **options)

    monkeypatch.setattr("bot.chat.staff_index.build", slow)
    boss.sends("/reindex")
    shown = await boss.wait_for_reply()
    li.sends(QUESTION)
    answer = await li.wait_for_reply()
    before = shown.text
    may_end.set()
    await boss.wait_for_edit()

    assert "74,600" in answer.text
    assert before == "Building the index…"


async def test_what_staff_did_is_kept_with_who_and_when(office, boss, add_document):
    report = await reindexed(boss)
    await published(boss, report)

    actions = office.store.staff_actions(10)[::-1]

    assert [(a.user_id, a.action) for a in actions] == [(boss.id, "reindex"), (boss.id, "publish")]
    assert actions[1].detail == office.snapshots.current_id()


async def test_a_rollback_by_command_asks_first(office, boss, add_document):
    before = office.snapshots.current_id()
    await published(boss, await reindexed(boss))
    newer = office.snapshots.current_id()

    boss.sends("/rollback")
    asked = await boss.wait_for_reply()
    still = office.snapshots.current_id()
    boss.presses("Roll back", message=asked)
    said = await boss.wait_for_reply()

    assert asked.text == f"Serve {before} (15 documents) again instead of {newer}?"
    assert still == newer
    assert said.text.startswith("Rolled back")
    assert office.snapshots.current_id() == before
