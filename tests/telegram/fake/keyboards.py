"""`reply_markup`: which keyboards Telegram takes."""

from typing import Any

from tests.telegram.fake import limits
from tests.telegram.fake.errors import ApiError, bad_request
from tests.telegram.fake.links import is_link
from tests.telegram.fake.params import Params

Markup = dict[str, Any]

OTHER_INLINE = (
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
FLAGS = {
    "resize_keyboard": "ReplyKeyboardMarkup",
    "one_time_keyboard": "ReplyKeyboardMarkup",
    "is_persistent": "ReplyKeyboardMarkup",
    "remove_keyboard": "ReplyKeyboardRemove",
    "selective": "reply markup",
    "force_reply": "reply markup",
}


def read_markup(params: Params, *, only_inline: bool = False) -> Markup | None:
    """The keyboard of a call, checked; None if there is none or it is empty."""
    value = params.json("reply_markup")
    if isinstance(value, str):
        raise bad_request("can't parse reply keyboard markup JSON object")
    if value is None:
        return None
    markup = check_markup(value, params.warnings)
    if markup and only_inline and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def check_markup(value: Any, warnings: list[str]) -> Markup | None:
    """Check the JSON value of a keyboard."""
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    for name, owner in FLAGS.items():
        if not isinstance(value.get(name, False), bool):
            raise bad_request(f'field "{name}" of the {owner} must be of the type Boolean')
    if "keyboard" in value:
        return {**value, "keyboard": _rows(value, "keyboard", "ReplyKeyboardMarkup", warnings)}
    if "inline_keyboard" in value:
        rows = _rows(value, "inline_keyboard", "InlineKeyboardMarkup", warnings)
        if sum(len(row) for row in rows) > limits.INLINE_BUTTONS:
            raise bad_request("reply markup is too long")
        return {"inline_keyboard": rows} if rows else None
    return value if value.get("remove_keyboard") or value.get("force_reply") else None


def _rows(value: Markup, name: str, owner: str, warnings: list[str]) -> list[list[Markup]]:
    if not isinstance(value[name], list):
        raise bad_request(f'field "{name}" of the {owner} must be an Array')
    rows = []
    for row in value[name]:
        if not isinstance(row, list):
            raise bad_request(f'field "{name}" of the {owner} must be an Array of Arrays')
        if name == "keyboard":
            rows.append([_reply_button(button) for button in row])
        else:
            rows.append([_inline_button(button, warnings) for button in row])
    return [row for row in rows if row]


def _reply_button(button: Any) -> Markup:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or Object")
    if not button.get("text"):
        raise bad_request("keyboard button text must be non-empty")
    return button


def _unreadable(reason: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")


def _inline_button(button: Any, warnings: list[str]) -> Markup:
    if not isinstance(button, dict):
        raise _unreadable("InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise _unreadable('Can\'t find field "text"')
    for name in ("text", "url", "callback_data"):
        if not isinstance(button.get(name, ""), str):
            raise _unreadable(f'Field "{name}" must be of type String')
    kinds = [name for name in ("url", "callback_data", *OTHER_INLINE) if button.get(name)]
    empty_query = [name for name in OTHER_INLINE if button.get(name) == ""]
    if not kinds and not empty_query:
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    if len(kinds) > 1:
        warnings.append(f"button {button['text']!r} has {kinds}, only {kinds[0]} counts")
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    _check_action(button)
    return button


def _check_action(button: Markup) -> None:
    url, data = button.get("url"), button.get("callback_data")
    if url and not is_link(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if data and not url and len(data.encode()) > limits.CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
