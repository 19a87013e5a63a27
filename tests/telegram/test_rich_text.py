"""No text of any document or user makes a message that Telegram refuses or changes."""

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.delivery import entities, keyboard
from bot.chat.replies import Button
from bot.chat.rich_text import RichText, Style, bold, utf16_units
from tests.telegram.fake.formatting import checked_length, format_text
from tests.telegram.fake.keyboards import check_markup
from tests.telegram.fake.utf16 import cut16, length16

LIMIT = 4096
SAMPLES = [
    *(
        "广交会在广州举行。",
        "共有7.46万个展位！",
        "👩🏽‍🔬",
        "👨‍👩‍👧‍👦",
        "🇨🇳",
        "é",
        "e\u0301",
        "🚢" * 30,
    ),
    *("\n\n", "\n", " ", "\u200b", "\x00", "\x1f", "\u2028", "\xa0", "\ufeff", "\r\n", "\t"),
    *("<b>", "*_[](", "&amp;", "`", "[1]", "word " * 40, "字" * 200, "x" * 300),
]
PIECES = st.one_of(st.text(max_size=40), st.sampled_from(SAMPLES))
STYLED = st.tuples(PIECES, st.sampled_from([None, *Style]))


def _built(parts) -> RichText:
    """As the views build texts: pieces in a style, quotations with links in them."""
    whole = RichText()
    for text, style in parts:
        if style is Style.LINK:
            piece = RichText(text).styled(style, "https://www.mofcom.example/a?b=c")
        elif style is Style.QUOTE:
            link = RichText("source").styled(Style.LINK, "https://www.mofcom.example")
            piece = (RichText(text) + "\n" + link).styled(style)
        else:
            piece = RichText(text).styled(style) if style else RichText(text)
        whole += piece
    return whole


def _sent(part: RichText):
    """What the checkers of the fake make of a part: they raise what Telegram refuses."""
    own = [json.loads(entity.to_json()) for entity in entities(part)]
    formatted = format_text(part.text, None, own)
    checked_length(formatted, LIMIT, empty="empty", too_long="too long")
    return formatted, own


@settings(max_examples=3_000, deadline=None)
@given(st.lists(STYLED, max_size=12))
def test_no_text_makes_a_message_that_telegram_refuses_or_changes(parts):
    for part in _built(parts).messages():
        formatted, own = _sent(part)

        assert len(own) <= 100
        assert not [warning for warning in formatted.warnings if "beyond" not in warning]


@settings(max_examples=300, deadline=None)
@given(st.lists(STYLED, max_size=12), st.integers(40, 200))
def test_splitting_loses_nothing_but_white_space(parts, limit):
    whole = _built(parts)

    messages = list(whole.messages(limit))

    assert "".join(_seen(m.text) for m in messages) == _seen(whole.text)
    assert all(utf16_units(message.text) <= limit for message in messages)


@settings(max_examples=300, deadline=None)
@given(st.lists(STYLED, max_size=8), st.integers(40, 200))
def test_splitting_keeps_the_style_of_every_character(parts, limit):
    whole = _built(parts)

    styles = [style for part in whole.messages(limit) for style in _styles(part)]

    assert styles == _styles(whole)


def _styles(text: RichText) -> list[tuple[str, frozenset]]:
    """Every character that is seen, with its styles."""
    found = [set() for _ in text.text]
    for each in text.ranges:
        for position in range(each.start, each.end):
            found[position].add((each.style, each.url))
    pairs = zip(text.text, found, strict=True)
    return [(char, frozenset(style)) for char, style in pairs if _seen(char)]


def _seen(text: str) -> str:
    """What can be seen: a part of only invisible characters is no message for Telegram."""
    return "".join(
        c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf", "Mn")
    )


@pytest.mark.parametrize("unit", ["👩🏽‍🔬", "👨‍👩‍👧‍👦", "🇨🇳", "e\u0301", "❤️", "1️⃣", "👍🏿"])
def test_a_cut_never_stands_within_what_is_seen_as_one_character(unit):
    for limit in range(40, 40 + 2 * utf16_units(unit)):
        for part in RichText(unit * 100).messages(limit):
            assert part.text == unit * (len(part.text) // len(unit))


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("字" * 60 + "。" + "字" * 60, "。"),
        ("one word " * 20, "word"),
        ("first\n" * 10 + "second\n" * 10, "second"),
        ("为什么？”" * 10 + "字" * 60, "”"),
    ],
)
def test_a_cut_stands_at_the_end_of_a_sentence_line_or_word(text, end):
    first = next(RichText(text).messages(100))

    assert first.text.endswith((end, "one"))


def test_styles_are_counted_in_the_units_of_telegram():
    text = RichText("🚢🚢 ") + bold("广交会🚢") + " end"

    (entity,) = entities(text)

    assert cut16(text.text, entity.offset, entity.length) == "广交会🚢"
    assert (entity.offset, entity.length) == (5, 5)


def test_more_than_a_hundred_styles_never_leave_in_one_message():
    text = RichText()
    for number in range(250):
        text += bold(f"{number}") + " "

    parts = list(text.messages())

    assert all(len(entities(part)) <= 100 for part in parts)
    assert sum(len(entities(part)) for part in parts) == 250


def test_a_message_of_exactly_the_limit_is_one_message():
    assert [len(part.text) for part in RichText("字" * LIMIT).messages()] == [LIMIT]
    assert [len(part.text) for part in RichText("字" * (LIMIT + 1)).messages()] == [LIMIT, 1]
    assert [length16(part.text) for part in RichText("🚢" * LIMIT).messages()] == [LIMIT, LIMIT]


@pytest.mark.parametrize(
    "url", ["http://intranet/rules", "http://localhost:8000/a", "https://user@host.example/x"]
)
def test_an_address_that_telegram_takes_for_no_link_becomes_plain_text(url):
    """Front matter takes any http address; one bad one must not cost the whole answer."""
    text = RichText("Ministry").styled(Style.LINK, url)

    formatted, _ = _sent(text)

    assert formatted.text == "Ministry"


@settings(max_examples=500, deadline=None)
@given(st.text(min_size=1, max_size=120))
def test_any_title_makes_a_button_that_telegram_takes(title):
    markup = keyboard(((Button(title, "c:e:0123456789abcdef"),),)).to_dict()

    assert check_markup(json.loads(json.dumps(markup)), [])


@pytest.mark.parametrize("data", ["", "x" * 65, "字" * 22])
def test_a_button_whose_data_telegram_would_refuse_cannot_be_made(data):
    with pytest.raises(ValueError, match="bytes"):
        Button("more", data)


@pytest.mark.parametrize(("data", "url"), [(None, None), ("a", "https://a.example")])
def test_a_button_does_exactly_one_thing(data, url):
    with pytest.raises(ValueError, match="either"):
        Button("more", data, url)
