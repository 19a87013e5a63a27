"""Replies -> Telegram messages."""

import logging
from collections.abc import Sequence
from contextlib import suppress

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
from telegram.ext import ExtBot

from bot.chat.pacing import ONCE
from bot.chat.person import Place
from bot.chat.replies import Reply, Rows
from bot.chat.rich_text import RichText, is_link

logger = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted")
"""What Telegram says where a topic was deleted or closed: nobody is there to be told."""
_NOT_EDITED = ("can't be edited", "to edit not found", "message_id_invalid")
"""What Telegram says of a message that is too old, or no longer there."""
_CAPTION_CHARS = 1024
"""Longest caption of a file. Source: Bot API, sendDocument and sendPhoto."""


def entities(text: RichText) -> tuple[MessageEntity, ...]:
    """A text's styles as Telegram wants them, counted in UTF-16 units."""
    found = [
        MessageEntity(type=r.style.value, offset=r.start, length=r.end - r.start, url=r.url)
        for r in text.ranges
        if r.end > r.start and (r.url is None or is_link(r.url))
    ]
    return tuple(MessageEntity.adjust_message_entities_to_utf_16(text.text, found))


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
    bot: Bot, place: Place, reply: Reply, *, reply_to: int | None = None
) -> list[Message]:
    """Send a reply as one or more messages; none if the person blocked the bot.

    Args:
        bot: Sends.
        place: Where to.
        reply: What.
        reply_to: The message that is answered, shown above the first part.
    """
    try:
        return await _send(bot, place, reply, reply_to)
    except ChatMigrated as error:  # the group has become a supergroup, with another id
        return await send(bot, Place(error.new_chat_id), reply)
    except Forbidden:
        logger.info("chat %s has blocked the bot", place.chat_id)
    except BadRequest as error:
        if not any(words in error.message.casefold() for words in _NO_TOPIC):
            raise
        logger.info("chat %s: the topic is no longer there", place.chat_id)
    return []


async def send_once(bot: ExtBot[int], place: Place, reply: Reply) -> None:
    """Send a short reply as one message, and try that once.

    Raises:
        TelegramError: It was refused, or it is not known whether it was sent.
    """
    part = next(reply.text.messages())
    await bot.send_message(
        place.chat_id,
        part.text,
        entities=entities(part),
        reply_markup=keyboard(reply.rows),
        link_preview_options=_NO_PREVIEW,
        rate_limit_args=ONCE,
    )


async def _send(bot: Bot, place: Place, reply: Reply, reply_to: int | None) -> list[Message]:
    if reply.file:
        caption = next(reply.text.messages(_CAPTION_CHARS), RichText())
        send_file = bot.send_photo if reply.file.is_picture else bot.send_document
        message = await send_file(
            place.chat_id,
            InputFile(reply.file.content, filename=reply.file.name),
            caption=caption.text,
            caption_entities=entities(caption),
            reply_markup=keyboard(reply.rows),
            message_thread_id=place.thread_id,
        )
        return [message]
    parts = list(reply.text.messages())
    return [
        await bot.send_message(
            place.chat_id,
            part.text,
            entities=entities(part),
            reply_markup=keyboard(reply.rows) if part is parts[-1] else None,
            link_preview_options=_NO_PREVIEW,
            reply_parameters=_quoting(reply_to) if part is parts[0] else None,
            message_thread_id=place.thread_id,
        )
        for part in parts
    ]


async def edit(bot: Bot, message: Message, reply: Reply) -> bool:
    """Put a reply in the place of a message, or of its buttons; what does not fit is left out.

    Returns:
        Whether that was done: a message may be too old for it, or deleted.
    """
    part = next(reply.text.messages(), None)
    try:
        await _edit(bot, message.chat_id, message.message_id, part, reply.rows)
    except BadRequest as error:
        if not any(words in error.message.casefold() for words in _NOT_EDITED):
            raise
        logger.info("not edited: %s", error.message)
        return False
    return True


async def replace_messages(
    bot: Bot, place: Place, shown: Sequence[int], reply: Reply
) -> list[int]:
    """Put a reply in the place of an earlier one of several messages; the ids it has now.

    What it has more of is sent, what it has less of deleted; a message that somebody deleted
    meanwhile is sent anew.
    """
    parts = list(reply.text.messages())
    ids: list[int] = []
    for position, (part, message_id) in enumerate(zip(parts, shown, strict=False)):
        rows = reply.rows if position == len(parts) - 1 else ()
        try:
            await _edit(bot, place.chat_id, message_id, part, rows)
        except BadRequest as error:
            logger.info("answered anew instead of editing: %s", error.message)
            return [sent.message_id for sent in await send(bot, place, reply)]
        ids.append(message_id)
    for part in parts[len(shown) :]:
        rows = reply.rows if part is parts[-1] else ()
        sent = await send(bot, place, Reply(text=part, rows=rows))
        ids += [message.message_id for message in sent]
    for message_id in shown[len(parts) :]:
        with suppress(BadRequest):  # older than two days, or deleted
            await bot.delete_message(place.chat_id, message_id)
    return ids


async def _edit(
    bot: Bot, chat_id: int, message_id: int, part: RichText | None, rows: Rows
) -> None:
    """Change a message, or without a text its buttons."""
    try:
        if part is None:
            await bot.edit_message_reply_markup(
                chat_id=chat_id, message_id=message_id, reply_markup=keyboard(rows)
            )
            return
        await bot.edit_message_text(
            part.text,
            chat_id=chat_id,
            message_id=message_id,
            entities=entities(part),
            reply_markup=keyboard(rows),
            link_preview_options=_NO_PREVIEW,
        )
    except Forbidden:
        logger.info("chat %s has blocked the bot", chat_id)
    except BadRequest as error:
        if "not modified" not in error.message:
            raise


def _quoting(message_id: int | None) -> ReplyParameters | None:
    if message_id is None:
        return None
    return ReplyParameters(message_id=message_id, allow_sending_without_reply=True)
