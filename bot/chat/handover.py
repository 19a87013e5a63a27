"""What people may pass on to staff: asked for by a button, agreed to by another one, ended."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta

from telegram import Bot, Message
from telegram.error import TelegramError

from bot.chat import handover_view as view
from bot.chat.carrying import Carrying
from bot.chat.conversation import Conversation
from bot.chat.delivery import edit, replace_messages, send
from bot.chat.person import Person, Place
from bot.chat.replies import Reply, plain
from bot.chat.staff import Staff
from bot.errors import StoreError
from bot.store import now
from bot.store.handovers import Handover
from bot.texts import interface

logger = logging.getLogger(__name__)

QUIET = timedelta(hours=48)
"""A handover ends when neither side has said anything for so long."""
_MOST_A_DAY = 3
_LOOK_EVERY_S = 600.0


class HandingOver:
    """The buttons of a handover, and its end."""

    def __init__(self, conversation: Conversation, staff: Staff) -> None:
        self._conversation = conversation
        self._handovers = conversation.store.handovers
        self._staff = staff
        self._carrying = Carrying(conversation, staff)
        self.carries = self._carrying.carries

    async def press(self, bot: Bot, person: Person, pressed: Message | None, data: str) -> None:
        """A button was pressed whose data begin with `handover_view.BUTTON`."""
        kind, _, rest = data.removeprefix(view.BUTTON).partition(":")
        if pressed is None:
            return
        if kind == "end":
            await self._end_pressed(bot, person, pressed, rest)
            return
        language = await asyncio.to_thread(self._conversation.language, person)
        if kind == "no":
            await edit(bot, pressed, view.declined(language))
            return
        questions = await asyncio.to_thread(self._conversation.questions_until, person, rest)
        own = await asyncio.to_thread(self._handovers.open_of, person.user_id)
        if not questions or self._staff.handover_chat_id is None:
            await send(bot, person.place, plain(interface("too_old", language)))
        elif own and (kind == "ask" or own.answer_id != rest):
            still_open = view.still_open(own, language)
            await self._carrying.send(bot, own, still_open, for_staff=False)
        elif own is None and await asyncio.to_thread(self._has_had_enough, person):
            await send(bot, person.place, plain(interface("handover_too_many", language)))
        elif kind == "ask":
            asked = view.consent(rest, questions, self._staff.operator, language)
            await send(bot, person.place, asked)
        else:
            await self._pass_on(bot, person, pressed, rest, questions, language)

    async def withdraw(self, bot: Bot, person: Person) -> None:
        """Somebody is about to be forgotten: what stands in staff's chat is taken back."""
        try:
            own = await asyncio.to_thread(self._handovers.open_of, person.user_id)
            if own is None:
                return
            shown = await asyncio.to_thread(self._handovers.messages, own.id, for_staff=True)
            of_staff = await asyncio.to_thread(self._staff.language)
            withdrawn = plain(interface("handover_withdrawn", of_staff))
            if shown:
                place, ids = Place(shown[0].chat_id), [one.message_id for one in shown]
                left = await replace_messages(bot, place, ids, withdrawn)
                await send(bot, place, withdrawn, reply_to=left[0] if left else None)
        except (StoreError, TelegramError) as error:  # nothing is kept because of that
            logger.warning("staff were not told of a withdrawal: %s", type(error).__name__)

    async def remind(
        self, bot: Bot, question: str, handovers: Sequence[Handover], language: str
    ) -> Reply:
        """Put a question before staff once more, where replies to it reach those who asked.

        Args:
            bot: Sends.
            question: Masked.
            handovers: Of those who passed it on, and have not ended that.
            language: Of whoever wants to reply.
        """
        of_staff = await asyncio.to_thread(self._staff.language)
        sent = [
            await self._carrying.send(
                bot, each, view.still_waiting(each, question, of_staff), for_staff=True
            )
            for each in handovers
        ]
        key = "reply_posted" if any(sent) else "reply_nobody"
        return plain(interface(key, language, count=sum(sent)))

    async def keep_ending(self, bot: Bot) -> None:
        """End what nobody has said anything in for a while; never returns."""
        while True:
            try:
                for quiet in await asyncio.to_thread(self._handovers.quiet_since, now() - QUIET):
                    await self._end(bot, quiet)
            except StoreError as error:
                logger.warning("quiet handovers were not ended: %s", error)
            await asyncio.sleep(_LOOK_EVERY_S)

    def _has_had_enough(self, person: Person) -> bool:
        return self._handovers.count(person.user_id, now() - timedelta(days=1)) >= _MOST_A_DAY

    async def _pass_on(
        self,
        bot: Bot,
        person: Person,
        pressed: Message,
        answer_id: str,
        questions: list[str],
        language: str,
    ) -> None:
        """Begin a handover, or go on with what a program began that was ended meanwhile."""
        own = await asyncio.to_thread(self._handovers.open_of, person.user_id)
        if own is None:
            begin = self._handovers.begin
            own = await asyncio.to_thread(begin, person.user_id, answer_id, language)
        if not await asyncio.to_thread(self._handovers.messages, own.id, for_staff=True):
            of_staff = await asyncio.to_thread(self._staff.language)
            operator = self._staff.operator
            opening = view.opening(own, person.name, questions, operator, of_staff)
            if not await self._carrying.send(bot, own, opening, for_staff=True):
                await asyncio.to_thread(self._handovers.end, own.id)
                await edit(bot, pressed, view.failed(language))
                return
        ids = [pressed.message_id]
        keep = self._handovers.add_messages
        await asyncio.to_thread(keep, own.id, pressed.chat_id, ids, for_staff=False)
        await edit(bot, pressed, view.passed_on(own, self._staff.operator, language))

    async def _end_pressed(self, bot: Bot, person: Person, pressed: Message, number: str) -> None:
        """Either side may end it, nobody else; a second press is told that it has ended."""
        known = self._handovers.belonging
        found = await asyncio.to_thread(known, pressed.chat_id, pressed.message_id)
        is_theirs = found and found[1].for_staff and self._staff.is_staff(person.user_id)
        is_own = found and found[0].user_id == person.user_id
        if found is None and person.is_private:
            language = await asyncio.to_thread(self._conversation.language, person)
            await send(bot, person.place, plain(interface("too_old", language)))
        if found is None or not (is_own or is_theirs) or str(found[0].id) != number:
            return
        if not await self._end(bot, found[0]):
            reply = await self._told_of_end(found[0], for_staff=found[1].for_staff)
            await send(bot, person.place, reply)

    async def _end(self, bot: Bot, handover: Handover) -> bool:
        """End it and tell both sides; False if it had ended before."""
        if not await asyncio.to_thread(self._handovers.end, handover.id):
            return False
        for for_staff in (False, True):
            place, below = await self._carrying.place(handover, for_staff=for_staff)
            reply = await self._told_of_end(handover, for_staff=for_staff)
            try:
                await send(bot, place, reply, reply_to=below)
            except TelegramError as error:  # the other side is told all the same
                logger.warning("chat %s was not told: %s", place.chat_id, type(error).__name__)
        return True

    async def _told_of_end(self, handover: Handover, *, for_staff: bool) -> Reply:
        if not for_staff:
            return view.ended(handover, self._staff.operator)
        of_staff = await asyncio.to_thread(self._staff.language)
        return plain(interface("handover_ended_for_staff", of_staff))
