"""`/watch` and the buttons about it: what is watched, when somebody is told, where they are."""

import pytest

from bot.store import MOST_WATCHES


@pytest.fixture
def opens(running):
    """`await opens(person, "/events May", "Spice fair")`: the card behind an entry of a list."""

    async def card(person, command, title):
        person.sends(command)
        await person.wait_for_reply()
        person.presses(title)
        return await person.wait_for_reply()

    return card


@pytest.fixture
def watched(running):
    """`watched(person)`: [(letter, stem, words, days before)] as stored."""

    def of(person):
        rows = running.store.watches.of(person.id)
        return [(row.letter, row.stem, row.words, row.lead_days) for row in rows]

    return of


async def test_an_event_to_come_is_watched_with_one_tap(running, opens, watched, li, wang):
    await opens(li, "/events May", "Spice fair")
    li.presses("🔔 Remind me")
    english = await li.wait_for_reply()
    await opens(wang, "/events 五月", "Spice fair")
    wang.presses("🔔 提醒我")
    chinese = await wang.wait_for_reply()

    assert english.text == (
        "I will remind you on 13 May 2026 at 9 in the morning:\n"
        "· Spice fair — 20–24 May 2026, dates tentative"
    )
    assert english.buttons == [
        "1 day before",
        "✓ 7 days before",
        "30 days before",
        "Stop watching",
    ]
    assert chinese.text == (
        "好的，2026年5月13日上午9点提醒您：\n· Spice fair — 2026年5月20日至24日，日期暂定"
    )
    assert watched(li) == watched(wang) == [("e", "events/spice-fair", "Spice fair", 7)]


async def test_what_is_near_is_reminded_of_the_day_before(running, opens, watched, li):
    running.today = running.today.replace(day=26)
    await opens(li, "/events March", "Market 1")
    li.presses("🔔 Remind me")

    reply = await li.wait_for_reply()

    assert reply.text.startswith("I will remind you on 28 February 2026 at 9 in the morning:")
    assert watched(li)[0][3] == 1


async def test_the_first_day_of_a_rule_is_watched(running, opens, watched, li):
    await opens(li, "/changes", "duty on kettles")
    li.presses("🔔 Remind me")

    reply = await li.wait_for_reply()

    assert reply.text.split("\n")[1] == "· duty on kettles — from 18 March 2026"
    assert watched(li) == [("c", "policy/kettle-duty", "Kettle duty", 7)]


@pytest.mark.parametrize("command", ["/events 2025", "/zones Jiangsu"])
async def test_what_is_over_or_has_no_day_is_not_watched(running, opens, li, command):
    title = {"/events 2025": "Tea fair", "/zones Jiangsu": "Silk park"}[command]

    card = await opens(li, command, title)

    assert "🔔 Remind me" not in card.buttons


async def test_how_long_before_is_chosen_in_place(running, opens, watched, li):
    await opens(li, "/events May", "Spice fair")
    li.presses("🔔 Remind me")
    confirmed = await li.wait_for_reply()

    li.presses("30 days before")
    changed = await li.wait_for_edit()

    assert changed is confirmed
    assert changed.text.startswith("I will remind you on 20 April 2026")
    assert changed.buttons[:3] == ["1 day before", "7 days before", "✓ 30 days before"]
    assert watched(li)[0][3] == 30


async def test_a_second_tap_watches_nothing_twice(running, opens, watched, li):
    card = await opens(li, "/events May", "Spice fair")
    for _ in range(2):
        li.presses("🔔 Remind me", message=card)
        await li.wait_for_reply()

    assert len(watched(li)) == 1


async def test_a_topic_is_watched_in_words_that_lists_understand(running, watched, li, wang):
    li.sends("/watch Thailand")
    english = await li.wait_for_reply()
    wang.sends("/watch 泰国")
    chinese = await wang.wait_for_reply()

    assert english.text == (
        "You now watch “Thailand”; entries on it at present: 1. When documents are added, or a "
        "rule starts within two weeks, I tell you on Monday at 9 in the morning."
    )
    assert english.buttons == ["Trade fairs and events", "Stop watching"]
    assert chinese.text.startswith("已关注“泰国”，目前相关条目有1项。")
    assert watched(li) == [("", "", "Thailand", 0)]
    li.presses("Trade fairs and events")
    assert (await li.wait_for_reply()).text.startswith("Trade fairs and events (Thailand): 1")


async def test_words_that_are_not_understood_are_named_and_not_watched(running, watched, li, wang):
    li.sends("/watch Thailand zebras")
    partly = await li.wait_for_reply()
    wang.sends("/watch 斑马游行")
    not_at_all = await wang.wait_for_reply()

    assert partly.text.startswith("You now watch “Thailand”;")
    assert "\nI did not understand “zebras”, so it is not watched." in partly.text
    assert not_at_all.text.startswith("没有认出“斑马游行”，没有按它关注。")
    assert not_at_all.buttons == []
    assert watched(li) == [("", "", "Thailand", 0)]
    assert watched(wang) == []


async def test_all_that_is_watched_is_shown_and_ends_with_one_tap(running, opens, watched, li):
    li.sends("/watch")
    nothing = await li.wait_for_reply()
    li.sends("/watch Thailand")
    await li.wait_for_reply()
    await opens(li, "/events May", "Spice fair")
    li.presses("🔔 Remind me")
    await li.wait_for_reply()
    li.sends("/watch")
    overview = await li.wait_for_reply()
    shown, buttons = overview.text, list(overview.buttons)
    li.presses("✕ 1")
    rest = await li.wait_for_edit()

    assert nothing.text.startswith("You are not watching anything yet.")
    assert shown.split("\n")[:3] == [
        "What you watch (2):",
        "1. topic: Thailand",
        "2. Spice fair — 20–24 May 2026, dates tentative, 7 days before",
    ]
    assert buttons == ["✕ 1", "✕ 2", "Time zone: UTC"]
    assert rest is overview
    assert rest.text.startswith("What you watch (1):\n1. Spice fair")
    assert [words for _, _, words, _ in watched(li)] == ["Spice fair"]


async def test_nobody_watches_more_than_thirty_things(running, watched, li):
    months = [f"{year}-{month:02}" for year in (2027, 2028, 2029) for month in range(1, 13)]
    for month in months[: MOST_WATCHES + 1]:
        li.sends(f"/watch Thailand {month}")
    replies = [await li.wait_for_reply(10.0) for _ in months[: MOST_WATCHES + 1]]

    assert replies[-2].text.startswith("You now watch")
    assert replies[-1].text == (
        "You can watch 30 things at most. Send /watch and end one that you no longer need."
    )
    assert len(watched(li)) == MOST_WATCHES


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("zh-hans", "时区：上海 UTC+8"),
        ("zh-hant", "時區：上海 UTC+8"),
        ("ru", "Часовой пояс: Москва UTC+3"),
        ("vi", "Múi giờ: Bangkok UTC+7"),
        ("en", "Time zone: UTC"),
    ],
)
async def test_the_time_zone_is_that_of_the_language_until_it_is_chosen(
    running, telegram, code, zone
):
    person = telegram.user("P", language_code=code)
    person.sends("/watch")

    assert (await person.wait_for_reply()).buttons == [zone]


async def test_another_time_zone_is_chosen_in_place(running, wang):
    wang.sends("/watch 泰国")
    await wang.wait_for_reply()
    wang.sends("/watch")
    overview = await wang.wait_for_reply()
    wang.presses("时区")
    choice = list((await wang.wait_for_edit()).buttons)
    wang.presses("圣保罗 UTC-3")
    chosen = await wang.wait_for_edit()

    assert len(choice) == 12
    assert chosen is overview
    assert chosen.buttons == ["✕ 1", "时区：圣保罗 UTC-3"]
    assert running.store.watches.watcher(wang.id).zone == "America/Sao_Paulo"


async def test_in_a_group_nothing_is_watched(running, telegram, watched, li):
    group = telegram.group("Trade", li)
    li.sends("/watch@sme_test_bot Thailand", to=group)
    refused = await group.wait_for_reply()
    li.sends("/events@sme_test_bot May", to=group)
    listed = await group.wait_for_reply()
    (button,) = (b for row in listed.rows for b in row if b.text == "Spice fair")
    li.presses_data(button.data, listed)
    card = await group.wait_for_reply()
    li.presses_data(button.data.replace("c:", "n:a:", 1), listed)
    forged = await group.wait_for_reply()

    assert refused.text.startswith("Reminders go to you alone")
    assert "🔔 Remind me" not in card.buttons
    assert forged.text.startswith("This message is too old")
    assert watched(li) == []


async def test_nobody_ends_what_others_watch(running, watched, li, wang):
    li.sends("/watch Thailand")
    confirmed = await li.wait_for_reply()
    (stop,) = (b for row in confirmed.rows for b in row if b.text == "Stop watching")
    wang.sends("/help")
    theirs = await wang.wait_for_reply()
    for data in (
        stop.data,
        stop.data.replace("n:d", "n:x"),
        stop.data.replace("n:d", "n:l") + ":e",
    ):
        wang.presses_data(data, theirs)
        await wang.wait_for_toast()
    await running.telegram.wait_until_idle()

    assert len(watched(li)) == 1


async def test_what_is_private_in_the_words_of_a_topic_is_masked(running, li):
    mail = "tea li@tea.example.com"
    running.corpus.write(
        "events/mail.en.md",
        f"Ask {mail} about it.",
        event={"country": "CN", "certainty": "scheduled", "start": "2026-05-01"},
    )
    report = running.staff.index.reindex(1, "en", lambda *_: None)
    running.staff.index.publish(
        1, "en", report.rows[0][0].data.partition(":")[2], override="a test"
    )
    li.sends("/watch Thailand li@tea.example.com")
    await li.wait_for_reply()

    stored = [row.words for row in running.store.watches.of(li.id)]

    assert "li@tea" not in "".join(stored)


async def test_it_is_in_the_menu_and_in_the_help(running, li, wang):
    li.sends("/help")
    english = await li.wait_for_reply()
    wang.sends("/help")
    chinese = await wang.wait_for_reply()

    assert "watch" in li.sees_commands()
    assert "\n/watch reminders and topics" in english.text
    assert "\n/watch 提醒和关注" in chinese.text
