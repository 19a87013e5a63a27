"""`/report`: what people asked, as a page in a file, for staff in private."""

from bot.texts import interface

QUESTION = "Quantum teleportation of zebras?"


async def test_staff_get_the_report_as_a_file_in_their_language(office, boss, li):
    li.sends(QUESTION)
    await li.wait_for_reply()

    boss.sends("/report")
    english = await boss.wait_for_reply()
    office.store.set_language(boss.id, "zh")
    boss.sends("/report")
    chinese = await boss.wait_for_reply()

    assert english.text == interface("report_done", "en")
    assert (english.file.name, chinese.file.name) == ("report.html", "report.html")
    page = english.file.content.decode()
    assert '<html lang="en">' in page
    assert QUESTION in page
    assert str(li.id) not in page
    assert '<html lang="zh">' in chinese.file.content.decode()
    assert [action.action for action in office.store.staff_actions(10)] == ["report", "report"]


async def test_in_a_group_the_report_is_not_shown(office, boss, telegram):
    group = telegram.group("Hall", boss)

    boss.sends("/report@sme_test_bot", to=group)
    reply = await group.wait_for_reply()

    assert "only in a private chat" in reply.text
    assert reply.file is None


async def test_who_has_everything_erased_is_in_no_later_report(office, boss, li):
    li.sends(QUESTION)
    await li.wait_for_reply()
    li.sends("/forget")
    await li.wait_for_reply()

    boss.sends("/report")

    assert QUESTION not in (await boss.wait_for_reply()).file.content.decode()
