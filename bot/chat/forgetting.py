"""Wishes to be forgotten that could not be carried out at once: tried again until they are."""

import asyncio
import logging

from telegram import Bot
from telegram.error import TelegramError

from bot.chat.conversation import Conversation
from bot.chat.delivery import send
from bot.chat.person import Person
from bot.chat.replies import Reply, plain
from bot.errors import StoreError
from bot.texts import interface

logger = logging.getLogger(__name__)

_FIRST_WAIT_S, _LONGEST_WAIT_S = 10.0, 600.0


class Forgetting:
    """Tries again beside everything else, and tells the person when it is done.

    The wish may be lost if the program ends before: the database that should keep it is the one
    that cannot be written. The person is told what to do then.
    """

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._wishes: dict[int, asyncio.Task[None]] = {}
        """By user id."""

    async def begin(self, bot: Bot, person: Person) -> Reply:
        """Try again from now on; returns what to say until it is done."""
        if person.user_id not in self._wishes:
            task = asyncio.create_task(self._keep_trying(bot, person))
            self._wishes[person.user_id] = task
            task.add_done_callback(lambda _: self._wishes.pop(person.user_id, None))
        language = await asyncio.to_thread(self._conversation.language, person)
        return plain(interface("not_forgotten_yet", language))

    async def _keep_trying(self, bot: Bot, person: Person) -> None:
        wait_s = _FIRST_WAIT_S
        while True:
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, _LONGEST_WAIT_S)
            try:
                reply = await asyncio.to_thread(self._conversation.command, person, "forget")
            except StoreError:
                continue
            break
        try:
            await send(bot, person.place, reply or plain(""))
        except TelegramError as error:
            logger.warning("somebody was forgotten, but not told: %s", type(error).__name__)
