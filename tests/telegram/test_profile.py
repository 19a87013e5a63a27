"""Menus and descriptions: what Telegram shows of the bot before anybody writes."""

import pytest

from bot.chat.staff_handlers import COMMANDS
from bot.texts import INTERFACE_LANGUAGES, interface

KINDS = ("Description", "ShortDescription")


async def _described(telegram):
    await telegram.wait_until_idle(0.3)
    return dict(telegram.state.profile)


def _set_by(telegram):
    return [call for kind in KINDS for call in telegram.calls_of(f"setMy{kind}")]


async def test_the_bot_is_described_in_every_language_of_its_interface(running, telegram):
    profile = await _described(telegram)

    for language in INTERFACE_LANGUAGES:
        code = "" if language == "en" else language
        assert profile["description", code] == interface("profile_description", language)
        assert profile["short_description", code] == interface("profile_about", language)


async def test_a_start_changes_only_descriptions_that_have_changed(running, telegram, start_bot):
    await _described(telegram)
    await running.stop()
    before = len(_set_by(telegram))
    telegram.state.profile["short_description", "es"] = "Otra cosa"

    await start_bot()
    profile = await _described(telegram)

    assert before == 2 * len(INTERFACE_LANGUAGES)
    assert len(_set_by(telegram)) == before + 1
    assert profile["short_description", "es"] == interface("profile_about", "es")


@pytest.mark.parametrize("method", ["getMyDescription", "setMyShortDescription"])
async def test_a_description_that_is_refused_stops_nothing(
    start_bot, telegram, li, accept_refusals, method, caplog
):
    telegram.faults.fail(method, 400)
    await start_bot()
    li.sends("/help")

    assert (await li.wait_for_reply()).text
    await telegram.wait_until_idle(0.3)
    assert "description could not be set: BadRequest" in caplog.text
    accept_refusals()


async def test_staff_who_open_the_chat_later_get_their_menu_then(
    start_bot, telegram, li, accept_refusals
):
    await start_bot(staff_ids={li.id})
    accept_refusals()
    assert not set(COMMANDS) & set(li.sees_commands())

    li.sends("/start")
    await li.wait_for_reply()
    await telegram.wait_until_idle(0.3)

    assert set(COMMANDS) < set(li.sees_commands())


async def test_who_is_of_the_staff_no_more_loses_the_menu_with_the_first_command(
    office, start_bot, telegram, boss
):
    await office.stop()
    await start_bot()
    assert set(COMMANDS) < set(boss.sees_commands())

    boss.sends("/status")
    told = await boss.wait_for_reply()
    await telegram.wait_until_idle(0.3)

    assert "no such command" in told.text
    assert "events" in boss.sees_commands()
    assert not set(COMMANDS) & set(boss.sees_commands())
