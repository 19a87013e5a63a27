"""The font of pictures: what it has, and how texts are laid into lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.fonts import can_draw, font_for, lines_of

FONT = font_for("zh", 34)
NARROW = 8 * 34
"""Room for eight Chinese characters."""


def shape_of(character, language="zh"):
    """The character as it is drawn: the pixels and where they stand."""
    mask, place = font_for(language, 48).getmask2(character)
    return bytes(mask), mask.size, place


@pytest.mark.parametrize(
    "text",
    [
        "泰中罗勇工业园（2021年7月）",
        "開發方：華立集團",
        "日本語かな",
        "한국어",
        "Việt Nam",
        "Россия 7,5 км²",
    ],
)
def test_what_it_has_is_drawn_and_is_no_box(text):
    assert can_draw([text])
    box = shape_of("\U0010fffd")  # which no font has
    assert [character for character in text if shape_of(character) == box] == []


@pytest.mark.parametrize("text", ["مقارنة", "ไทย", "हिन्दी", "👍"])
def test_what_it_lacks_is_known(text):
    assert not can_draw(["Compare", text])


def test_a_character_has_the_shape_of_its_language():
    shapes = {shape_of("骨", language) for language in ("zh", "zh-Hant", "ja")}

    assert len(shapes) == 3


def test_bold_is_bolder():
    regular, bold = (sum(font_for("zh", 34, is_bold=b).getmask("业")) for b in (False, True))

    assert bold > 1.2 * regular


@given(st.text("泰园，。（）“”2021年 aviệ-/", max_size=80))
def test_lines_have_room_and_nothing_is_lost(text):
    lines = list(lines_of(text, FONT, NARROW))

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(line == line.rstrip() and FONT.getlength(line) <= NARROW for line in lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("广东、广西、福建省、浙江", ["广东、广西、福建", "省、浙江"]),
        ("一二三四五六七八。", ["一二三四五六七", "八。"]),  # no line begins with a full stop
        (
            "一二三四五六七（八）",
            ["一二三四五六七", "（八）"],
        ),  # nor ends with a bracket that opens
        ("一二三四五六2021年", ["一二三四五六", "2021年"]),
        ("Ministry of Commerce", ["Ministry of", "Commerce"]),
        ("Donaudampfschifffahrtsgesellschaft", None),
    ],
)
def test_lines_end_where_readers_expect_it(text, lines):
    found = list(lines_of(text, FONT, NARROW))

    if lines:
        assert found == lines
    else:  # a word without room for it is cut
        assert len(found) > 1
        assert "".join(found) == text
