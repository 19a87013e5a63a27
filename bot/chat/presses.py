"""Buttons that are pressed: who handles each, and how the press is acknowledged."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial

from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.chat.answer_view import BRIEF, PICTURE
from bot.chat.buttons import Buttons
from bot.chat.conversation import Conversation
from bot.chat.handover import HandingOver
from bot.chat.handover_view import BUTTON as HANDOVER
from bot.chat.outbox import Outbox
from bot.chat.person import Person
from bot.chat.replies import Reply, plain
from bot.chat.staff import Staff
from bot.chat.staff_questions import BUTTON as QUESTIONS
from bot.chat.staff_questions import REPLY, WRITE
from bot.chat.updates import person_of
from bot.chat.upload_questions import PRESS as UPLOAD
from bot.chat.work import Work
from bot.texts import interface

logger = logging.getLogger(__name__)

FOR_STAFF = ("p:", "force:", "drop:", "b:", "w:", QUESTIONS, UPLOAD)
"""Buttons of staff."""
_TAKING_LONG = ("x:", "q:", "a:", PICTURE, BRIEF)
"""Buttons that ask a question, also one that was asked before, or make a file."""
_VOTE = "v:"
"""Its press is acknowledged with a word, when it is known which."""
_MOST_KEPT = 10_000
"""Messages whose replies are awaited."""

Context = ContextTypes.DEFAULT_TYPE


class Presses:
    """What comes of the buttons of one bot."""

    def __init__(
        self,
        conversation: Conversation,
        staff: Staff,
        handover: HandingOver,
        outbox: Outbox,
        work: Work,
    ) -> None:
        """Presses.

        Args:
            conversation: With owners.
            staff: What staff may do.
            handover: Those of questions that are passed on.
            outbox: Sends what a button brings.
            work: Does what takes long.
        """
        self._conversation = conversation
        self._buttons = Buttons(conversation)
        self._staff = staff
        self._handover = handover
        self._outbox = outbox
        self._work = work
        self._explaining: dict[tuple[int, int], str] = {}
        """(chat, message that asks what was wrong) -> answer id."""
        self._overriding: dict[tuple[int, int], str] = {}
        """(chat, message that asks why to publish) -> snapshot."""
        self._writing: dict[tuple[int, int], str] = {}
        """(chat, message that asks what to write to who waits) -> group of questions."""

    async def handle(self, update: Update, context: Context) -> None:
        """A button was pressed by somebody who may press it."""
        query, person = update.callback_query, person_of(update)
        if query is None:
            return
        data = query.data or ""
        pressed = query.message if isinstance(query.message, Message) else None
        if data.startswith(_VOTE):
            await self._vote(update, context, data, pressed)
            return
        await acknowledge(update)
        if data.startswith(HANDOVER):
            await self._handover.press(context.bot, person, pressed, data)
            return
        if data.startswith(UPLOAD):
            replies = await self._of_upload(person, context, data)
        elif data.startswith(FOR_STAFF):
            await self._by_staff(person, context, data, pressed)
            return
        elif data.startswith(_TAKING_LONG):
            press = partial(self._buttons.press, person, data)
            replies = await self._work.do(context.bot, person.place, press)
        else:
            replies = await asyncio.to_thread(self._buttons.press, person, data)
        await self._outbox.send(context.bot, person, replies, pressed=pressed)

    def reason_of(self, person: Person, message: Message, words: str) -> Reply | None:
        """What is said to words that are a reason that was asked for; None if they are not."""
        asked = message.reply_to_message
        if asked is None:
            return None
        place = (message.chat_id, asked.message_id)
        if self._staff.is_staff(person.user_id):
            language = self._conversation.language(person)
            if place in self._overriding:
                snapshot = self._overriding.pop(place)
                return self._staff.index.publish(
                    person.user_id, language, snapshot, override=words
                )
            if place in self._writing:
                key = self._writing.pop(place)
                return self._staff.questions.open.write(person.user_id, key, words, language)
        answer_id = self._explaining.pop(place, None)
        return self._buttons.explain_vote(person, answer_id, words) if answer_id else None

    async def _vote(
        self, update: Update, context: Context, data: str, pressed: Message | None
    ) -> None:
        """A vote is acknowledged when it is stored; who is unhappy is asked why."""
        person = person_of(update)
        replies: list[Reply] = []
        try:
            replies = await asyncio.to_thread(self._buttons.press, person, data)
        finally:
            await acknowledge(update, replies[0].toast if replies else "")
        sent = await self._outbox.send(context.bot, person, replies, pressed=pressed)
        if len(replies) > 1 and sent:
            self._explaining[person.chat_id, sent[-1].message_id] = data.split(":")[1]
            if len(self._explaining) > _MOST_KEPT:
                del self._explaining[next(iter(self._explaining))]

    async def _of_upload(self, person: Person, context: Context, data: str) -> list[Reply]:
        language = await asyncio.to_thread(self._conversation.language, person)
        rest = data.removeprefix(UPLOAD)
        press = partial(self._staff.uploading.press, person.user_id, language, rest)
        return await self._work.do(context.bot, person.place, press)

    async def _by_staff(
        self, person: Person, context: Context, data: str, pressed: Message | None
    ) -> None:
        language = await asyncio.to_thread(self._conversation.language, person)
        if data.startswith(QUESTIONS):
            about = await self._about_questions(person, context, language, data)
            sent = await self._outbox.send(context.bot, person, [about], pressed=pressed)
            if data.startswith(f"{QUESTIONS}{WRITE}:") and sent:
                self._writing[person.chat_id, sent[-1].message_id] = data.rpartition(":")[2]
            return
        kind, _, rest = data.partition(":")
        index = self._staff.index
        work: dict[str, Callable[[], Reply]] = {
            "w": partial(self._buttons.why, person, rest),
            "p": partial(index.publish, person.user_id, language, rest),
            "drop": partial(index.discard, person.user_id, language, rest),
            "b": partial(index.roll_back, person.user_id, language, rest),
            "force": lambda: plain(interface("override_ask", language, snapshot=rest)),
        }
        reply = await self._work.do(context.bot, person.place, work[kind])
        sent = await self._outbox.send(context.bot, person, [reply])
        if kind == "force" and sent:
            self._overriding[person.chat_id, sent[-1].message_id] = rest

    async def _about_questions(
        self, person: Person, context: Context, language: str, data: str
    ) -> Reply:
        """What people asked is shown to staff in their own chats only."""
        questions = self._staff.questions
        if not person.is_private:
            return plain(interface("staff_only_private", language))
        if data.startswith(f"{QUESTIONS}{REPLY}:"):
            waiting = partial(questions.open.waiting, data.rpartition(":")[2])
            question, handovers = await asyncio.to_thread(waiting)
            return await self._handover.remind(context.bot, question, handovers, language)
        press = partial(questions.press, person.user_id, language, data)
        return await self._work.do(context.bot, person.place, press)


async def acknowledge(update: Update, toast: str = "") -> None:
    """End the little clock on a button that was pressed."""
    query = update.callback_query
    try:
        if query:
            await query.answer(toast or None)
    except TelegramError as error:  # too old to be answered; the press itself still counts
        logger.info("button not acknowledged: %s", type(error).__name__)
