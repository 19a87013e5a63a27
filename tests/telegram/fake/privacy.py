"""Privacy mode: what a bot gets of what is said in a group."""

from tests.telegram.fake.entities import entity_text
from tests.telegram.fake.model import Message
from tests.telegram.fake.state import State

SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "forum_topic_created",
)


def bot_sees(state: State, message: Message) -> bool:
    """In a group: commands, mentions, replies to the bot, service messages; else everything."""
    chat = message.chat
    if chat.private:
        return True
    if chat.bot_status not in ("member", "administrator"):
        return False
    if chat.bot_status == "administrator" or not state.privacy_mode:
        return True
    if any(name in message.content for name in SERVICE):
        return True
    return _is_of_the_bot(state, message) or _addressed(state, message)


def _is_of_the_bot(state: State, message: Message) -> bool:
    """Whether it replies to the bot, or is one of its own inline results."""
    if (message.content.get("via_bot") or {}).get("id") == state.bot["id"]:
        return True
    return message.reply_to is not None and message.reply_to.sender["id"] == state.bot["id"]


def _addressed(state: State, message: Message) -> bool:
    mention = "@" + state.bot["username"].lower()
    for entity in message.entities:
        said = entity_text(message.text, entity).lower()
        if entity["type"] == "mention" and said == mention:
            return True
        if entity["type"] == "bot_command" and (said.endswith(mention) or "@" not in said):
            return True
    return False
