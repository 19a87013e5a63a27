"""Starting the bot at Telegram, however long it takes until it can be reached."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.chat.connection import NOT_ACCEPTED, trouble
from bot.chat.polling import UPDATES
from bot.chat.webhook import PATH, secret_of
from bot.errors import TelegramStartError
from bot.settings import BotSettings

logger = logging.getLogger(__name__)

_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 30.0


async def keep_trying(step: Callable[[], Awaitable[None]], settings: BotSettings) -> None:
    """Take one step of the start, however often; one line in the log for each attempt in vain.

    Raises:
        TelegramStartError: Telegram refuses the token or the webhook's address.
    """
    failed = 0
    while True:
        try:
            await step()
        except InvalidToken as error:
            raise TelegramStartError(NOT_ACCEPTED) from error
        except BadRequest as error:
            raise TelegramStartError(
                f"Telegram refuses to start ({error.message}): look at SMEBOT_WEBHOOK_URL"
            ) from error
        except (TelegramError, TypeError, KeyError) as error:
            failed += 1
            wait_s = _wait_after(error, failed)
            logger.warning(_problem(error, settings, wait_s))
            await asyncio.sleep(wait_s)
        else:
            return


async def order_updates(bot: Bot, settings: BotSettings) -> None:
    """Tell Telegram how updates are to come: from now on they may."""
    if settings.webhook_url is None:
        await bot.delete_webhook()
    else:
        await bot.set_webhook(
            f"{str(settings.webhook_url).rstrip('/')}/{PATH}",
            secret_token=secret_of(settings),
            allowed_updates=UPDATES,
        )


def _problem(error: Exception, settings: BotSettings, wait_s: float) -> str:
    again = f"trying again in {wait_s:.0f} s"
    if isinstance(error, RetryAfter):
        return f"Telegram asks to wait before the start, {again}"
    return f"{trouble(settings, error)}; {again}"


def _wait_after(error: Exception, failed: int) -> float:
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
    longest = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2.0 ** min(failed - 1, 10))
    return longest * random.uniform(0.75, 1.25)  # noqa: S311 - no secret
