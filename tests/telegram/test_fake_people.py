"""The fake's people: what they do reaches the bot, what the bot does reaches them."""

import pytest
from telegram.ext import filters


def texts(updates):
    return [update["message"].get("text") for update in updates if "message" in update]


async def test_a_conversation_by_polling_is_in_the_transcript(telegram, echo_bot):
    await echo_bot.updater.start_polling(timeout=5)
    li = telegram.user("Li")

    li.sends("hello")
    reply = await li.wait_for_reply()
    li.presses("More")
    edited = await li.wait_for_edit()
    toast = await li.wait_for_toast()

    assert edited is reply
    assert (edited.text, edited.earlier, edited.buttons) == ("more", ["you said hello"], [])
    assert (toast["text"], toast["show_alert"]) == ("here it is", False)
    lines = [line.split("] ", 1)[-1].strip() for line in li.transcript().splitlines()]
    assert lines == [
        "Li #1: hello",
        "(SME bot is typing ...)",
        "SME bot #2:",
        "you said hello",
        "[More]",
        "Li presses [More]",
        "(shown to Li: here it is)",
        "SME bot edits #2: more",
    ]
    assert li.screen() == "Li #1: hello\nSME bot #2 (edited): more"
    telegram.assert_clean()


def test_in_a_group_the_bot_gets_only_what_concerns_it(bot, telegram):
    li, wang = telegram.user("Li"), telegram.user("Wang")
    group = telegram.group("Trade", li, wang)
    ours = bot.call("sendMessage", chat_id=group.chat_id, text="hi")["message_id"]
    ours = group.chat.messages[ours]

    theirs = li.sends("between us", to=group)
    wang.sends("also between us", to=group, reply_to=theirs)
    li.sends("/help@another_bot", to=group)
    li.sends("/help", to=group)
    li.sends("/help@SME_test_bot", to=group)
    li.sends("ask @sme_test_bot about it", to=group)
    li.sends("thanks", to=group, reply_to=ours)
    group.promotes_bot()
    li.sends("now everything", to=group)

    assert texts(bot.call("getUpdates")) == [
        "/help",
        "/help@SME_test_bot",
        "ask @sme_test_bot about it",
        "thanks",
        "now everything",
    ]


def test_a_block_is_told_and_then_refuses_messages(bot, telegram):
    li = telegram.user("Li", started=True)
    group = telegram.group("Trade", li)

    li.blocks_bot()
    group.removes_bot()
    refused = bot.refusal("sendMessage", chat_id=li.id, text="x")
    in_group = bot.refusal("sendMessage", chat_id=group.chat_id, text="x")
    li.unblocks_bot()

    assert refused == "403 Forbidden: bot was blocked by the user"
    assert in_group == "403 Forbidden: bot was kicked from the supergroup chat"
    assert bot.refusal("sendMessage", chat_id=li.id, text="x") == ""
    changes = [update["my_chat_member"] for update in bot.call("getUpdates")]
    assert [change["new_chat_member"]["status"] for change in changes] == [
        "kicked",
        "kicked",
        "member",
    ]


def test_a_group_that_became_a_supergroup_names_its_new_number(bot, telegram):
    group = telegram.group("Trade", telegram.user("Li"), kind="group")

    moved = group.becomes_supergroup()

    with pytest.raises(Exception, match="upgraded to a supergroup") as refused:
        bot.call("sendMessage", chat_id=group.chat_id, text="x")
    assert refused.value.parameters == {"migrate_to_chat_id": moved.chat_id}


async def test_everything_that_people_send_can_be_read_by_the_library(telegram, echo_bot):
    li, seen = telegram.user("Li", username="li_123"), []
    group = telegram.group("Trade", li, with_bot=False)
    for send in (li.sends_photo, li.sends_sticker, li.sends_voice, li.sends_location):
        send()
    li.sends_contact()
    li.sends_poll()
    li.sends_document("a.pdf", b"%PDF", caption="see /help")
    li.forwards("news")
    li.edits(li.sends("hello"), "hullo")
    group.adds_bot()
    group.promotes_bot()
    telegram.types_inline(li, "canton")

    while len(seen) < 14:
        offset = seen[-1].update_id + 1 if seen else 0
        seen += await echo_bot.bot.get_updates(offset=offset, timeout=1)

    kinds = [filters.PHOTO, filters.Sticker.ALL, filters.VOICE, filters.LOCATION, filters.CONTACT]
    kinds += [filters.POLL, filters.Document.PDF, filters.FORWARDED]
    assert [
        bool(kind.check_update(update)) for kind, update in zip(kinds, seen, strict=False)
    ] == ([True] * 8)
    assert seen[9].edited_message.text == "hullo"
    assert seen[10].my_chat_member.new_chat_member.status == "member"
    assert seen[11].message.new_chat_members[0].id == echo_bot.bot.id
    assert seen[12].my_chat_member.new_chat_member.status == "administrator"
    assert seen[13].inline_query.query == "canton"


def article(number, **more):
    content = {"message_text": f"text {number}"}
    return {
        "type": "article",
        "id": f"{number}",
        "title": "t",
        "input_message_content": content,
        **more,
    }


async def test_a_chosen_inline_result_is_a_message_and_an_update(bot, telegram):
    li = telegram.user("Li")
    group = telegram.group("Trade", li, with_bot=False)
    typed = telegram.types_inline(li, "canton")
    bot.call("answerInlineQuery", inline_query_id=typed.query.query_id, results=[article(1)])

    message = typed.chooses((await typed.wait_for_results())[0], in_chat=group)

    assert message.text == "text 1"
    chosen = bot.call("getUpdates")[-1]["chosen_inline_result"]
    assert (chosen["result_id"], chosen["query"]) == ("1", "canton")


def test_a_person_sees_the_narrowest_menu_in_the_own_language(bot, telegram):
    li = telegram.user("Li", language_code="zh-hans", started=True)
    wang = telegram.user("Wang", language_code="en")

    def offer(*names, **more):
        commands = [{"command": name, "description": "d"} for name in names]
        bot.call("setMyCommands", commands=commands, **more)

    offer("help")
    offer("bangzhu", language_code="zh")
    assert (li.sees_commands(), wang.sees_commands()) == (["bangzhu"], ["help"])

    offer("publish", scope={"type": "chat", "chat_id": li.id})
    assert (li.sees_commands(), wang.sees_commands()) == (["publish"], ["help"])

    bot.call("deleteMyCommands", scope={"type": "chat", "chat_id": li.id})
    assert li.sees_commands() == ["bangzhu"]
    assert bot.call("getMyCommands")[0]["command"] == "help"


def command(name="x", description="d"):
    return {"command": name, "description": description}


@pytest.mark.parametrize(
    ("commands", "refusal"),
    [
        ([command("Help")], "BOT_COMMAND_INVALID"),
        ([command("x" * 33)], "command length must not exceed 32"),
        ([command(description="")], "command description must be non-empty"),
        ([command(description="d" * 257)], "command description length must not exceed 256"),
        ([command(f"x{n}") for n in range(101)], "BOT_COMMANDS_TOO_MUCH"),
    ],
)
def test_commands_out_of_limits_are_refused(bot, commands, refusal):
    assert bot.refusal("setMyCommands", commands=commands) == f"400 Bad Request: {refusal}"


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("setMyCommands", {"commands": [], "language_code": "zh-hans"}),
        ("setMyDescription", {"description": "x" * 513}),
        ("setMyShortDescription", {"short_description": "x" * 121}),
        ("sendChatAction", {"action": "thinking", "chat_id": 1_000_001}),
    ],
)
def test_a_profile_out_of_limits_is_refused(bot, telegram, method, params):
    telegram.user("Li", started=True)

    assert bot.refusal(method, **params).startswith("400 Bad Request: ")


def test_a_wait_returns_what_was_asked_for_or_shows_the_chat(bot, telegram):
    li = telegram.user("Li", started=True)
    for text in ("one", "two", "three"):
        bot.call("sendMessage", chat_id=li.id, text=text)

    found = li.wait_for_reply_blocking(containing="tw")

    assert found.text == "two"
    assert [message.text for message in li.unread()] == ["three"]
    with pytest.raises(
        AssertionError, match=r"a reply did not come within 0.05 s[\s\S]*SME bot #3: three"
    ):
        li.wait_for_reply_blocking(timeout_s=0.05)


def test_a_button_of_a_reply_keyboard_sends_its_text(bot, telegram):
    li = telegram.user("Li", started=True)
    keyboard = {"keyboard": [["Events", {"text": "Zones"}]]}
    bot.call("sendMessage", chat_id=li.id, text="choose", reply_markup=keyboard)

    li.presses("Zones")

    assert texts(bot.call("getUpdates")) == ["Zones"]
    with pytest.raises(AssertionError, match="no button 'Policy'"):
        li.presses("Policy")
