"""`/events`, `/zones`, `/financing`: exact lists in pages, cards, calendar files."""

import re
import unicodedata

import pytest

from bot.chat.lists_view import quoted


async def test_a_list_is_paged_in_one_message_that_changes(running, li):
    li.sends("/events")
    first = await li.wait_for_reply()
    shown_first, buttons_first = first.text, list(first.buttons)

    li.presses("Next ›")
    second = await li.wait_for_edit()
    buttons_second = list(second.buttons)
    li.presses("‹ Back")
    again = await li.wait_for_edit()

    assert second is first
    assert shown_first.startswith("Trade fairs and events: 8")
    assert (len(buttons_first), buttons_first[-2:]) == (8, ["Next ›", "Past ones (1)"])
    assert (len(buttons_second), buttons_second[-2:]) == (4, ["‹ Back", "Past ones (1)"])
    assert set(buttons_first) & set(buttons_second) == {"Past ones (1)"}
    assert (again.text, again.buttons) == (shown_first, buttons_first)
    assert len(li.bot_messages) == 1


async def test_what_is_over_stands_behind_a_button(running, li, wang):
    li.sends("/events")
    listed = await li.wait_for_reply()
    li.presses("Past ones (1)")
    past = await li.wait_for_edit()
    wang.sends("/events")
    await wang.wait_for_reply()
    wang.presses("已结束的（1）")
    chinese = await wang.wait_for_edit()

    assert past is listed
    assert past.text.startswith("Trade fairs and events (past): 1\n")
    assert "· Tea fair — 15 October – 4 November 2025, over\n" in past.text
    assert past.buttons == ["Tea fair"]
    assert chinese.text.startswith("展会和活动（已结束）：共1项\n")
    assert chinese.buttons == ["茶叶博览会"]


async def test_pressing_one_button_twice_changes_nothing_and_goes_well(running, li):
    li.sends("/events")
    listed = await li.wait_for_reply()
    (turn,) = (b for row in listed.rows for b in row if b.text == "Next ›")

    li.presses_data(turn.data, listed)
    await li.wait_for_edit()
    li.presses_data(turn.data, listed)
    await li.wait_for_toast()
    await li.wait_for_toast()
    await running.telegram.wait_until_idle()

    assert len(li.bot_messages) == 1
    refusals = running.telegram.refused
    assert [call.description.partition(":")[2][:24] for call in refusals] == [
        " message is not modified"
    ]
    refusals[0].injected = True  # a page that is shown already is no fault


@pytest.mark.parametrize(
    ("command", "titles"),
    [
        ("/events 2025", ["Tea fair"]),
        ("/events May", ["Spice fair"]),
        ("/events 泰国", ["Spice fair"]),
        ("/events@sme_test_bot Thailand", ["Spice fair"]),
        ("/zones Jiangsu", ["Silk park"]),
        ("/zones 江苏", ["Silk park"]),
        ("/zones Poland", ["Amber park"]),
        ("/zones overseas", ["Amber park"]),
        ("/financing loan", ["保单融资贷款"]),
        ("/financing insurance", []),
        ("/events 2031", []),
    ],
)
async def test_words_after_the_command_narrow_a_list(running, li, command, titles):
    li.sends(command)

    reply = await li.wait_for_reply()

    assert reply.buttons == titles
    assert command.partition(" ")[2] in reply.text
    assert titles or reply.text.startswith("The documents hold no such entry")


@pytest.mark.parametrize(
    ("command", "unread"),
    [
        ("/events medical devices", "medical devices"),
        ("/events 医疗器械", "医疗器械"),
        ("/zones bankrupt", "bankrupt"),
        ("/financing " + "x" * 100, "x" * 40 + "…"),
    ],
)
async def test_a_word_that_is_not_understood_is_named_and_nothing_is_claimed(
    running, li, command, unread
):
    li.sends(command.partition(" ")[0])
    whole = (await li.wait_for_reply()).text.split("\n")
    li.sends(command)
    narrowed = (await li.wait_for_reply()).text.split("\n")

    assert narrowed[0] == whole[0]
    assert narrowed[1].startswith(f"I did not understand “{unread}”, so the list is not narrowed")
    assert narrowed[2:] == whole[1:]


async def test_a_word_that_is_not_understood_is_named_in_chinese(running, wang):
    wang.sends("/events 2025年的医疗器械展")

    lines = (await wang.wait_for_reply()).text.split("\n")

    assert lines[0] == "展会和活动（2025年）：共1项"
    assert lines[1].startswith(
        "没有认出“医疗器械展”，列表没有按它筛选。可以按时间、地点、展会名称筛选"
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "“5G”, “6G”"),
        ("ru", "«5G», «6G»"),
        ("zh", "“5G”、“6G”"),
        ("zh-Hant", "「5G」、「6G」"),
        ("ar", "«\u20685G\u2069»، «\u20686G\u2069»"),
    ],
)
def test_people_s_words_stand_in_the_quotation_marks_of_the_language(language, said):
    assert quoted(["5G", "6G"], language) == said


async def test_a_month_that_depends_on_the_day_is_named(running, li, wang):
    li.sends("/events next month")
    listed = await li.wait_for_reply()
    wang.sends("/events 这个月")
    empty = await wang.wait_for_reply()

    assert listed.text.startswith("Trade fairs and events (next month: March 2026): 5")
    assert empty.text == "资料里没有符合条件的条目（这个月，即2026年2月）。"


async def test_what_is_elsewhere_is_not_counted_and_says_where_it_is(running, li, wang):
    li.sends("/zones Zhejiang")
    english = (await li.wait_for_reply()).text
    wang.sends("/zones 浙江")
    chinese = (await wang.wait_for_reply()).text

    assert english.startswith("Cooperation zones and parks (Zhejiang): 0\nElsewhere")
    assert (
        "developed by a firm from there, say, or run with a partner from there): 1 more" in english
    )
    assert "\n· Amber park (Poland)\n" in english
    assert chinese.startswith(
        "合作区和园区（浙江）：共0个\n另有1个在别处、与当地有关（例如由当地企业开发"
    )
    assert "\n· Amber park（在波兰）\n" in chinese


async def test_a_fair_for_a_country_says_where_it_is_held(running, li):
    li.sends("/events Thailand")

    reply = await li.wait_for_reply()

    heading, note = reply.text.split("\n")[:2]
    assert heading == "Trade fairs and events (Thailand): 1"
    assert (
        note
        == "Held elsewhere, or at a place that the documents do not name, but concerning it: 1."
    )
    assert "dates tentative (China)" in reply.text


async def test_a_usual_calendar_shows_its_next_session_or_its_days_if_another_is_announced(
    running, li, wang
):
    usual = {"usual": [{"start": "03-28", "end": "04-02"}], "certainty": "usual"}
    edition = {"start": "2026-04-09", "end": "2026-04-11", "certainty": "scheduled"}
    for name, title, facts in (
        ("clove-fair", "丁香博览会", {"series": "clove-fair"} | usual),
        ("mint-fair", "薄荷博览会", {"series": "mint-fair"} | usual),
        ("mint-fair-9", "第9届薄荷博览会", {"series": "mint-fair"} | edition),
    ):
        event = {"city": "Sanya", "country": "CN"} | facts
        running.corpus.write(f"events/{name}.zh.md", f"{title}。", title=title, event=event)
    report = running.staff.index.reindex(1, "en", lambda *_: None)
    running.staff.index.publish(
        1, "en", report.rows[0][0].data.partition(":")[2], override="a test"
    )
    li.sends("/events Sanya")
    english = (await li.wait_for_reply()).text
    wang.sends("/events 四月")
    chinese = (await wang.wait_for_reply()).text

    assert [line for line in english.split("\n") if line.startswith("· ")] == [
        "· 丁香博览会 — 28 March – 2 April 2026, expected from the usual calendar, not announced",
        "· 第9届薄荷博览会 — 9–11 April 2026, upcoming",
        "· 薄荷博览会 — usually held 28 March – 2 April",
    ]
    assert [line for line in chinese.split("\n") if line.startswith("· ")] == [
        "· 丁香博览会 — 2026年3月28日至4月2日，按往年惯例推算，尚未见正式公告",
        "· 第9届薄荷博览会 — 2026年4月9日至11日，未开始",
        "· 薄荷博览会 — 通常在3月28日至4月2日举办",
    ]


async def test_other_words_are_said_to_stand_in_the_documents(running, li):
    li.sends("/events baskets")

    reply = await li.wait_for_reply()

    assert reply.text.startswith("Trade fairs and events (the documents mention “baskets”): 5")
    assert reply.buttons == [f"Market {day}" for day in (1, 2, 3, 4, 5)]


async def test_more_words_than_buttons_carry_give_one_long_page(running, li):
    words = "Zhejiang Jiangsu Guangdong Hainan Yunnan Fujian Beijing Shanghai 2025 2026"
    li.sends(f"/events {words}")

    reply = await li.wait_for_reply()

    assert reply.text.startswith("Trade fairs and events (Zhejiang, Jiangsu, Guangdong")
    assert "Next ›" not in reply.buttons
    assert {"Tea fair", "Spice fair"} <= set(reply.buttons)


async def test_the_narrowing_stays_while_paging(running, li):
    li.sends("/events 2026")
    first = await li.wait_for_reply()
    total = first.text.partition("\n")[0]

    li.presses("Next ›")
    second = await li.wait_for_edit()

    assert total == "Trade fairs and events (2026): 8"
    assert second.text.startswith(total)


@pytest.mark.parametrize("words", ["x" * 300, "：" * 50, "a:b:c" * 20, "🚢" * 60])
async def test_any_words_fit_into_the_buttons(running, li, words):
    li.sends(f"/events {words}")
    first = await li.wait_for_reply()

    li.presses("Next ›")
    second = await li.wait_for_edit()

    assert first is second
    assert "‹ Back" in second.buttons


async def test_each_event_says_where_it_stands(running, li):
    li.sends("/events")
    listed = (await li.wait_for_reply()).text
    li.presses("Next ›")
    listed += (await li.wait_for_edit()).text
    li.presses("Past ones (1)")
    listed += (await li.wait_for_edit()).text

    for line in (
        "Tea fair — 15 October – 4 November 2025, over",
        "Spice fair — 20–24 May 2026, dates tentative",
        "Lamp fair — June 2026, upcoming",
        "Market 1 — 1 March 2026, upcoming",
    ):
        assert line in listed


async def test_a_list_is_in_the_language_of_the_interface(running, wang):
    wang.sends("/events 2025")

    reply = await wang.wait_for_reply()

    assert reply.text.startswith("展会和活动（2025）：共1项")
    assert reply.buttons == ["茶叶博览会"]


async def test_a_card_shows_the_document_its_source_and_the_calendar_button(running, li):
    li.sends("/events 2025")
    await li.wait_for_reply()
    li.presses("Tea fair")

    card = await li.wait_for_reply()

    assert card.parts("bold") == ["Tea fair"]
    assert "74,600 booths" in card.text
    assert card.parts("expandable_blockquote") == [
        "Ministry of Commerce, 6 November 2025\nfigures as of 6 November 2025"
    ]
    assert card.buttons == ["Add to calendar (.ics)"]
    assert "#" not in card.text


async def test_the_calendar_button_sends_a_file(running, li):
    li.sends("/events 2025")
    await li.wait_for_reply()
    li.presses("Tea fair")
    await li.wait_for_reply()
    li.presses("Add to calendar (.ics)")

    sent = await li.wait_for_reply()

    assert (sent.file.name, sent.text) == ("tea-fair.ics", "Tea fair")
    assert b"DTSTART;VALUE=DATE:20251015" in sent.file.content


async def test_an_event_without_exact_dates_offers_no_calendar(running, li):
    li.sends("/events June")
    await li.wait_for_reply()
    li.presses("Lamp fair")

    assert (await li.wait_for_reply()).buttons == ["🔔 Remind me"]


async def test_a_list_from_before_a_new_index_still_works(running, li):
    li.sends("/events 2025")
    listed = await li.wait_for_reply()
    running.corpus.write("zones/new-park.en.md", "A new park.", topic="zones")
    report = running.staff.index.reindex(1, "en", lambda *_: None)
    running.staff.index.publish(
        1, "en", report.rows[0][0].data.partition(":")[2], override="a test"
    )

    li.presses("Tea fair", message=listed)

    assert "74,600" in (await li.wait_for_reply()).text


async def test_in_arabic_every_line_of_a_list_is_laid_out_from_right_to_left(running, telegram):
    """A Latin title at its beginning would turn a line round; it stands in isolates."""
    ali = telegram.user("Ali", language_code="ar")
    ali.sends("/events 2026")

    reply = await ali.wait_for_reply()

    lines = [line for line in re.sub("\u2068.*?\u2069", "", reply.text).splitlines() if line]
    assert len(lines) > 3
    for line in lines:
        letters = [c for c in line if unicodedata.bidirectional(c) in ("L", "R", "AL")]
        assert letters == [] or unicodedata.bidirectional(letters[0]) == "AL", line
    assert "\u2068Spice fair\u2069 — 20–24 مايو 2026" in reply.text


async def test_a_command_that_is_copied_from_an_arabic_message_is_one(running, telegram):
    ali = telegram.user("Ali", language_code="ar")
    ali.sends("\u2068/events 2025\u2069")

    assert (await ali.wait_for_reply()).text.startswith("المعارض والفعاليات (2025): ")


async def test_traditional_readers_get_their_characters_in_lists(running, telegram):
    lam = telegram.user("Lam", language_code="zh-hant")

    lam.sends("/events 2025")
    listed = await lam.wait_for_reply()
    lam.presses("茶葉博覽會", message=listed)

    assert "· 茶葉博覽會" in listed.text
    assert "茶叶" not in listed.text
    assert (await lam.wait_for_reply()).text.startswith("茶葉博覽會")
