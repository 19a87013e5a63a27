"""How a message looks on a phone of forty columns."""

import pytest
from rich.cells import cell_len

from tests.telegram.fake.phone import COLUMNS, on_phone, wrapped

CHINESE = "第138届广交会于2025年10月15日至11月4日在广州举办，到会境外采购商超过31万名。"
ENGLISH = "The 138th Canton Fair drew over 310,000 overseas buyers from 223 countries."
ARABIC = "متى يُعقد ملتقى التعاون الصناعي بين الصين والإمارات؟ ومتى ينعقد المعرض القادم؟"
FAMILY = "👨‍👩‍👧"


@pytest.mark.parametrize("text", [CHINESE, ENGLISH, ARABIC, FAMILY * 30, "https://a.example/" * 9])
def test_no_line_is_too_wide_and_nothing_is_lost(text):
    lines = wrapped(text)

    assert len(lines) > 1
    assert max(map(cell_len, lines)) <= COLUMNS
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_words_and_emoji_stay_whole_and_signs_stand_by_their_characters():
    assert wrapped("buyers came", 8) == ["buyers", "came"]
    assert wrapped("广州举办，到会", 8) == ["广州举", "办，到会"]
    assert wrapped(FAMILY * 3, 4) == [FAMILY * 2, FAMILY]
    assert wrapped("一\n\n二") == ["一", "", "二"]


def test_a_long_quotation_is_folded_and_a_wide_button_cut(bot, telegram):
    li = telegram.user("Li", started=True)
    rows = [[{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}]]
    rows.append([{"text": "x" * 60, "callback_data": "x"}])
    bot.call(
        "sendMessage",
        chat_id=li.id,
        text=f"Said\n<blockquote expandable>{'一' * 80}</blockquote>\nand <a href='https://a.example'>by</a>",
        parse_mode="HTML",
        reply_markup={"inline_keyboard": rows},
    )

    assert on_phone(li.bot_messages[0]) == [
        "Said",
        *[f"│ {'一' * 19}"] * 3,
        "│ ⌄",
        "and by",
        "[Yes] [No]",
        f"[{'x' * 37}…]",
    ]


def test_what_is_no_text_has_a_line_of_its_own(telegram):
    li = telegram.user("Li")

    assert on_phone(li.sends_photo("Where is this?")) == [
        "<photo>",
        "Where is this?",
    ]
