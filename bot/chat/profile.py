"""What Telegram shows of the bot itself: menus of commands and descriptions, by language."""

import logging
from collections.abc import Iterator
from contextlib import suppress

from telegram import Bot, BotCommand, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import TelegramError

from bot.chat.conversation import OWNER_COMMANDS
from bot.chat.staff_handlers import COMMANDS as STAFF_COMMANDS
from bot.texts import INTERFACE_LANGUAGES, interface

logger = logging.getLogger(__name__)

_LANGUAGES = {None: "en"} | {code: code for code in INTERFACE_LANGUAGES if code != "en"}
"""Telegram's code -> the interface language; two letters, so that Chinese has one script only.

Source: Telegram Bot API, setMyCommands, `language_code`: "a two-letter ISO 639-1 language code".
"""


async def set_menus(bot: Bot, staff_ids: frozenset[int]) -> None:
    """Menus of all people, and of staff, who see their commands as well."""
    for code, language in _LANGUAGES.items():
        menu = list(_menu(OWNER_COMMANDS, language))
        await bot.set_my_commands(menu, BotCommandScopeDefault(), language_code=code)
    for user_id in staff_ids:
        await set_staff_menu(bot, user_id)


async def set_staff_menu(bot: Bot, user_id: int) -> None:
    """The menu of one of the staff, in the chat with them, if they have opened it."""
    with suppress(TelegramError):
        for code, language in _LANGUAGES.items():
            menu = list(_menu((*OWNER_COMMANDS, *STAFF_COMMANDS), language))
            await bot.set_my_commands(menu, BotCommandScopeChat(user_id), language_code=code)


async def drop_staff_menu(bot: Bot, user_id: int) -> None:
    """Leave somebody who is not of the staff, or not any more, the menu of all."""
    with suppress(TelegramError):
        for code in _LANGUAGES:
            await bot.delete_my_commands(BotCommandScopeChat(user_id), language_code=code)


async def describe(bot: Bot) -> None:
    """What people read before they write: set where it is not what Telegram has already."""
    try:
        for code, language in _LANGUAGES.items():
            description = interface("profile_description", language)
            if (await bot.get_my_description(code)).description != description:
                await bot.set_my_description(description, code)
            about = interface("profile_about", language)
            if (await bot.get_my_short_description(code)).short_description != about:
                await bot.set_my_short_description(about, code)
    except TelegramError as error:  # the bot answers all the same; the next start tries again
        logger.warning("the bot's description could not be set: %s", type(error).__name__)


def _menu(names: tuple[str, ...], language: str) -> Iterator[BotCommand]:
    return (BotCommand(name, interface(f"command_{name}", language)) for name in names)
