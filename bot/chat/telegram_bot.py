"""The Telegram application: wiring, commands, start and graceful stop."""

import asyncio
import hashlib
import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.chat.connection import CONNECT_S, NOT_ACCEPTED, proxy_for, trouble
from bot.chat.conversation import OWNER_COMMANDS
from bot.chat.handlers import Handlers
from bot.chat.health import serve_health
from bot.chat.ordering import ByChat
from bot.chat.pacing import Pacing
from bot.chat.staff_handlers import COMMANDS as STAFF_COMMANDS
from bot.errors import TelegramStartError
from bot.settings import BotSettings
from bot.texts import interface

logger = logging.getLogger(__name__)

_MENU_LANGUAGES = {"": "en", "zh": "zh"}
_UPDATES = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]
_READ_S = 30.0
_DAY_S = 86_400.0
_WEBHOOK_PATH = "telegram"

App = Application[Any, Any, Any, Any, Any, Any]


def make_application(settings: BotSettings, handlers: Handlers, order: ByChat) -> App:
    """The application with all handlers, not yet started.

    Raises:
        TelegramStartError: There is no token, or the proxy cannot be used.
    """
    if settings.telegram_token is None:
        raise TelegramStartError("SMEBOT_TELEGRAM_TOKEN is not set")
    root = str(settings.telegram_api_url).rstrip("/")
    builder = (
        ApplicationBuilder()
        .token(settings.telegram_token.get_secret_value())
        .base_url(f"{root}/bot")
        .base_file_url(f"{root}/file/bot")
        .concurrent_updates(order)
        .rate_limiter(Pacing())
        .connection_pool_size(64)
        .connect_timeout(CONNECT_S)
        .read_timeout(_READ_S)
    )
    if proxy := proxy_for(settings):
        builder.proxy(str(proxy.url)).get_updates_proxy(str(proxy.url))
    application = builder.build()
    _add_handlers(application, handlers)
    return application


def _add_handlers(application: App, handlers: Handlers) -> None:
    new = filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler(OWNER_COMMANDS, handlers.command, filters=new))
    application.add_handler(CommandHandler(STAFF_COMMANDS, handlers.staff_command, filters=new))
    application.add_handler(
        MessageHandler(new & filters.COMMAND & filters.ChatType.PRIVATE, handlers.unknown_command)
    )
    application.add_handler(
        MessageHandler(new & filters.TEXT & ~filters.COMMAND, handlers.question)
    )
    application.add_handler(
        MessageHandler(new & ~filters.TEXT & ~filters.StatusUpdate.ALL, handlers.other_kind)
    )
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, handlers.edited))
    application.add_handler(CallbackQueryHandler(handlers.button))
    application.add_handler(InlineQueryHandler(handlers.inline))
    application.add_error_handler(handlers.failed)


async def serve(
    settings: BotSettings,
    handlers: Handlers,
    order: ByChat,
    snapshot: Callable[[], str],
    tidy_up: Callable[[], None],
    stop: asyncio.Event | None = None,
) -> None:
    """Run the bot until it is to stop; answers in progress are finished.

    Args:
        settings: Token, addresses, ports.
        handlers: Answer.
        order: In which updates are handled.
        snapshot: Tells what is served, for the health page.
        tidy_up: Called at the start and once a day.
        stop: Ends the bot when it is set; signals do so if it is left out.

    Raises:
        TelegramStartError: Bad token, no network, or a port is taken.
    """
    stop = stop or _stop_on_signal()
    try:
        application = make_application(settings, handlers, order)
    except InvalidToken as error:
        raise TelegramStartError(NOT_ACCEPTED) from error
    health = serve_health(settings.health_port, snapshot) if settings.health_port else None
    daily = asyncio.create_task(_every_day(tidy_up))
    try:
        await _start(application, settings)
        logger.info("running as @%s", application.bot.username)
        await stop.wait()
    finally:
        daily.cancel()
        if health:
            health.stop()
        await _stop(application)


async def _start(application: App, settings: BotSettings) -> None:
    try:
        await application.initialize()
        await set_menus(application.bot, settings.staff_ids)
        await application.start()
        await _receive(application, settings)
    except InvalidToken as error:
        raise TelegramStartError(NOT_ACCEPTED) from error
    except BadRequest as error:
        raise TelegramStartError(
            f"Telegram refuses to start ({error.message}): look at SMEBOT_WEBHOOK_URL"
        ) from error
    except (TelegramError, TypeError, KeyError) as error:
        raise TelegramStartError(trouble(settings, error)) from error
    except OSError as error:
        raise TelegramStartError(
            f"port {settings.webhook_port} for the webhook cannot be opened ({error.strerror}): "
            "choose another SMEBOT_WEBHOOK_PORT"
        ) from error


async def _receive(application: App, settings: BotSettings) -> None:
    updater = application.updater
    if updater is None:
        raise TelegramStartError("the application has no updater")
    if settings.webhook_url is None:
        await updater.start_polling(
            allowed_updates=_UPDATES, bootstrap_retries=3, error_callback=_note_lost_contact
        )
        return
    await updater.start_webhook(
        listen="0.0.0.0",  # noqa: S104 - behind the public address of the webhook
        port=settings.webhook_port,
        url_path=_WEBHOOK_PATH,
        webhook_url=f"{str(settings.webhook_url).rstrip('/')}/{_WEBHOOK_PATH}",
        secret_token=_secret(settings),
        allowed_updates=_UPDATES,
        bootstrap_retries=3,
    )


def _note_lost_contact(error: TelegramError) -> None:
    """One line for each attempt in vain; the library tries again, waiting longer each time."""
    logger.warning("no updates from Telegram (%s), trying again", error)


async def _stop(application: App) -> None:
    updater = application.updater
    if updater and updater.running:
        await updater.stop()
    if application.running:
        await application.stop()
    await application.shutdown()
    await application.bot.shutdown()  # after a failed start the application leaves it open


async def _every_day(work: Callable[[], None]) -> None:
    while True:
        try:
            await asyncio.to_thread(work)
        except Exception:  # the bot goes on answering, and tries again tomorrow
            logger.exception("tidying up failed")
        await asyncio.sleep(_DAY_S)


async def set_menus(bot: Bot, staff_ids: frozenset[int]) -> None:
    """Command menus by language; staff see theirs as well, nobody else does."""
    for code, language in _MENU_LANGUAGES.items():
        owners = [
            BotCommand(name, interface(f"command_{name}", language)) for name in OWNER_COMMANDS
        ]
        await bot.set_my_commands(owners, BotCommandScopeDefault(), language_code=code or None)
        staff = [BotCommand(n, interface(f"command_{n}", language)) for n in STAFF_COMMANDS]
        for user_id in staff_ids:
            with suppress(TelegramError):  # has not yet opened a chat with the bot
                scope = BotCommandScopeChat(user_id)
                await bot.set_my_commands([*owners, *staff], scope, language_code=code or None)


def _secret(settings: BotSettings) -> str:
    """Telegram repeats it with every update; derived, so that it need not be configured."""
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    return hashlib.sha256(f"webhook:{token}".encode()).hexdigest()[:64]


def _stop_on_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(name, stop.set)
    return stop
