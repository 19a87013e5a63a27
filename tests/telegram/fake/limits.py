"""The numbers of the Bot API. Source: core.telegram.org/bots/api, read in Bot API 10.0."""

MESSAGE_LENGTH = 4096
"""Counted here in UTF-16 units, the stricter reading of "characters": a text that passes here
passes at Telegram however Telegram counts."""
CAPTION_LENGTH = 1024
QUOTE_LENGTH = 1024
CALLBACK_ANSWER_LENGTH = 200
ENTITIES = 100
CALLBACK_DATA_BYTES = 64
INLINE_BUTTONS = 100
INLINE_RESULTS = 50
RESULT_ID_BYTES = 64
NEXT_OFFSET_BYTES = 64
START_PARAMETER_CHARS = 64
COMMANDS = 100
COMMAND_CHARS = 32
COMMAND_DESCRIPTION_CHARS = 256
DESCRIPTION_CHARS = 512
SHORT_DESCRIPTION_CHARS = 120
NAME_CHARS = 64
UPLOAD_BYTES = 50 * 1024 * 1024
PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_SIDES = 10_000
"""Width and height together, in pixels."""
PHOTO_RATIO = 20
"""Of the longer side to the shorter one."""
DOWNLOAD_BYTES = 20 * 1024 * 1024
UPDATES_PER_CALL = 100
LONG_POLL_S = 50
SECRET_TOKEN_CHARS = 256

CHAT_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
UPDATE_TYPES = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
]
UPDATES_ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
