"""getMe, the command menus, the descriptions, the name."""

import re
from typing import Any

from tests.telegram.fake import limits
from tests.telegram.fake.errors import bad_request
from tests.telegram.fake.model import Json
from tests.telegram.fake.params import Params
from tests.telegram.fake.registry import METHODS, method
from tests.telegram.fake.state import State

Scope = tuple[str, ...]

PLAIN_SCOPES = (
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
)
CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


@method("getMe")
def get_me(state: State, params: Params) -> Json:
    """Who the bot is."""
    return {
        **state.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": not state.privacy_mode,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("setMyCommands")
def set_my_commands(state: State, params: Params) -> bool:
    """The menu of one scope and language."""
    scope, language = _scope(state, params), _language(params)
    commands = params.json("commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    checked = [_command(command) for command in commands]
    if len(checked) > limits.COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    state.commands[(*scope, language)] = checked
    return True


@method("getMyCommands")
def get_my_commands(state: State, params: Params) -> list[Json]:
    """Exactly what was set for this scope and language."""
    return state.commands.get((*_scope(state, params), _language(params)), [])


@method("deleteMyCommands")
def delete_my_commands(state: State, params: Params) -> bool:
    """Back to the next wider scope."""
    state.commands.pop((*_scope(state, params), _language(params)), None)
    return True


def visible_commands(state: State, chat: Json, user: Json) -> list[Json]:
    """The menu a person sees: the narrowest scope that has one, own language first."""
    number, member = str(chat["id"]), str(user["id"])
    if chat["type"] == "private":
        scopes: list[Scope] = [("chat", number), ("all_private_chats",), ("default",)]
    else:
        scopes = [
            ("chat_member", number, member),
            ("chat", number),
            ("all_group_chats",),
            ("default",),
        ]
    for scope in scopes:
        for language in ((user.get("language_code") or "").split("-")[0], ""):
            if (*scope, language) in state.commands:
                return state.commands[(*scope, language)]
    return []


def _scope(state: State, params: Params) -> Scope:
    value = params.object("scope", "BotCommandScope must be an Object") or {"type": "default"}
    kind = value.get("type")
    if kind in PLAIN_SCOPES:
        return (kind,)
    if kind not in CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    chat = state.chat(value.get("chat_id"))
    if kind != "chat_member":
        return (kind, str(chat.id))
    if value.get("user_id") not in chat.members:
        raise bad_request("invalid user_id specified")
    return (kind, str(chat.id), str(value["user_id"]))


def _language(params: Params) -> str:
    language = params.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language


def _command(value: Any) -> Json:
    if not isinstance(value, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(value.get(name), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    command = value["command"].strip().removeprefix("/")
    description = value["description"].strip()
    _check_chars("command", command, limits.COMMAND_CHARS)
    _check_chars("command description", description, limits.COMMAND_DESCRIPTION_CHARS)
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


def _check_chars(what: str, text: str, most: int) -> None:
    if not text:
        raise bad_request(f"{what} must be non-empty")
    if len(text) > most:
        raise bad_request(f"{what} length must not exceed {most}")


def _text_methods(what: str, field: str, most: int, too_long: str) -> None:
    """`setMyX` and `getMyX` for one text of the profile, per language."""

    def set_text(state: State, params: Params) -> bool:
        language, text = _language(params), params.text(field)
        if len(text) > most:
            raise bad_request(too_long)
        state.profile[field, language] = text
        return True

    def get_text(state: State, params: Params) -> Json:
        language = _language(params)
        default = state.profile.get((field, ""), "")
        return {field: state.profile.get((field, language)) or default}

    METHODS[f"setmy{what}"] = set_text
    METHODS[f"getmy{what}"] = get_text


# The wording of these three refusals could not be confirmed; the limits are documented.
_text_methods("description", "description", limits.DESCRIPTION_CHARS, "DESCRIPTION_TOO_LONG")
_text_methods(
    "shortdescription", "short_description", limits.SHORT_DESCRIPTION_CHARS, "ABOUT_TOO_LONG"
)
_text_methods("name", "name", limits.NAME_CHARS, "NAME_TOO_LONG")


@method("setChatMenuButton")
def set_chat_menu_button(state: State, params: Params) -> bool:
    """Taken and forgotten."""
    return True
