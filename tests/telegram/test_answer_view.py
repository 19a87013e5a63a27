"""What an answer looks like: its sentence first, links, what readers need no more than once."""

import pytest

from bot.chat.answer_view import BRIEF, Below, answer_rows
from bot.chat.replies import CALLBACK_BYTES
from index.encoder import no_progress

ZONE = (
    "中瑞中小企业合作区（China-Switzerland SME cooperation zone）设在江苏常州，"
    "外汇业务由国家外汇管理局（SAFE）批准，2025年有12家企业（12 firms in 2025）入驻。"
)
SHOWN = (
    "中瑞中小企业合作区设在江苏常州，"
    "外汇业务由国家外汇管理局（SAFE）批准，2025年有12家企业（12 firms in 2025）入驻。"
)
ASKED = "中瑞中小企业合作区设在江苏常州吗？"


@pytest.fixture
async def with_zone(running):
    """The bot that also knows a zone with an English name in brackets."""
    running.corpus.write(
        "zones/swiss.zh.md",
        f"{ZONE}\n",
        topic="zones",
        title="中瑞合作区",
        sources=[{"publisher": "商务部", "published": "2025-11-06", "url": "https://a.example/1"}],
    )
    report = running.staff.index.reindex(1, "en", no_progress)
    running.staff.index.publish(
        1, "en", report.rows[0][0].data.partition(":")[2], override="a test"
    )
    return running


async def test_the_quote_is_shown_without_its_english_gloss_and_exact_below(with_zone, wang):
    wang.sends(ASKED)

    answer = await wang.wait_for_reply()

    assert answer.text.startswith(f"{SHOWN} [1]\n")
    (evidence,) = answer.parts("expandable_blockquote")
    assert f"“{ZONE}”" in evidence


async def test_who_asks_with_latin_letters_sees_the_gloss(with_zone, wang):
    wang.sends(f"SME：{ASKED}")

    assert (await wang.wait_for_reply()).text.startswith(f"{ZONE} [1]\n")


async def test_traditional_readers_get_their_characters_and_are_told_so_once(with_zone, wang):
    wang.sends("中瑞中小企業合作區設在江蘇常州嗎？")

    answer = await wang.wait_for_reply()

    assert answer.text.startswith(
        "中瑞中小企業合作區設在江蘇常州，外匯業務由國家外匯管理局（SAFE）"
    )
    assert answer.text.count("（引文由簡體轉換，原文見下方。）") == 1
    (evidence,) = answer.parts("expandable_blockquote")
    assert f"“{ZONE}”" in evidence


async def test_nothing_is_said_of_converting_where_nothing_was_converted(with_zone, li, wang):
    wang.sends(ASKED)
    li.sends("How many booths has the tea fair?")

    assert "转换" not in (await wang.wait_for_reply()).text
    assert "converted" not in (await li.wait_for_reply()).text


async def test_each_of_several_questions_is_a_bold_line(with_zone, wang):
    wang.sends("中瑞中小企業合作區設在江蘇常州嗎？中瑞中小企業合作區有多少家企業入駐？")

    answer = await wang.wait_for_reply()

    assert answer.parts("bold")[:2] == [
        "中瑞中小企業合作區設在江蘇常州嗎？",
        "中瑞中小企業合作區有多少家企業入駐？",
    ]
    assert answer.text.count("（引文由簡體轉換，原文見下方。）") == 1


async def test_the_source_below_the_answer_is_a_link(with_zone, wang):
    wang.sends(ASKED)

    answer = await wang.wait_for_reply()

    assert "\n— 商务部，2025年11月6日\n" in answer.text
    assert answer.parts("text_link")[0] == "商务部，2025年11月6日"
    assert "— 商务部，2025年11月6日" in answer.parts("italic")


@pytest.mark.parametrize(
    ("passages", "buttons"),
    [
        (["events/a.en@0", "events/a.en@90"], ["Sources"]),
        (["events/a.en@0", "events/b.en@0"], ["Sources", "More"]),
        ([], ["Sources"]),
    ],
)
def test_more_is_offered_only_where_other_documents_were_found(passages, buttons):
    below = Below(
        answer_id="x", status="answered", cited={"events/a.en"}, passages=passages, suggestions=()
    )

    votes, further = answer_rows(below, "en")

    assert [button.label for button in votes] == ["👍 Helpful", "👎 Not helpful"]
    assert [button.label for button in further] == buttons


async def test_questions_that_a_button_cuts_stand_in_the_message(running, li):
    title = "Lamp fair with lanterns, bulbs and all that belongs to light"
    running.corpus.write(
        "events/lamp-fair.en.md",
        "The lamp fair shows lanterns and bulbs.\n",
        topic="events",
        title=title,
    )
    report = running.staff.index.reindex(1, "en", no_progress)
    running.staff.index.publish(
        1, "en", report.rows[0][0].data.partition(":")[2], override="a test"
    )
    li.sends("How many booths has the tea fair?")

    answer = await li.wait_for_reply()

    assert "Lamp fair with lanterns, bulbs and all…" in answer.buttons
    assert answer.text.count(f"\n· {title}") == 1
    assert "\n\nRelated passages\n· " in answer.text


@pytest.mark.parametrize(("letters", "rows"), [(58, 2), (59, 1)])
def test_no_button_carries_more_than_telegram_takes(letters, rows):
    """The button that pages through a brief carries a letter more than the one of its file."""
    file = f"{BRIEF}zh:{'a' * letters}"
    below = Below(
        answer_id="0" * 16, status="answered", cited=(), passages=(), suggestions=(), file=file
    )

    shown = answer_rows(below, "en")

    assert len(shown) == rows
    assert all(len(button.data.encode()) <= CALLBACK_BYTES for row in shown for button in row)
