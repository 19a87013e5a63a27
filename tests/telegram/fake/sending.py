"""sendMessage, sendChatAction, getFile, getChat."""

from typing import Any

from tests.telegram.fake import limits
from tests.telegram.fake.errors import bad_request
from tests.telegram.fake.formatting import FormattedText, checked_length, format_text
from tests.telegram.fake.keyboards import read_markup
from tests.telegram.fake.links import is_link
from tests.telegram.fake.model import Chat, Json, Message, Topic
from tests.telegram.fake.params import Params
from tests.telegram.fake.registry import method
from tests.telegram.fake.state import State


def read_text(params: Params) -> FormattedText:
    """`text` of a message, checked."""
    formatted = format_text(
        params.text("text"), params.text("parse_mode"), params.json("entities")
    )
    params.warnings += formatted.warnings
    checked_length(
        formatted,
        limits.MESSAGE_LENGTH,
        empty="message text is empty",
        too_long="message is too long",
    )
    return formatted


def read_caption(params: Params) -> Json:
    """`caption` of a file as message content, checked."""
    formatted = format_text(
        params.text("caption"), params.text("parse_mode"), params.json("caption_entities")
    )
    params.warnings += formatted.warnings
    checked_length(
        formatted, limits.CAPTION_LENGTH, empty="", too_long="message caption is too long"
    )
    if not formatted.text:
        return {}
    return text_content(formatted, text="caption", entities="caption_entities")


def text_content(
    formatted: FormattedText, *, text: str = "text", entities: str = "entities"
) -> Json:
    """As part of a message."""
    content: Json = {text: formatted.text}
    if formatted.entities:
        content[entities] = formatted.entities
    return content


def read_link_preview(params: Params) -> Json | None:
    """`link_preview_options`, checked."""
    options = params.object("link_preview_options", "object expected as link preview options")
    if options is None:
        return {"is_disabled": True} if params.flag("disable_web_page_preview") else None
    flags = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")
    for name in flags:
        if not isinstance(options.get(name, False), bool):
            raise bad_request(f'field "{name}" must be of type Boolean')
    if options.get("url") and not is_link(options["url"]):
        raise bad_request("wrong HTTP URL specified")
    return options


def read_reply(state: State, params: Params, chat: Chat) -> tuple[Message | None, str]:
    """The message replied to, and the quoted part of it."""
    reply = params.object("reply_parameters", "object expected as reply parameters")
    if reply is None:
        legacy = params.integer("reply_to_message_id")
        if not legacy:
            return None, ""
        reply = {
            "message_id": legacy,
            "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
        }
    if not isinstance(reply.get("message_id"), int):
        raise bad_request("can't parse reply parameters: message_id is not specified")
    place = state.chat(reply["chat_id"]) if reply.get("chat_id") else chat
    found = place.messages.get(reply["message_id"])
    if found is None or found.deleted:
        if reply.get("allow_sending_without_reply"):
            return None, ""
        raise bad_request("message to be replied not found")
    quote = reply.get("quote") or ""
    if len(quote) > limits.QUOTE_LENGTH or quote not in found.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return found, quote


def read_topic(params: Params, chat: Chat) -> Topic | None:
    """The topic of a forum that `message_thread_id` names, open."""
    number = params.integer("message_thread_id")
    if not number:
        return None
    topic = chat.topics.get(number)
    if topic is None or topic.is_deleted:
        raise bad_request("message thread not found")
    if topic.is_closed:
        raise bad_request("TOPIC_CLOSED")
    return topic


@method("sendMessage")
def send_message(state: State, params: Params) -> Json:
    """Text into a chat."""
    formatted = read_text(params)
    chat = state.writable_chat(params.json("chat_id"))
    topic = read_topic(params, chat)
    preview = read_link_preview(params)
    reply_to, quote = read_reply(state, params, chat)
    markup = read_markup(params)
    state.rates.take(chat.id)
    message = state.bot_message(
        chat,
        text_content(formatted),
        markup=markup,
        reply_to=reply_to,
        quote=quote,
        link_preview=preview,
        topic=topic,
    )
    return message.to_json()


@method("sendChatAction")
def send_chat_action(state: State, params: Params) -> bool:
    """The bot is typing."""
    chat = state.writable_chat(params.json("chat_id"))
    action = params.text("action").lower()
    if action not in limits.CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    topic = read_topic(params, chat)
    chat.note("action", state.bot["first_name"], f"{action} in {topic.name}" if topic else action)
    return True


@method("getFile")
def get_file(state: State, params: Params) -> Json:
    """Where a file can be fetched."""
    file_id = params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = state.files.get(file_id)
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size_bytes > limits.DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {**stored.to_json(), "file_path": f"documents/{stored.file_id}"}


@method("getChat")
def get_chat(state: State, params: Params) -> Json:
    """What the bot may know of a chat."""
    chat = state.chat(params.json("chat_id"))
    return {
        **chat.to_json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": True,
            "limited_gifts": True,
            "unique_gifts": True,
            "premium_subscription": True,
            "gifts_from_channels": True,
        },
    }


@method("getChatMember")
def get_chat_member(state: State, params: Params) -> Json:
    """The bot itself or another member of a chat."""
    chat = state.chat(params.json("chat_id"))
    user_id: Any = params.integer("user_id")
    if user_id == state.bot["id"]:
        return {"status": chat.bot_status, "user": state.bot}
    if user_id not in chat.members:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return {"status": "member", "user": chat.members[user_id]}
