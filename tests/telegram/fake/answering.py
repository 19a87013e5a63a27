"""answerCallbackQuery and answerInlineQuery."""

import re
from typing import Any

from tests.telegram.fake import limits
from tests.telegram.fake.errors import bad_request
from tests.telegram.fake.formatting import checked_length, format_text
from tests.telegram.fake.keyboards import check_markup
from tests.telegram.fake.model import Json
from tests.telegram.fake.params import Params
from tests.telegram.fake.registry import method
from tests.telegram.fake.sending import text_content
from tests.telegram.fake.state import State

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
RESULT_TYPES = frozenset(
    [
        "article",
        "audio",
        "contact",
        "game",
        "document",
        "gif",
        "location",
        "mpeg4_gif",
        "photo",
        "sticker",
        "venue",
        "video",
        "voice",
    ]
)
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


@method("answerCallbackQuery")
def answer_callback_query(state: State, params: Params) -> bool:
    """Ends the little clock on a button; once, and in time."""
    query = state.callbacks.get(params.text("callback_query_id"))
    if query is None or query.expired or query.answered:
        raise bad_request(TOO_OLD)
    text = params.text("text")
    if len(text) > limits.CALLBACK_ANSWER_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answered = True
    toast = {"text": text, "show_alert": params.flag("show_alert"), "user": query.user}
    query.chat.unread_toasts.append(toast)
    if text:
        query.chat.note("toast", query.user["first_name"], text)
    return True


@method("answerInlineQuery")
def answer_inline_query(state: State, params: Params) -> bool:
    """What is offered to a user who types @bot."""
    results = params.json("results")
    if not isinstance(results, list):
        raise bad_request("can't parse JSON encoded inline query results")
    checked = [_check_result(result, params.warnings) for result in results]
    if len(checked) > limits.INLINE_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    ids = [result["id"] for result in checked]
    if len(set(ids)) != len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(params.text("next_offset").encode()) > limits.NEXT_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    _check_button(params)
    query = state.inline_queries.get(params.text("inline_query_id"))
    if query is None or query.expired or query.results is not None:
        raise bad_request(TOO_OLD)
    query.results = checked
    query.options = {
        "cache_time": params.integer("cache_time", 300),
        "is_personal": params.flag("is_personal"),
        "next_offset": params.text("next_offset"),
        "button": params.json("button"),
    }
    return True


def _check_button(params: Params) -> None:
    button = params.object("button", "object expected as inline query results button")
    if button is None:
        return
    if not button.get("text"):
        raise bad_request("can't parse InlineQueryResultsButton: Can't find field \"text\"")
    parameter = button.get("start_parameter")
    if parameter is not None and not _START_PARAMETER.fullmatch(parameter):
        raise bad_request("START_PARAM_INVALID")


def _check_result(result: Any, warnings: list[str]) -> Json:
    if not isinstance(result, dict):
        raise bad_request("can't parse inline query result: expected an Object")
    result_id = result.get("id")
    if (
        not isinstance(result_id, str)
        or not 1 <= len(result_id.encode()) <= limits.RESULT_ID_BYTES
    ):
        raise bad_request("RESULT_ID_INVALID" if result_id else "RESULT_ID_EMPTY")
    kind = result.get("type")
    if kind not in RESULT_TYPES:
        raise bad_request(
            f'can\'t parse inline query result: type "{kind}" is unsupported for the inline query '
            "result"
        )
    content = result.get("input_message_content")
    if kind == "article":
        if not result.get("title"):
            raise bad_request("ARTICLE_TITLE_EMPTY")
        if content is None:
            raise bad_request("can't parse inline query result: message content is not specified")
    markup = result.get("reply_markup")
    return {
        **result,
        "message": _message_content(content, warnings),
        "reply_markup": None if markup is None else check_markup(markup, warnings),
    }


def _message_content(content: Json | None, warnings: list[str]) -> Json:
    """The message that choosing a result would send."""
    if not content or "message_text" not in content:
        return content or {}
    formatted = format_text(
        content["message_text"], content.get("parse_mode"), content.get("entities")
    )
    warnings += formatted.warnings
    checked_length(
        formatted,
        limits.MESSAGE_LENGTH,
        empty="message text is empty",
        too_long="MESSAGE_TOO_LONG",
    )
    return text_content(formatted)
