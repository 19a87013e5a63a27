"""Reads an update: who sent it and from where, whether it is for the bot, and what it says."""

import re

from telegram import Message, Update
from telegram.constants import ChatType

from bot.chat.person import Person

_EDGES = " \t\r\n\u2068\u2069"
"""Around a command; isolates stand there where one is copied from an Arabic message."""
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)


def person_of(update: Update) -> Person:
    """Who sent an update, and from where.

    Telegram names a stand-in as the sender of what is written in the name of a chat, the same for
    all chats: there the chat itself is who writes.
    """
    user, chat, message = update.effective_user, update.effective_chat, update.effective_message
    user_id = user.id if user else (chat.id if chat else 0)
    sent = message if message and not update.callback_query else None
    in_name_of = sent.sender_chat if sent else None
    is_topic = isinstance(message, Message) and message.is_topic_message
    return Person(
        user_id=in_name_of.id if in_name_of else user_id,
        chat_id=chat.id if chat else user_id,
        name=(in_name_of.title or "") if in_name_of else (user.first_name if user else ""),
        telegram_language=user.language_code if user else None,
        thread_id=message.message_thread_id if message and is_topic else None,
        is_private=chat is None or chat.type == ChatType.PRIVATE,
    )


def text_of(message: Message) -> str:
    """What a message says in words, be it below a photo or a file."""
    return message.text or message.caption or ""


def command_of(update: Update) -> str:
    """The name of the command that a message begins with."""
    message = update.effective_message
    text = message.text if message and message.text else ""
    return text.split()[0].partition("@")[0].removeprefix("/").lower() if text.strip() else ""


def written_command(text: str) -> tuple[str, str] | None:
    """The name of the command that a text is, and what stands after it; None if it is none."""
    found = _COMMAND.fullmatch(text.strip(_EDGES))
    return (found[1].lower(), (found[2] or "").strip()) if found else None


def is_for_another_bot(message: Message, username: str) -> bool:
    """Whether a command names another bot: /events@another_bot."""
    first = text_of(message).split(maxsplit=1)[:1]
    name = first[0].partition("@")[2] if first else ""
    return bool(name) and name.casefold() != username.casefold()


def is_nobodys_word(message: Message, bot_id: int) -> bool:
    """Whether nobody wrote a message to the bot.

    It is one of the bot's own inline results, or Telegram put a channel's post into the group.
    """
    is_own = bool(message.via_bot and message.via_bot.id == bot_id)
    return is_own or bool(message.is_automatic_forward)


def replies_to_bot(message: Message, username: str) -> bool:
    """Whether a message replies to one of the bot's."""
    replied = message.reply_to_message
    return bool(replied and replied.from_user and replied.from_user.username == username)


def addressed_text(message: Message, username: str) -> str | None:
    """The question or command in a message; in groups None unless it is for the bot."""
    text = text_of(message)
    if message.chat.type == ChatType.PRIVATE:
        return text or None
    if written_command(text):
        return None if is_for_another_bot(message, username) else text
    mention = re.compile(rf"(?<!\w)@{re.escape(username)}(?!\w)", re.IGNORECASE)
    if not replies_to_bot(message, username) and not mention.search(text):
        return None
    return mention.sub(" ", text).strip() or None
