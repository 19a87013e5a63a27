"""What an update is: only the wish to be forgotten itself passes every limit."""

import pytest

from bot.chat.incoming import Kind, read_update


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("/forget", Kind.FORGET),
        ("/Forget", Kind.FORGET),
        ("/forget please", Kind.FORGET),
        ("/forget\nme", Kind.FORGET),
        ("/forget@{bot}", Kind.FORGET),
        ("/forgetxyz", Kind.COMMAND),
        ("/forget_me", Kind.COMMAND),
        ("/forget@another_bot", Kind.COMMAND),
        ("//forget", Kind.COMMAND),
        ("/ forget", Kind.COMMAND),
        ("please /forget", Kind.QUESTION),
        ("forget", Kind.QUESTION),
    ],
)
async def test_only_the_command_itself_is_a_wish_to_be_forgotten(echo_bot, text, kind):
    message = {
        "message_id": 1,
        "date": 1_767_225_600,
        "chat": {"id": 5, "type": "private"},
        "from": {"id": 5, "is_bot": False, "first_name": "P"},
        "text": text.format(bot=echo_bot.bot.username),
    }

    assert read_update({"update_id": 1, "message": message}, echo_bot.bot).kind is kind
