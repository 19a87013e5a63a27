"""Carries words between staff's chat and whoever asked, by replies to the bot's messages.

Each message is carried once: which of the bot's messages passes on which one is kept, and what is
handled again after a crash is not sent again.
"""

import asyncio
import logging
from collections.abc import Sequence

from telegram import Bot, Message
from telegram.error import BadRequest

from bot.chat import handover_view as view
from bot.chat.conversation import Conversation
from bot.chat.delivery import replace_messages, send
from bot.chat.person import Person, Place
from bot.chat.replies import Reply, plain
from bot.chat.staff import Staff
from bot.chat.updates import text_of, written_command
from bot.store.handovers import Handover, HandoverMessage
from bot.texts import interface

logger = logging.getLogger(__name__)


class Carrying:
    """The way of words to the other side of a handover."""

    def __init__(self, conversation: Conversation, staff: Staff) -> None:
        self._conversation = conversation
        self._handovers = conversation.store.handovers
        self._staff = staff

    async def send(
        self,
        bot: Bot,
        handover: Handover,
        reply: Reply,
        *,
        for_staff: bool,
        copy_of: int | None = None,
    ) -> bool:
        """Send to one side, where replies to it are carried from now on.

        Args:
            bot: Sends.
            handover: Whose.
            reply: What.
            for_staff: To which side.
            copy_of: The message of the other side that it passes on.

        Returns:
            Whether anybody is there to read it.
        """
        place, below = await self.place(handover, for_staff=for_staff)
        try:
            sent = await send(bot, place, reply, reply_to=below)
        except BadRequest as error:
            logger.error("chat %s cannot be written to: %s", place.chat_id, error.message)  # noqa: TRY400
            return False
        if not sent:
            return False
        chat_id, ids = sent[0].chat_id, [message.message_id for message in sent]
        if chat_id != place.chat_id:
            logger.warning(
                "chat %s is now %s: set SMEBOT_HANDOVER_CHAT_ID", place.chat_id, chat_id
            )
        await self._keep(handover, chat_id, ids, for_staff=for_staff, copy_of=copy_of)
        return True

    async def place(self, handover: Handover, *, for_staff: bool) -> tuple[Place, int | None]:
        """Where words go, and in staff's chat the message that they belong below."""
        if not for_staff:
            return Place(handover.user_id), None
        shown = await asyncio.to_thread(self._handovers.messages, handover.id, for_staff=True)
        if shown:
            return Place(shown[0].chat_id), shown[0].message_id
        return Place(self._staff.handover_chat_id or 0), None

    async def carries(self, bot: Bot, person: Person, message: Message) -> bool:
        """Carry a reply to a message of a handover, or what was changed in one.

        Returns:
            Whether it was one, or is for nobody: in staff's chat the bot answers no bare replies
            but those to its own answers.
        """
        replied = message.reply_to_message
        of_bot = replied is not None and replied.from_user and replied.from_user.id == bot.id
        has_chat = self._staff.handover_chat_id is not None
        if not (replied and of_bot and has_chat) or written_command(text_of(message)):
            return False
        found = await asyncio.to_thread(
            self._handovers.belonging, message.chat_id, replied.message_id
        )
        if found is None:
            return await self._is_for_nobody(bot, person, message, replied.message_id)
        handover, shown = found
        if shown.for_staff and not self._staff.is_staff(person.user_id):
            return True
        if handover.ended or not message.text:
            key = "handover_over" if handover.ended else "handover_only_text"
            await self._answer(bot, person, message, key)
        else:
            await self._carry(bot, person, message, handover, for_staff=not shown.for_staff)
        return True

    async def _is_for_nobody(
        self, bot: Bot, person: Person, message: Message, replied_id: int
    ) -> bool:
        """Whether a reply in staff's chat belongs to nothing that is known any more."""
        if message.chat_id != self._staff.handover_chat_id or person.is_private:
            return False
        turn_shown_in = self._conversation.store.turn_shown_in
        if await asyncio.to_thread(turn_shown_in, message.chat_id, replied_id):
            return False
        if self._staff.is_staff(person.user_id):
            await self._answer(bot, person, message, "handover_over")
        return True

    async def _carry(
        self, bot: Bot, person: Person, message: Message, handover: Handover, *, for_staff: bool
    ) -> None:
        own, words = message.message_id, message.text or ""
        copies = await asyncio.to_thread(
            self._handovers.messages, handover.id, for_staff=for_staff, copy_of=own
        )
        if for_staff:
            reply = view.from_asker(
                person.name, words, await asyncio.to_thread(self._staff.language)
            )
        else:
            reply = view.from_person(handover, words, self._staff.operator)
        if message.edit_date is not None:
            await self._change(bot, handover, copies, reply)
        elif not copies:
            is_there = await self.send(bot, handover, reply, for_staff=for_staff, copy_of=own)
            if for_staff:
                key = "handover_added" if is_there else "handover_failed"
                await self._answer(bot, person, message, key)
            elif not is_there:
                await self._answer(bot, person, message, "handover_blocked")

    async def _change(
        self, bot: Bot, handover: Handover, copies: Sequence[HandoverMessage], reply: Reply
    ) -> None:
        """What was carried was changed: so are its copies."""
        if not copies:
            return
        first, ids = copies[0], [copy.message_id for copy in copies]
        left = await replace_messages(bot, Place(first.chat_id), ids, reply)
        await self._keep(
            handover, first.chat_id, left, for_staff=first.for_staff, copy_of=first.copy_of
        )

    async def _keep(
        self,
        handover: Handover,
        chat_id: int,
        ids: Sequence[int],
        *,
        for_staff: bool,
        copy_of: int | None,
    ) -> None:
        await asyncio.to_thread(
            self._handovers.add_messages,
            handover.id,
            chat_id,
            ids,
            for_staff=for_staff,
            copy_of=copy_of,
        )

    async def _answer(self, bot: Bot, person: Person, message: Message, key: str) -> None:
        language = await asyncio.to_thread(self._conversation.language, person)
        await send(bot, person.place, plain(interface(key, language)), reply_to=message.message_id)
