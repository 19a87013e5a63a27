"""The fake refuses what Telegram refuses, in Telegram's words."""

import html
import io

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from telegram.helpers import escape_markdown

from tests.telegram.fake.client import BotClient
from tests.telegram.fake.parse_html import parse_html
from tests.telegram.fake.parse_markdown import parse_markdown_v2
from tests.telegram.fake.server import RateLimits

NOT_MODIFIED = "400 Bad Request: message is not modified"
TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


HTML, MARKDOWN = {"parse_mode": "HTML"}, {"parse_mode": "MarkdownV2"}
PARSE = "can't parse entities: "
PARSE_ENTITY = "can't parse MessageEntity: "
PARSE_BUTTON = "can't parse inline keyboard button: "


@pytest.fixture
def li(telegram):
    return telegram.user("Li", language_code="zh-hans", started=True)


def button(**action):
    return {"inline_keyboard": [[{"text": "Go", **action}]]}


@pytest.mark.parametrize(
    ("text", "more", "refusal"),
    [
        ("", {}, "message text is empty"),
        (" \n ", {}, "message text is empty"),
        ("<b> </b>", {"parse_mode": "HTML"}, "message text is empty"),
        ("x" * 4097, {}, "message is too long"),
        ("😀" * 2049, {}, "message is too long"),
        ("<b>x", HTML, PARSE + "Can't find end tag"),
        ("x</b>", HTML, PARSE + "Unexpected end tag at byte offset 1"),
        ("é < b", HTML, PARSE + 'Unsupported start tag "" at byte '),
        ("<b>x</i>", HTML, PARSE + "Unmatched end tag at byte offset 4"),
        ("1.0", MARKDOWN, PARSE + "Character '.' is reserved"),
        ("😀 *a", MARKDOWN, PARSE + "Can't find end of Bold entity at byte offset 5"),
        ("x", {"parse_mode": "XML"}, "unsupported parse_mode"),
    ],
)  # fmt: skip
def test_a_text_that_telegram_refuses_is_refused(bot, li, text, more, refusal):
    said = bot.refusal("sendMessage", chat_id=li.id, text=text, **more)

    assert said.startswith(f"400 Bad Request: {refusal}")


@pytest.mark.parametrize(
    ("entity", "refusal"),
    [
        ({"offset": 0, "length": 4}, "entity beginning at UTF-16 offset 0 ends after the end"),
        ({"offset": 3, "length": 1}, "entity begins after the end of the text at UTF-16 offset 3"),
        ({"offset": 0, "length": 2}, "entity beginning at UTF-16 offset 0 ends in a middle"),
        ({"offset": 2, "length": 1}, "entity begins in a middle of a UTF-16 symbol"),
        ({"offset": -1, "length": 1}, "receive an entity with incorrect offset -1"),
        ({"offset": "0", "length": 1}, PARSE_ENTITY + 'Field "offset" must be of type'),
        ({"offset": 0, "length": 1, "type": "big"}, PARSE_ENTITY + "Unsupported type"),
        ({"offset": 0, "length": 1, "type": "text_link", "url": "localhost"}, "entity URL"),
        ({"offset": 0, "length": 1, "type": "date_time"}, PARSE_ENTITY + "Can't find"),
    ],
)  # fmt: skip
def test_an_entity_that_lies_off_the_text_is_refused(bot, li, entity, refusal):
    entities = [{"type": "bold", **entity}]

    said = bot.refusal("sendMessage", chat_id=li.id, text="a😀", entities=entities)

    assert said.startswith(f"400 Bad Request: {refusal}")


def test_entities_are_counted_in_utf16_units_and_shown(bot, telegram, li):
    entities = [
        {"type": "expandable_blockquote", "offset": 3, "length": 2},
        {"type": "date_time", "offset": 6, "length": 3, "unix_time": 1, "date_time_format": "wDT"},
    ]

    bot.call("sendMessage", chat_id=li.id, text="😀 甲乙 now", entities=entities)

    assert li.bot_messages[-1].parts("expandable_blockquote") == ["甲乙"]
    assert li.bot_messages[-1].parts("date_time") == ["now"]
    assert "│ 甲乙" in li.screen()
    telegram.assert_clean()


def test_white_space_at_the_ends_is_cut_and_entities_move_along(bot, li):
    entities = [{"type": "bold", "offset": 4, "length": 3}]

    sent = bot.call("sendMessage", chat_id=li.id, text=" \n x b  ", entities=entities)

    assert (sent["text"], sent["entities"]) == (
        "x b",
        [{"type": "bold", "offset": 1, "length": 2}],
    )


def test_what_telegram_drops_in_silence_is_a_warning(bot, telegram, li):
    many = [{"type": "bold", "offset": 2 * n, "length": 1} for n in range(101)]
    nested = [{"type": kind, "offset": 0, "length": 1} for kind in ("code", "bold")]

    sent = bot.call("sendMessage", chat_id=li.id, text="x " * 101, entities=many)
    bot.call("sendMessage", chat_id=li.id, text="x", entities=nested)

    assert len(sent["entities"]) == 100
    assert len(telegram.warnings) == 2
    with pytest.raises(AssertionError, match="dropped"):
        telegram.assert_clean()


@pytest.mark.parametrize("mode", ["HTML", "MarkdownV2"])
def test_both_parse_modes_give_the_same_text(bot, li, mode):
    text = {
        "HTML": '<b>a <i>b</i></b> <a href="https://x.org/?a=1&amp;b">l</a>\n'
        "<blockquote expandable>q</blockquote>\n"
        '<pre><code class="language-py">1&lt;2</code></pre>',
        "MarkdownV2": "*a _b_* [l](https://x.org/?a=1&b)\n**>q||\n```py\n1<2```",
    }[mode]

    sent = bot.call("sendMessage", chat_id=li.id, text=text, parse_mode=mode)

    assert sent["text"] == "a b l\nq\n1<2"
    assert [(e["type"], e["offset"], e["length"]) for e in sent["entities"]] == [
        ("bold", 0, 3),
        ("italic", 2, 1),
        ("text_link", 4, 1),
        ("expandable_blockquote", 6, 1),
        ("pre", 8, 3),
    ]
    assert sent["entities"][2]["url"] == "https://x.org/?a=1&b"
    assert sent["entities"][4]["language"] == "py"


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=40).map(str.strip))
def test_escaped_text_comes_out_of_both_parse_modes_as_it_was(text):
    assert parse_html(html.escape(text))[0] == text
    assert parse_markdown_v2(escape_markdown(text, version=2)) == (text, [])


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        ([], "object expected as reply markup"),
        ({"inline_keyboard": [{"text": "x"}]}, 'field "inline_keyboard" of the InlineKeyboardMar'),
        (button(), PARSE_BUTTON + "Text buttons are unallowed"),
        (button(callback_data=""), PARSE_BUTTON + "Text buttons are unallow"),
        (button(callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (button(callback_data="x", text=""), "inline keyboard button text must be non-empty"),
        (button(url="localhost"), "inline keyboard button URL 'localhost' is invalid"),
        ({"inline_keyboard": [[{"callback_data": "x"}]]}, PARSE_BUTTON + "Can"),
        ({"inline_keyboard": 101 * [[{"text": "x", "callback_data": "x"}]]}, "reply markup"),
        ({"keyboard": [[""]]}, "keyboard button text must be non-empty"),
    ],
)  # fmt: skip
def test_a_keyboard_out_of_shape_is_refused(bot, li, markup, refusal):
    said = bot.refusal("sendMessage", chat_id=li.id, text="x", reply_markup=markup)

    assert said.startswith(f"400 Bad Request: {refusal}")


def test_limits_are_inclusive(bot, telegram, li):
    bot.call("sendMessage", chat_id=li.id, text="x" * 4096)
    bot.call("sendMessage", chat_id=li.id, text="x", reply_markup=button(callback_data="x" * 64))

    telegram.assert_clean()


def test_edits_are_refused_where_telegram_refuses_them(bot, li):
    ours = bot.call(
        "sendMessage", chat_id=li.id, text="one", reply_markup=button(callback_data="1")
    )
    theirs = li.sends("hello").message_id
    same = {"text": "one", "reply_markup": button(callback_data="1")}
    at = {"chat_id": li.id, "message_id": ours["message_id"]}

    assert bot.refusal("editMessageText", **at, **same).startswith(NOT_MODIFIED)
    assert bot.refusal("editMessageText", **{**at, "message_id": 99}, text="x") == (
        "400 Bad Request: message to edit not found"
    )
    assert bot.refusal("editMessageText", **{**at, "message_id": theirs}, text="x") == (
        "400 Bad Request: message can't be edited"
    )
    assert bot.refusal("editMessageText", **at, text="two") == ""
    assert bot.refusal("editMessageReplyMarkup", **at).startswith(NOT_MODIFIED)
    assert bot.refusal("deleteMessage", **at) == ""
    assert bot.refusal("deleteMessage", **at) == "400 Bad Request: message to delete not found"


def test_a_reply_to_a_missing_message_is_refused_unless_allowed(bot, li):
    reply = {"message_id": 7}

    said = bot.refusal("sendMessage", chat_id=li.id, text="x", reply_parameters=reply)
    reply["allow_sending_without_reply"] = True

    assert said == "400 Bad Request: message to be replied not found"
    assert bot.refusal("sendMessage", chat_id=li.id, text="x", reply_parameters=reply) == ""


def test_a_pressed_button_is_answered_once_and_in_time(bot, telegram, li):
    bot.call("sendMessage", chat_id=li.id, text="x", reply_markup=button(callback_data="1"))
    first, second = li.presses("Go"), li.presses("Go")

    assert bot.refusal("answerCallbackQuery", callback_query_id=first) == ""
    assert bot.refusal("answerCallbackQuery", callback_query_id=first) == TOO_OLD
    telegram.expire_queries()
    assert bot.refusal("answerCallbackQuery", callback_query_id=second) == TOO_OLD
    assert bot.refusal("answerCallbackQuery", callback_query_id="1") == TOO_OLD


def test_tokens_methods_and_chats_that_do_not_exist_are_refused(bot, telegram):
    stranger = telegram.user("Wang")

    with BotClient(telegram, token="1:x") as wrong, BotClient(telegram, token="x") as malformed:
        assert wrong.refusal("getMe") == "401 Unauthorized"
        assert malformed.refusal("getMe") == "404 Not Found"
    assert bot.refusal("getMee") == "404 Not Found: method not found"
    assert bot.refusal("sendMessage", text="x") == "400 Bad Request: chat_id is empty"
    for chat_id in (stranger.id, 5, -5, "@nobody"):
        said = bot.refusal("sendMessage", chat_id=chat_id, text="x")
        assert said == "400 Bad Request: chat not found"


def test_rates_are_limited_when_switched_on(bot, telegram, li):
    group = telegram.group("Trade", li)
    telegram.limit_rates(RateLimits(chat_burst=2, group_count=1))

    taken = [bot.refusal("sendMessage", chat_id=li.id, text="x") for _ in range(3)]
    in_group = [bot.refusal("sendMessage", chat_id=group.chat_id, text="x") for _ in range(2)]

    assert taken == ["", "", "429 Too Many Requests: retry after 2"]
    assert in_group == ["", "429 Too Many Requests: retry after 60"]
    assert len(li.bot_messages) == 2


def test_documents_are_kept_and_limited(bot, telegram, li):
    def send(content, **more):
        return bot.call("sendDocument", {"document": ("a.csv", content)}, chat_id=li.id, **more)

    send(b"1,2", caption="<b>c</b>", parse_mode="HTML")
    sent = li.bot_messages[-1]

    assert (sent.text, sent.file.name, sent.file.content) == ("c", "a.csv", b"1,2")
    with pytest.raises(Exception, match="400 Bad Request: message caption is too long"):
        send(b"1", caption="x" * 1025)
    with pytest.raises(Exception, match="400 Bad Request: file must be non-empty"):
        send(b"")
    with pytest.raises(Exception, match="413 Request Entity Too Large"):
        send(bytes(50 * 1024 * 1024 + 1))


def png(width, height):
    content = io.BytesIO()
    Image.new("RGB", (width, height)).save(content, "PNG")
    return content.getvalue()


def test_photos_are_pictures_and_are_limited(bot, telegram, li):
    def send(content, **more):
        return bot.call("sendPhoto", {"photo": ("a.png", content)}, chat_id=li.id, **more)

    sent = send(png(40, 30), caption="c")

    assert [(size["width"], size["height"]) for size in sent["photo"]] == [(40, 30)]
    assert (li.bot_messages[-1].text, li.bot_messages[-1].file.content) == ("c", png(40, 30))
    for content, refusal in (
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (png(40, 30)[:60], "IMAGE_PROCESS_FAILED"),
        (png(9_000, 1_001), "PHOTO_INVALID_DIMENSIONS"),
        (png(210, 10), "PHOTO_INVALID_DIMENSIONS"),
        (png(4, 4) + bytes(10 * 1024 * 1024), "too big for a photo"),
    ):
        with pytest.raises(Exception, match=f"400 Bad Request: .*{refusal}"):
            send(content)
    with pytest.raises(Exception, match="400 Bad Request: message caption is too long"):
        send(png(4, 4), caption="x" * 1025)
    assert len(li.bot_messages) == 1


def test_downloads_are_limited_to_20_megabytes(bot, telegram, li):
    small = li.sends_document("a.txt", b"abc").file.file_id
    large = li.sends_document("b.txt", b"abc", pretended_bytes=20 * 2**20 + 1).file.file_id

    path = bot.call("getFile", file_id=small)["file_path"]
    content = httpx.get(
        f"{telegram.base_file_url}{telegram.token}/{path}", trust_env=False
    ).content

    assert content == b"abc"
    assert bot.refusal("getFile", file_id=large) == "400 Bad Request: file is too big"


def article(number, **more):
    content = {"message_text": f"text {number}"}
    return {
        "type": "article",
        "id": f"{number}",
        "title": "t",
        "input_message_content": content,
        **more,
    }


@pytest.mark.parametrize(
    ("results", "refusal"),
    [
        ([article(n) for n in range(51)], "RESULTS_TOO_MUCH"),
        ([article(1), article(1)], "RESULT_ID_DUPLICATE"),
        ([article("é" * 33)], "RESULT_ID_INVALID"),
        ([article(1, title="")], "ARTICLE_TITLE_EMPTY"),
        ([article(1, input_message_content={"message_text": "x" * 4097})], "MESSAGE_TOO_LONG"),
    ],
)
def test_inline_results_that_telegram_refuses_are_refused(bot, telegram, results, refusal):
    typed = telegram.types_inline(telegram.user("Li"), "x")

    said = bot.refusal("answerInlineQuery", inline_query_id=typed.query.query_id, results=results)

    assert said == f"400 Bad Request: {refusal}"
