"""`/forme`: what fits somebody's profile, each entry with its reason."""

import pytest

from bot.chat.for_me import asks_for_me
from bot.lists.fitting import Profile


@pytest.mark.parametrize(
    "said", ["适合我的", "適合我的", "For me", "for me!", "★ 适合我的", "Для меня"]
)
def test_the_words_of_the_button_may_be_typed(said):
    assert asks_for_me(said)


@pytest.mark.parametrize("said", ["", "for me?? who", "哪些展会适合我", "适合我的展会", "me"])
def test_other_words_are_a_question(said):
    assert not asks_for_me(said)


async def test_what_fits_is_told_by_list_with_the_reason(running, li):
    profile = Profile(province="CN-ZJ", direction="invest", markets=("TH", "PL"))
    running.store.profiles.keep(li.id, profile)
    li.sends("/forme")
    told = await li.wait_for_reply()
    li.presses("Cooperation zones and parks")
    zones = await li.wait_for_reply()

    assert told.text.startswith(
        "For you\n\n"
        "Trade fairs and events\n"
        "· Spice fair — 20–24 May 2026, dates tentative\n"
        "Why: your market (Thailand)\n\n"
        "Cooperation zones and parks\n"
        "· Amber park\n"
        "Why: your market (Poland), your place (Zhejiang), you invest abroad\n\n"
        "Chosen only by the countries, provinces and kinds that the documents state;"
    )
    assert told.buttons == [
        "Trade fairs and events",
        "Cooperation zones and parks",
        "Change my profile",
    ]
    assert zones is not told
    assert "\n★ Amber park\n· Silk park" in zones.text


async def test_those_words_are_no_question(running, wang):
    running.store.profiles.keep(wang.id, Profile(markets=("TH",)))
    wang.sends("适合我的")
    told = await wang.wait_for_reply()

    assert told.text.startswith("适合您的\n\n展会和活动\n· Spice fair")
    assert "\n因为：泰国是您的市场\n" in told.text
    assert running.store.unanswered(5) == []


async def test_where_nothing_fits_it_says_what_would(running, li):
    running.store.profiles.keep(li.id, Profile(industry="services"))
    li.sends("/forme")
    told = await li.wait_for_reply()
    li.presses("Change my profile")
    shown = await li.wait_for_edit()

    assert told is shown
    assert shown.text.startswith("Your profile:\n· Industry: Services\n")


async def test_where_nothing_fits_the_best_known_markets_are_named(running, li):
    running.store.profiles.keep(li.id, Profile(industry="services"))
    li.sends("/forme")

    told = (await li.wait_for_reply()).text

    assert "none fits your profile at present" in told
    assert "Most documents are about these markets: Poland." in told


async def test_who_has_no_profile_is_led_to_one(running, li):
    li.sends("for me")
    told = await li.wait_for_reply()
    said, buttons = told.text, list(told.buttons)
    li.presses("Fill in my profile")
    asked = await li.wait_for_edit()

    assert said.startswith("You have no profile yet")
    assert buttons == ["Fill in my profile"]
    assert asked is told
    assert asked.text.endswith("1/4 · What is your industry?")
