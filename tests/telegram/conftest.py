"""Telegram for tests: the fake server, a bot driven by hand, and a small bot of the library."""

import warnings
from collections.abc import Iterator

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, MessageHandler, filters
from telegram.warnings import PTBDeprecationWarning

from tests.telegram.fake.client import BotClient
from tests.telegram.fake.server import FakeTelegram

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    """A fresh Telegram with nobody on it; see `tests/telegram/fake/server.py`."""
    # python-telegram-bot 22 warns whenever it makes a RetryAfter; all warnings are errors here
    warnings.filterwarnings("ignore", ".*retry_after", PTBDeprecationWarning)
    with FakeTelegram() as fake:
        yield fake


@pytest.fixture
def bot(telegram) -> Iterator[BotClient]:
    """Calls Bot API methods without a library."""
    with BotClient(telegram) as client:
        yield client


async def _echo(update, context):
    await update.effective_chat.send_action("typing")
    await update.effective_message.reply_text(
        f"you said {update.effective_message.text}", reply_markup=KEYBOARD
    )


async def _more(update, context):
    await update.callback_query.answer("here it is")
    await update.callback_query.edit_message_text("more")


@pytest.fixture
async def echo_bot(telegram):
    """A bot of python-telegram-bot that repeats what it is told; not yet fetching updates."""
    builder = ApplicationBuilder().token(telegram.token).base_url(telegram.base_url)
    app = builder.base_file_url(telegram.base_file_url).build()
    app.add_handler(MessageHandler(filters.TEXT, _echo))
    app.add_handler(CallbackQueryHandler(_more))
    async with app:
        await app.start()
        yield app
        if app.updater.running:
            await app.updater.stop()
        await app.stop()
