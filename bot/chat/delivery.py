"""Replies -> Telegram messages."""

import logging
from collections.abc import Sequence
from urllib.parse import urlsplit

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.chat.replies import Reply, Rows
from bot.chat.rich_text import RichText

logger = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_CAPTION_CHARS = 1024
"""Longest caption of a file. Source: Bot API, sendDocument."""


def entities(text: RichText) -> tuple[MessageEntity, ...]:
    """A text's styles as Telegram wants them, counted in UTF-16 units."""
    found = [
        MessageEntity(type=r.style.value, offset=r.start, length=r.end - r.start, url=r.url)
        for r in text.ranges
        if r.end > r.start and (r.url is None or _is_link(r.url))
    ]
    return tuple(MessageEntity.adjust_message_entities_to_utf_16(text.text, found))


def _is_link(url: str) -> bool:
    """Whether Telegram takes an address for a link; others are shown as plain text."""
    parts = urlsplit(url)
    return "." in (parts.hostname or "") and parts.username is None


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """Buttons below a message."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(button.label, callback_data=button.data, url=button.url)
                for button in row
            ]
            for row in rows
        ]
    )


async def send(
    bot: Bot, chat_id: int, reply: Reply, *, reply_to: int | None = None
) -> Message | None:
    """Send a reply as one or more messages; None if the person blocked the bot.

    Args:
        bot: Sends.
        chat_id: Where to.
        reply: What.
        reply_to: The message that is answered, shown above the first part.
    """
    try:
        return await _send(bot, chat_id, reply, reply_to)
    except ChatMigrated as error:  # the group has become a supergroup, with another id
        return await send(bot, error.new_chat_id, reply)
    except Forbidden:
        logger.info("chat %s has blocked the bot", chat_id)
        return None


async def _send(bot: Bot, chat_id: int, reply: Reply, reply_to: int | None) -> Message | None:
    if reply.file:
        caption = next(reply.text.messages(_CAPTION_CHARS), RichText())
        return await bot.send_document(
            chat_id,
            InputFile(reply.file.content, filename=reply.file.name),
            caption=caption.text,
            caption_entities=entities(caption),
            reply_markup=keyboard(reply.rows),
        )
    parts = list(reply.text.messages())
    sent: Message | None = None
    for position, part in enumerate(parts):
        is_last = position == len(parts) - 1
        sent = await bot.send_message(
            chat_id,
            part.text,
            entities=entities(part),
            reply_markup=keyboard(reply.rows) if is_last else None,
            link_preview_options=_NO_PREVIEW,
            reply_parameters=_quoting(reply_to) if position == 0 else None,
        )
    return sent


async def edit(bot: Bot, message: Message, reply: Reply) -> None:
    """Put a reply in the place of a message; what does not fit is left out."""
    part = next(reply.text.messages(), RichText("…"))
    try:
        await bot.edit_message_text(
            part.text,
            chat_id=message.chat_id,
            message_id=message.message_id,
            entities=entities(part),
            reply_markup=keyboard(reply.rows),
            link_preview_options=_NO_PREVIEW,
        )
    except Forbidden:
        logger.info("chat %s has blocked the bot", message.chat_id)
    except BadRequest as error:
        if "not modified" not in error.message:
            raise


async def send_all(
    bot: Bot, chat_id: int, replies: Sequence[Reply], *, pressed: Message | None = None
) -> None:
    """Send replies in order; those that edit replace the message whose button was pressed."""
    for reply in replies:
        if reply.edits and pressed:
            await edit(bot, pressed, reply)
        else:
            await send(bot, chat_id, reply)


def _quoting(message_id: int | None) -> ReplyParameters | None:
    if message_id is None:
        return None
    return ReplyParameters(message_id=message_id, allow_sending_without_reply=True)
