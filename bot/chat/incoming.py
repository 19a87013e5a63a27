"""One update as Telegram sent it -> who wants what, where."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from telegram import Bot, Message, Update
from telegram.constants import ChatType, MessageEntityType

from bot.chat.updates import (
    addressed_text,
    is_for_another_bot,
    replies_to_bot,
    text_of,
    written_command,
)

_FORGET = "forget"
_MOST_ID = 2**63 - 1
"""Telegram's numbers have 52 bits; the store keeps no larger ones."""


class Kind(StrEnum):
    """What an update is, as far as limits and storing go."""

    QUESTION = "question"
    """Any message that is none of the others, and what was changed in one."""
    REPLY = "reply"
    """To one of the bot's: maybe of a person to another, so it is never passed over as late."""
    PART = "part"
    """One picture or file of an album."""
    COMMAND = "command"
    FORGET = "forget"
    """Never passed over."""
    BUTTON = "button"
    INLINE = "inline"
    """Typed after @bot: sent for every few letters, of no use when the next one is there."""
    OTHER = "other"
    """Nothing that somebody waits for: a membership changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """An update with what decides about its turn."""

    update: Update
    kind: Kind
    sender: int
    """The person; the chat in whose name somebody writes, a channel or an anonymous admin."""
    chat: int
    is_private: bool
    payload: str
    """JSON, as Telegram sent it."""

    @property
    def update_id(self) -> int:
        """Telegram's number; grows with time."""
        return self.update.update_id


class UnreadableUpdateError(Exception):
    """An update has not the form that the library knows; its text holds nothing private."""


def read_update(raw: dict[str, Any], bot: Bot) -> Incoming:
    """Understand one update.

    Raises:
        UnreadableUpdateError: It cannot be understood.
    """
    try:
        update = Update.de_json(raw, bot)
        return _incoming(update, raw, bot.username)
    except Exception as error:  # noqa: BLE001 - whatever a field of a wrong type leads to
        raise UnreadableUpdateError(type(error).__name__) from None


def _incoming(update: Update, raw: dict[str, Any], username: str) -> Incoming:
    user, chat, message = update.effective_user, update.effective_chat, update.effective_message
    speaker = message.sender_chat if message and not update.callback_query else None
    sender = speaker or user or chat
    sender_id = sender.id if sender else 0
    chat_id = chat.id if chat else sender_id
    for number in (update.update_id, sender_id, chat_id, user.id if user else 0):
        if type(number) is not int or abs(number) > _MOST_ID:
            raise TypeError
    payload = json.dumps(raw, ensure_ascii=False)
    payload.encode()  # half of a surrogate pair is no text: nothing can keep or send it
    return Incoming(
        update=update,
        kind=_kind(update, username),
        sender=sender_id,
        chat=chat_id,
        is_private=chat is None or chat.type == ChatType.PRIVATE,
        payload=payload,
    )


def _kind(update: Update, username: str) -> Kind:
    if update.inline_query:
        return Kind.INLINE
    if update.callback_query:
        return Kind.BUTTON
    message = update.message
    if message is None:
        return Kind.QUESTION if update.edited_message else Kind.OTHER
    if message.media_group_id:
        return Kind.PART
    text = text_of(message)
    if not text.startswith("/"):
        return Kind.REPLY if replies_to_bot(message, username) else Kind.QUESTION
    name = (written_command(text) or ("", ""))[0]
    is_wish = name == _FORGET and not is_for_another_bot(message, username)
    return Kind.FORGET if is_wish else Kind.COMMAND


def concerns_bot(update: Update, username: str) -> bool:
    """Whether a message is meant for the bot; as a group's admin it is sent all of them.

    Wider than what the handlers answer: what is not for the bot is neither kept nor counted.
    """
    message = update.message or update.edited_message
    if message is None or message.chat.type == ChatType.PRIVATE:
        return True
    if addressed_text(message, username) is not None or replies_to_bot(message, username):
        return True
    return _is_command(message) and not is_for_another_bot(message, username)


def _is_command(message: Message) -> bool:
    first = next(iter(message.entities), None)
    is_command = first and first.type == MessageEntityType.BOT_COMMAND and first.offset == 0
    return bool(is_command)
