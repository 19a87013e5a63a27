"""`/profile`: four questions in one message, what is kept of the answers, and what it changes."""

import pytest

from bot.lists.fitting import Profile


@pytest.fixture
def profile(running):
    """`profile(person)`: as stored."""
    return lambda person: running.store.profiles.of(person.id)


@pytest.fixture
def taps(running):
    """`await taps(person, "Skip", "Export")`: the message after the last of these buttons."""

    async def tap(person, *labels):
        for label in labels:
            person.presses(label)
            message = await person.wait_for_edit()
        return message

    return tap


async def test_four_questions_are_answered_in_one_message(running, profile, taps, li):
    li.sends("/profile")
    asked = await li.wait_for_reply()
    first, industries = asked.text, list(asked.buttons)
    await taps(li, "Consumer goods")
    second, provinces = asked.text, list(asked.buttons)
    await taps(li, "Zhejiang", "Both")
    fourth, markets = asked.text, list(asked.buttons)
    last = await taps(li, "ASEAN", "Poland", "Done")

    assert last is asked
    assert len(li.bot_messages) == 1
    assert first.startswith("Here are four questions; you may skip any of them.")
    assert first.endswith("\n\n1/4 · What is your industry?")
    assert industries[0] == "Consumer goods"
    assert industries[-1] == "Skip"
    assert second == "2/4 · Where is your firm?"
    assert provinces[:2] == ["Jiangsu", "Zhejiang"]
    assert len(provinces) == 20
    assert fourth.startswith("4/4 · What are your markets?")
    assert markets == ["ASEAN", "Central Asia", "Gulf states", "Africa", "Poland", "Skip"]
    assert last.text.startswith(
        "Your profile:\n"
        "· Industry: Consumer goods\n"
        "· Place: Zhejiang\n"
        "· Export or investment: Both\n"
        "· Markets: ASEAN, Poland\n\n"
    )
    assert "90 days without use" in last.text
    assert profile(li) == Profile(
        industry="consumer-goods", province="CN-ZJ", direction="both", markets=("ASEAN", "PL")
    )


async def test_it_is_asked_and_shown_in_chinese(running, taps, wang):
    wang.sends("/profile")
    asked = await wang.wait_for_reply()
    first = asked.text
    shown = await taps(wang, "消费品", "下一页 ›", "上海", "出口", "跳过")

    assert first.startswith("下面四个问题都可以跳过。")
    assert shown.text.startswith(
        "您的档案：\n· 行业：消费品\n· 所在地：上海\n· 出口或投资：出口\n· 市场：不填\n\n"
    )
    assert shown.buttons == [
        "✎ 行业",
        "✎ 所在地",
        "✎ 出口或投资",
        "✎ 市场",
        "★ 适合我的",
        "删除档案",
    ]


async def test_places_are_offered_in_the_script_of_the_interface(running, taps, wang):
    running.store.set_language(wang.id, "zh-Hant")
    wang.sends("/profile")
    await wang.wait_for_reply()

    asked = await taps(wang, "跳過")

    assert {"江蘇", "廣東"} <= {*asked.buttons}


async def test_each_answer_is_kept_at_once(running, profile, taps, li):
    li.sends("/profile")
    await li.wait_for_reply()
    await taps(li, "Services")
    li.sends("/profile")
    shown = await li.wait_for_reply()

    assert profile(li) == Profile(industry="services")
    assert shown.text.startswith("Your profile:\n· Industry: Services\n· Place: No answer\n")


async def test_all_may_be_skipped_and_nothing_is_stored(running, profile, taps, li):
    li.sends("/profile")
    await li.wait_for_reply()

    ended = await taps(li, "Skip", "Skip", "Skip", "Skip")

    assert ended.text.startswith("You gave no answer, so no profile was stored.")
    assert ended.buttons == []
    assert profile(li) == Profile()


async def test_one_thing_is_changed_and_the_profile_shown_again(running, profile, taps, li):
    running.store.profiles.keep(li.id, Profile(province="CN-JS", markets=("PL", "GULF")))
    li.sends("/profile")
    shown = await li.wait_for_reply()

    await taps(li, "✎ Place")
    asked, marked = shown.text, [label for label in shown.buttons if "✓" in label]
    await taps(li, "Zhejiang")
    changed = shown.text
    await taps(li, "✎ Markets", "✓ Poland", "Done")
    narrowed = profile(li)
    await taps(li, "✎ Place", "No answer")

    assert asked == "Where is your firm?"
    assert marked == ["✓ Jiangsu"]
    assert "\n· Place: Zhejiang\n" in changed
    assert narrowed == Profile(province="CN-ZJ", markets=("GULF",))
    assert profile(li) == Profile(markets=("GULF",))
    assert len(li.bot_messages) == 1


async def test_all_is_deleted_with_one_tap_or_forgotten(running, profile, taps, li, wang):
    for person in (li, wang):
        running.store.profiles.keep(person.id, Profile(industry="services"))
    li.sends("/profile")
    await li.wait_for_reply()
    deleted = await taps(li, "Delete the profile")
    wang.sends("/forget")
    forgotten = await wang.wait_for_reply()

    assert deleted.text.startswith("Your profile is deleted")
    assert "档案" in forgotten.text
    assert profile(li) == profile(wang) == Profile()


async def test_a_list_marks_what_fits_and_puts_it_first(running, li, wang):
    wang.sends("/events")
    before = await wang.wait_for_reply()
    for person in (li, wang):
        running.store.profiles.keep(person.id, Profile(markets=("ASEAN",)))
    li.sends("/events")
    english = await li.wait_for_reply()
    wang.sends("/events")
    chinese = await wang.wait_for_reply()

    assert "★" not in before.text
    assert english.text.startswith(
        "Trade fairs and events: 8\n"
        "★ fits your profile: your market (ASEAN)\n\n"
        "★ Spice fair — 20–24 May 2026, dates tentative\n"
        "· Market 1 — "
    )
    assert english.text.count("\n★ ") == 2
    assert chinese.text.startswith(
        "展会和活动：共8项\n★ 与您的档案相符：东盟是您的市场\n\n★ Spice fair"
    )
    assert {*chinese.buttons} >= {"Spice fair", "Market 1"}


async def test_a_list_without_anything_that_fits_is_as_ever(running, li):
    li.sends("/zones")
    before = (await li.wait_for_reply()).text
    running.store.profiles.keep(li.id, Profile(markets=("GULF",)))
    li.sends("/zones")

    assert (await li.wait_for_reply()).text == before


async def test_in_groups_there_is_no_profile(running, telegram, li):
    running.store.profiles.keep(li.id, Profile(markets=("ASEAN",)))
    group = telegram.group("Trade", li)
    said = []
    for command in ("/profile", "/forme", "/events"):
        li.sends(f"{command}@sme_test_bot", to=group)
        said.append((await group.wait_for_reply()).text)

    assert said[0] == said[1]
    assert said[0].startswith("A profile is yours alone")
    assert "★" not in said[2]


@pytest.mark.parametrize(
    "data", ["u:", "u:z", "u:i::oil", "u:p::CN-XX", "u:m:+:CN", "u:d::", "u:p::99", "u:l:z"]
)
async def test_forged_buttons_change_nothing(running, profile, li, data):
    li.sends("/help")
    shown = await li.wait_for_reply()

    li.presses_data(data, shown)
    await li.wait_for_toast()
    await running.telegram.wait_until_idle()

    assert profile(li) == Profile()


async def test_it_is_in_the_menu_and_in_the_help(running, li, wang):
    li.sends("/help")
    english = await li.wait_for_reply()
    wang.sends("/help")
    chinese = await wang.wait_for_reply()

    assert {"profile", "forme"} < {*li.sees_commands()}
    assert "\n/forme what fits my profile\n/profile my profile" in english.text
    assert "\n/forme 适合我的\n/profile 我的档案" in chinese.text
