"""In the morning people are told once of what they watch, and on Mondays of what is new."""

import asyncio
import time
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from telegram.error import NetworkError

from bot.chat.reminders import Reminders, settle
from bot.store import Morning, now
from bot.store.models import Notice, Watcher
from tests.telegram.fake.errors import ApiError, forbidden

DUE = date(2026, 5, 13)
"""A week before the spice fair."""
REMINDER = "🔔 What you watch:\n· Spice fair — 20–24 May 2026, dates tentative"
SPICE = {"country": "CN", "city": "Kunming", "partner_countries": ["TH"]} | {
    "certainty": "scheduled"
}


@pytest.fixture
def morning(running):
    """`await morning(day, hour=9)`: the bot, started anew at that hour (UTC) of that day."""

    async def begin(day, hour=9):
        await running.stop()
        running.today, running.hour = day, hour
        await running.start()
        await _round_done(running)

    return begin


async def _round_done(running, timeout_s=5.0):
    """Until it was found out what to send, and all that can be sent was."""
    until = time.monotonic() + timeout_s
    while not _is_done(running) and time.monotonic() < until:
        await asyncio.sleep(0.01)
    await running.telegram.wait_until_idle(0.3)


def _is_done(running) -> bool:
    store, clock = running.store, running.staff.clock()
    with Session(store._engine) as session:
        if session.scalar(select(Notice.id).limit(1)):
            return False
    here = [(each, clock.astimezone(ZoneInfo(each.zone))) for each in store.watches.watchers()]
    return all(
        each.asleep_since or not 9 <= there.hour < 21 or each.looked_on == there.date()
        for each, there in here
    )


@pytest.fixture
def watches_spice(running):
    """`await watches_spice(person)`: they want to be reminded of the spice fair."""

    async def watch(person, button="🔔 Remind me"):
        person.sends("/events spice fair" if button == "🔔 Remind me" else "/events 五月")
        await person.wait_for_reply()
        person.presses("Spice fair")
        await person.wait_for_reply()
        person.presses(button)
        await person.wait_for_reply()

    return watch


@pytest.fixture
def publish(running):
    """`publish(name, ...)`: a document as it is from now on; None deletes it."""

    def write(name, **keys):
        path = running.corpus.directory / f"{name}.en.md"
        if keys:
            topic = name.split("/")[0]
            body = keys.pop("body", f"The {keys['title']} of Kunming.")
            running.corpus.write(f"{name}.en.md", body, **{"topic": topic} | keys)
        else:
            path.unlink()
        report = running.staff.index.reindex(1, "en", lambda *_: None)
        running.staff.index.publish(
            1, "en", report.rows[0][0].data.partition(":")[2], override="a test"
        )
        while running.live.current().retriever.snapshot.manifest != running.snapshots.manifest(
            running.snapshots.current_id()
        ):
            time.sleep(0.01)  # another thread opens it

    return write


async def test_a_reminder_comes_at_nine_so_many_days_before_and_once(
    running, morning, watches_spice, li
):
    await watches_spice(li)
    await morning(DUE - timedelta(days=1))
    early = li.unread()
    await morning(DUE, hour=8)
    early += li.unread()
    await morning(DUE)
    reminder = await li.wait_for_reply()
    await morning(DUE)
    await morning(DUE + timedelta(days=1))

    assert early == []
    assert reminder.text == REMINDER
    assert reminder.buttons == ["Stop: Spice fair"]
    assert li.unread() == []
    assert running.store.watches.waiting() == []


async def test_nine_is_nine_where_somebody_is(running, morning, watches_spice, wang):
    await watches_spice(wang, "🔔 提醒我")
    await morning(DUE, hour=0)
    before = wang.unread()
    await morning(DUE, hour=1)

    reminder = await wang.wait_for_reply()

    assert before == []
    assert reminder.text == ("🔔 您关注的事项：\n· Spice fair — 2026年5月20日至24日，日期暂定")


async def test_nobody_is_woken_by_a_bot_that_was_down_in_the_morning(
    running, morning, watches_spice, li
):
    await watches_spice(li)
    await morning(DUE, hour=22)
    at_night = li.unread()
    await morning(DUE + timedelta(days=1))

    assert at_night == []
    assert (await li.wait_for_reply()).text == REMINDER


async def test_a_reminder_is_stopped_from_the_message_itself(running, morning, watches_spice, li):
    await watches_spice(li)
    await morning(DUE)
    reminder = await li.wait_for_reply()
    li.presses("Stop: Spice fair")

    stopped = await li.wait_for_reply()

    assert stopped.text == "No longer watched: Spice fair"
    assert reminder.text == REMINDER
    assert running.store.watches.of(li.id) == []


async def test_a_day_that_is_only_expected_is_said_to_be(running, morning, publish, li):
    usual = {"usual": [{"start": "05-20", "end": "05-24"}], "series": "clove-fair"}
    facts = {"country": "CN", "city": "Kunming", "certainty": "usual"} | usual
    publish("events/clove-fair", title="Clove fair", event=facts)
    li.sends("/events clove fair")
    await li.wait_for_reply()
    li.presses("Clove fair")
    await li.wait_for_reply()
    li.presses("🔔 Remind me")
    await li.wait_for_reply()
    await morning(DUE)

    reminder = await li.wait_for_reply()

    assert reminder.text.endswith(
        "\n· Clove fair — 20–24 May 2026, expected from the usual calendar, not announced"
    )


async def test_a_reminder_moves_with_its_day(running, morning, watches_spice, publish, li):
    await watches_spice(li)
    later = {"start": "2026-06-10", "end": "2026-06-12"}
    publish("events/spice-fair", title="Spice fair", event=SPICE | later)
    await morning(date(2026, 4, 1))
    moved = await li.wait_for_reply()
    await morning(DUE)
    on_the_old_day = li.unread()
    await morning(date(2026, 6, 3))
    reminder = await li.wait_for_reply()

    assert moved.text.split("\n")[1] == (
        "· The date has changed: Spice fair — 10–12 June 2026, upcoming (before: 20 May 2026)"
    )
    assert on_the_old_day == []
    assert reminder.text.split("\n")[1] == ("· Spice fair — 10–12 June 2026, upcoming")


async def test_a_watch_of_what_is_gone_ends_with_one_line(
    running, morning, watches_spice, publish, li
):
    await watches_spice(li)
    publish("events/spice-fair")
    await morning(date(2026, 4, 1))
    told = await li.wait_for_reply()
    await morning(DUE)

    assert told.text.split("\n")[1] == (
        "· Reminder ended: Spice fair; the documents hold no date of it any more"
    )
    assert told.buttons == []
    assert li.unread() == []
    assert running.store.watches.of(li.id) == []


async def test_a_watch_of_what_is_over_is_erased_in_silence(running, morning, watches_spice, li):
    await watches_spice(li)
    await morning(DUE)
    await li.wait_for_reply()
    await morning(date(2026, 5, 20))
    still = running.store.watches.of(li.id)
    await morning(date(2026, 5, 21))

    assert still
    assert running.store.watches.of(li.id) == []
    assert li.unread() == []


async def test_many_reminders_come_in_messages_of_ten_lines(running, morning, publish, li):
    event = SPICE | {"start": "2026-05-20", "end": "2026-05-21"}
    for number in range(13):
        name, title = f"events/pot-{number:02}", f"Pot {number}"
        if number == 12:
            publish(name, title=title, event=event)
        else:
            running.corpus.write(
                f"{name}.en.md", "Pots.", topic="events", title=title, event=event
            )
        person = Watcher(user_id=li.id, language="en", zone="UTC")
        thing = {"letter": "e", "stem": name, "lead_days": 7, "days": [":2026-05-20"]}
        running.store.watches.add(person, title, **thing)
    li.sends("/help")
    await li.wait_for_reply()
    await morning(DUE)

    messages = [await li.wait_for_reply() for _ in range(2)]

    assert [len(message.text.split("\n")) for message in messages] == [11, 4]
    assert [len(message.buttons) for message in messages] == [10, 3]


async def test_429_is_waited_for(running, morning, watches_spice, li):
    await watches_spice(li)
    running.telegram.faults.fail("sendMessage", 429, retry_after_s=1)
    await morning(DUE)

    assert (await li.wait_for_reply()).text == REMINDER
    assert li.unread() == []


@pytest.mark.parametrize("fault", ["lose_answer", "cut_answer"])
async def test_what_may_have_left_is_not_sent_again(running, morning, watches_spice, li, fault):
    await watches_spice(li)
    getattr(running.telegram.faults, fault)("sendMessage")
    await morning(DUE)
    await li.wait_for_reply()
    await morning(DUE)
    await morning(DUE + timedelta(days=1))

    assert li.unread() == []
    assert running.store.watches.waiting() == []


@pytest.mark.parametrize(
    ("cause", "waits"),
    [(httpx.ConnectError, True), (httpx.ConnectTimeout, True), (httpx.ReadError, False)],
)
async def test_only_what_never_reached_telegram_is_tried_again(running, li, cause, waits):
    watches = running.store.watches
    watches.add(Watcher(user_id=li.id, language="en", zone="UTC"), "Thailand")
    notice = {"user_id": li.id, "text": "x", "buttons": [], "told": {}, "is_begun": False}
    watches.keep(li.id, Morning(day=DUE, notices=[Notice(**notice, created=now())]))
    (row,) = watches.waiting()
    assert watches.begin(row)
    error = NetworkError("httpx")
    error.__cause__ = cause("httpx")

    wait_s = settle(Reminders(running.live, running.store, running.staff.clock), row, error)

    assert wait_s >= 30
    assert len(watches.waiting()) == waits


async def test_who_blocked_the_bot_is_reminded_when_they_write_again(
    running, morning, watches_spice, li, accept_refusals
):
    await watches_spice(li)
    li.blocks_bot()
    await morning(DUE)
    refused = accept_refusals()
    await morning(DUE + timedelta(days=1))
    again = accept_refusals()
    li.unblocks_bot()
    await _round_done(running)
    asleep = running.store.watches.watcher(li.id).asleep_since
    li.sends("/help")
    await li.wait_for_reply()
    await morning(DUE + timedelta(days=2))

    assert refused == ["sendMessage: Forbidden: bot was blocked by the user"]
    assert again == []
    assert asleep
    assert (await li.wait_for_reply()).text == REMINDER


@pytest.mark.parametrize(
    "error",
    [forbidden("user is deactivated"), ApiError(400, "Bad Request: chat not found")],
)
async def test_of_a_deleted_account_nothing_is_kept(running, morning, watches_spice, li, error):
    await watches_spice(li)
    running.telegram.faults.refuse("sendMessage", error)
    await morning(DUE)

    assert running.store.watches.of(li.id) == []
    assert running.store.watches.watcher(li.id) is None
    assert running.store.watches.waiting() == []


async def test_what_is_to_be_sent_is_forgotten_too(running, morning, watches_spice, li):
    await watches_spice(li)
    li.sends("/watch Thailand")
    await li.wait_for_reply()
    running.telegram.faults.fail("sendMessage", 429, times=100, retry_after_s=3600)
    await morning(DUE)
    waiting = running.store.watches.waiting()
    running.store.forget(li.id)

    assert [notice.user_id for notice in waiting] == [li.id]
    assert running.store.watches.waiting() == []
    assert running.store.watches.of(li.id) == []
    assert running.store.watches.watcher(li.id) is None
    data = b"".join(path.read_bytes() for path in running.settings.data_dir.glob("smebot.sqlite*"))
    assert b"Spice fair" not in data


def _monday() -> date:
    """The next one: the digest tells what came since a real moment."""
    today = date.today()  # noqa: DTZ011
    return today + timedelta(days=7 - today.weekday())


@pytest.fixture
def watches_thailand(li):
    """`await watches_thailand()`: Li watches that topic."""

    async def watch(words="Thailand"):
        li.sends(f"/watch {words}")
        await li.wait_for_reply()

    return watch


def _event(day: date) -> dict[str, object]:
    return SPICE | {"start": day.isoformat(), "end": day.isoformat()}


async def test_new_documents_on_a_topic_are_told_on_monday_and_once(
    running, morning, publish, watches_thailand, li
):
    day = _monday() + timedelta(days=60)
    await watches_thailand()
    publish("events/mint-fair", title="Mint fair", event=_event(day))
    publish("events/wool-fair", title="Wool fair", event=_event(day) | {"partner_countries": []})
    await morning(_monday() - timedelta(days=1))
    sunday = li.unread()
    await morning(_monday())
    digest = await li.wait_for_reply()
    li.presses("Thailand · Trade fairs and events")
    listed = await li.wait_for_reply()
    await morning(_monday())
    await morning(_monday() + timedelta(days=7))

    assert sunday == []
    heading, *lines = digest.text.split("\n")
    assert heading == "New on your topics:"
    assert [line.partition(" — ")[0] for line in lines] == ["· Added: Mint fair"]
    assert listed.text.startswith("Trade fairs and events (Thailand): ")
    assert digest.text.startswith("New on your topics:")
    assert li.unread() == []


async def test_what_was_there_before_the_topic_was_watched_is_not_new(
    running, morning, publish, watches_thailand, li
):
    publish("events/mint-fair", title="Mint fair", event=_event(_monday() + timedelta(days=60)))
    await morning(_monday() - timedelta(days=3))
    await watches_thailand()
    await morning(_monday())

    assert li.unread() == []


async def test_rules_that_start_within_two_weeks_are_told_once(
    running, morning, publish, watches_thailand, li
):
    soon, later = _monday() + timedelta(days=14), _monday() + timedelta(days=15)
    changes = [
        {"what": f"duty on {what}", "kind": "duty", "from": day.isoformat()}
        for what, day in (("wool", soon), ("silk", later))
    ]
    publish("policy/wool", title="Wool duty", countries=["CN", "TH"], changes=changes)
    await morning(_monday() - timedelta(days=3))
    await watches_thailand("Thailand duty")
    await morning(_monday())
    first = await li.wait_for_reply()
    await morning(_monday() + timedelta(days=7))
    second = await li.wait_for_reply()
    await morning(_monday() + timedelta(days=14))

    assert "· Starts soon: duty on wool — from" in first.text
    assert "silk" not in first.text
    assert "· Starts soon: duty on silk — from" in second.text
    assert "wool" not in second.text
    assert li.unread() == []


async def test_a_digest_has_five_lines_and_counts_the_rest(
    running, morning, publish, watches_thailand, li
):
    day = _monday() + timedelta(days=60)
    await watches_thailand()
    for number in range(6):
        running.corpus.write(
            f"events/pot-{number}.en.md",
            "Pots.",
            topic="events",
            title=f"Pot {number}",
            event=_event(day),
        )
    publish("events/pot-6", title="Pot 6", event=_event(day))
    await morning(_monday())

    lines = (await li.wait_for_reply()).text.split("\n")

    assert len(lines) == 7
    assert lines[-1] == "· … and 2 more, in the list"


async def test_a_monday_without_news_has_no_digest(running, morning, watches_thailand, li):
    await watches_thailand()
    await morning(_monday())

    assert li.unread() == []


async def test_a_monday_that_was_missed_is_made_up_for(
    running, morning, publish, watches_thailand, li
):
    await watches_thailand()
    publish("events/mint-fair", title="Mint fair", event=_event(_monday() + timedelta(days=60)))
    await morning(_monday() + timedelta(days=2))

    assert "Added: Mint fair" in (await li.wait_for_reply()).text


async def test_one_thing_on_two_topics_is_told_once(
    running, morning, publish, watches_thailand, li
):
    await watches_thailand()
    await watches_thailand("Yunnan")
    publish("events/mint-fair", title="Mint fair", event=_event(_monday() + timedelta(days=60)))
    await morning(_monday())

    digest = await li.wait_for_reply()
    assert digest.text.count("Mint fair") == 1
    assert digest.buttons == ["Thailand · Trade fairs and events"]
    assert li.unread() == []
