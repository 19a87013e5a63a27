"""The note that staff get in the morning: what is to be looked at, and what was not answered."""

import asyncio
import logging
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import TelegramError

from bot.chat.delivery import send
from bot.chat.person import Place
from bot.chat.staff import Staff
from bot.errors import StoreError

logger = logging.getLogger(__name__)

HOUR = 9
"""Of staff's day; who starts the bot later in the day gets it then, but not by night."""
_NIGHT_HOUR = 21
_LONGEST_SLEEP_S = 600.0
"""So that a clock that was set, or a machine that slept, is noticed."""


async def send_daily_notes(bot: Bot, staff: Staff) -> None:
    """Send each of the staff a note on every day on which there is something to tell.

    Never ends; nobody gets two notes for one day, also where the bot is started anew.
    """
    while True:
        if HOUR <= staff.clock().hour < _NIGHT_HOUR:
            for user_id in staff.ids:
                await _send_note(bot, staff, user_id)
        await asyncio.sleep(min(_LONGEST_SLEEP_S, _until_next(staff.clock())))


async def _send_note(bot: Bot, staff: Staff, user_id: int) -> None:
    try:
        reply = await asyncio.to_thread(staff.daily_note, user_id)
        if reply:
            await send(bot, Place(user_id), reply)
    except (StoreError, TelegramError) as error:  # `/due` shows the same
        logger.warning("no daily note: %s", type(error).__name__)


def _until_next(now: datetime) -> float:
    """Seconds until the hour strikes."""
    at = now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if at <= now:
        at += timedelta(days=1)
    return (at - now).total_seconds()
