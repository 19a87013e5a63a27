"""editMessageText, editMessageCaption, editMessageReplyMarkup, deleteMessage(s)."""

import time

from tests.telegram.fake.errors import bad_request
from tests.telegram.fake.keyboards import read_markup
from tests.telegram.fake.model import Json, Message
from tests.telegram.fake.params import Params
from tests.telegram.fake.registry import method
from tests.telegram.fake.sending import (
    read_caption,
    read_link_preview,
    read_text,
    text_content,
)
from tests.telegram.fake.state import State

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


@method("editMessageText")
def edit_message_text(state: State, params: Params) -> Json | bool:
    """Another text; the keyboard goes unless it is sent again."""
    formatted = read_text(params)
    message = _own_message(state, params)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    preview = read_link_preview(params) or message.link_preview
    return _change(state, params, message, text_content(formatted), preview)


@method("editMessageCaption")
def edit_message_caption(state: State, params: Params) -> Json | bool:
    """Another caption below a file."""
    caption = read_caption(params)
    message = _own_message(state, params)
    if message.file is None:
        raise bad_request("there is no caption in the message to edit")
    kept = {k: v for k, v in message.content.items() if not k.startswith("caption")}
    return _change(state, params, message, {**kept, **caption}, message.link_preview)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(state: State, params: Params) -> Json | bool:
    """Another keyboard."""
    message = _own_message(state, params)
    return _change(state, params, message, message.content, message.link_preview)


@method("deleteMessage")
def delete_message(state: State, params: Params) -> bool:
    """Own messages, and in private chats those of the user."""
    chat = state.chat(params.json("chat_id"))
    message = chat.messages.get(params.integer("message_id"))
    if message is None or message.deleted:
        raise bad_request("message to delete not found")
    if not message.from_bot and not chat.private and chat.bot_status != "administrator":
        raise bad_request("message can't be deleted")
    _delete(state, message)
    return True


@method("deleteMessages")
def delete_messages(state: State, params: Params) -> bool:
    """Several at once; those that are not there are skipped."""
    chat = state.chat(params.json("chat_id"))
    numbers = params.json("message_ids")
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= 100:
        raise bad_request("message identifiers are not specified")
    for number in numbers:
        message = chat.messages.get(number)
        if message and not message.deleted:
            _delete(state, message)
    return True


def _delete(state: State, message: Message) -> None:
    message.deleted = True
    message.chat.note("delete", state.bot["first_name"], message.text, message)


def _own_message(state: State, params: Params) -> Message:
    inline_id = params.text("inline_message_id")
    if inline_id:
        if inline_id not in state.inline_messages:
            raise bad_request("MESSAGE_ID_INVALID")
        return state.inline_messages[inline_id]
    chat = state.writable_chat(params.json("chat_id"))
    number = params.integer("message_id")
    if not number:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(number)
    if message is None or message.deleted:
        raise bad_request("message to edit not found")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return message


def _change(
    state: State, params: Params, message: Message, content: Json, preview: Json | None
) -> Json | bool:
    markup = read_markup(params, only_inline=True)
    same_markup = markup == message.markup or (not markup and not message.rows)
    if content == message.content and same_markup and preview == message.link_preview:
        raise bad_request(NOT_MODIFIED)
    state.rates.take(message.chat.id)
    if content != message.content:
        message.earlier.append(message.text)
    message.content, message.markup, message.link_preview = content, markup, preview
    message.edit_date = int(time.time())
    message.chat.note("edit", state.bot["first_name"], message.text, message)
    message.chat.unread_edits.append(message)
    return True if message.inline_message_id else message.to_json()
