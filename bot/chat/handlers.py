"""Updates -> conversation -> replies. No wording, no retrieval, no markup here."""

import asyncio
import logging
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial

from telegram import (
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
    Update,
    Voice,
)
from telegram.constants import ChatType
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import ContextTypes

from bot.chat.albums import Albums
from bot.chat.conversation import OWNER_COMMANDS, Conversation
from bot.chat.delivery import entities, send
from bot.chat.forgetting import Forgetting
from bot.chat.handover import HandingOver
from bot.chat.hearing import LONGEST_S, Hearing, length_s
from bot.chat.outbox import Outbox
from bot.chat.person import Person
from bot.chat.presses import FOR_STAFF, Presses, acknowledge
from bot.chat.profile import drop_staff_menu, set_staff_menu
from bot.chat.reminders import Reminders
from bot.chat.replies import Reply, beginning, plain
from bot.chat.staff import Staff
from bot.chat.staff_handlers import COMMANDS as STAFF_COMMANDS
from bot.chat.staff_handlers import run_staff_command, why_refused
from bot.chat.updates import (
    addressed_text,
    command_of,
    is_for_another_bot,
    is_nobodys_word,
    person_of,
    text_of,
    written_command,
)
from bot.chat.upload_files import UploadFiles, is_for_corpus
from bot.chat.work import Work
from bot.errors import HearingError, StoreError, failure
from bot.texts import interface

logger = logging.getLogger(__name__)

_LATE = timedelta(hours=1)
"""An answer that comes later than this begins with an apology."""

Context = ContextTypes.DEFAULT_TYPE


class Handlers:
    """One method for each kind of update."""

    def __init__(
        self, conversation: Conversation, staff: Staff, hearing: Hearing | None = None
    ) -> None:
        """Handlers of one bot.

        Args:
            conversation: With owners.
            staff: And what they may do.
            hearing: Writes voice messages down; without it they are only asked to be typed.
        """
        self._hearing = hearing
        self._conversation = conversation
        self._outbox = Outbox(conversation, staff.is_staff)
        self._forgetting = Forgetting(conversation)
        self.staff = staff
        self.reminders = Reminders(conversation.live, conversation.store, staff.clock)
        self.handover = HandingOver(conversation, staff)
        self._work = Work()
        self._presses = Presses(conversation, staff, self.handover, self._outbox, self._work)
        self._albums = Albums()
        self._upload_files = UploadFiles(staff.uploading, self._work)

    async def command(self, update: Update, context: Context) -> None:
        """A command of owners, also by a deep link."""
        await self._carry_out(update, context, command_of(update), " ".join(context.args or []))

    async def _carry_out(self, update: Update, context: Context, name: str, words: str) -> None:
        message, person = update.effective_message, person_of(update)
        if message is None or not await self._is_meant(message, update, context):
            return
        is_staff = self.staff.is_staff(person.user_id)
        if name == "forget":
            await self.handover.withdraw(context.bot, person)
        carry_out = partial(self._conversation.command, person, name, words, is_staff=is_staff)
        try:
            reply = await asyncio.to_thread(carry_out)
        except StoreError:
            if name != "forget":
                raise
            reply = await self._forgetting.begin(context.bot, person)
        await self._outbox.send(context.bot, person, [reply] if reply else [])
        if name == "start" and is_staff and person.is_private:
            await set_staff_menu(context.bot, person.user_id)  # before it there was no chat

    async def question(self, update: Update, context: Context) -> None:
        """A message in words, also below a photo or a file."""
        message, person = update.effective_message, person_of(update)
        if message is None or is_nobodys_word(message, context.bot.id):
            return
        text = addressed_text(message, context.bot.username)
        if text is None:
            return
        written = written_command(text)
        if written:
            await self._written_command(update, context, *written)
        else:
            await self._ask(message, person, context, text)

    async def _ask(
        self, message: Message, person: Person, context: Context, text: str, heading: str = ""
    ) -> None:
        """Answer what a message says, or take it for the reason of a vote."""
        reply = await asyncio.to_thread(self._presses.reason_of, person, message, text)
        if reply:
            await self._outbox.send(context.bot, person, [reply])
            return
        if await self.handover.carries(context.bot, person, message):
            return
        reply = await self._answer_about_file(person, message, text)
        if reply:
            await self._outbox.send(context.bot, person, [reply])
            return
        is_late = datetime.now(UTC) - message.date > _LATE
        replied = message.reply_to_message
        replies_to = replied.message_id if replied else None
        if replied:
            await self._outbox.settled()
        ask = partial(
            self._conversation.ask,
            person,
            text,
            replies_to=replies_to,
            is_late=is_late,
            heading=heading,
        )
        reply = await self._work.do(context.bot, person.place, ask)
        await self._outbox.send(context.bot, person, [reply], asked=message)

    async def button(self, update: Update, context: Context) -> None:
        """A button was pressed."""
        person = person_of(update)
        data = update.callback_query.data if update.callback_query else None
        if (data or "").startswith(FOR_STAFF) and not self.staff.is_staff(person.user_id):
            await acknowledge(update)
            await self.unknown_command(update, context)
        else:
            await self._presses.handle(update, context)

    async def inline(self, update: Update, _context: Context) -> None:
        """`@bot question` in any chat."""
        query = update.inline_query
        if query is None:
            return
        found = []
        if query.query.strip():
            found = await asyncio.to_thread(self._conversation.inline, query.query)
        results = []
        for number, (title, text) in enumerate(found):
            part = next(text.messages())
            content = InputTextMessageContent(part.text, entities=entities(part))
            results.append(
                InlineQueryResultArticle(
                    id=str(number),
                    title=title,
                    input_message_content=content,
                    description=beginning(part.text),
                )
            )
        await query.answer(results, cache_time=60, is_personal=True)

    async def other_kind(self, update: Update, context: Context) -> None:
        """A photo, a sticker, a voice message, a place, a poll: never silence.

        What is written below it is a question; of an album the bot speaks once, and not before
        it is clear that nothing is written below any part of it.
        """
        message = update.effective_message
        if message is None or is_nobodys_word(message, context.bot.id):
            return
        person = person_of(update)
        if await self.handover.carries(context.bot, person, message):
            return
        is_staff = self.staff.is_staff(person.user_id)
        if message.document and is_for_corpus(person, message, is_staff=is_staff):
            language = await asyncio.to_thread(self._conversation.language, person)
            receive = self._upload_files.receive
            reply = await receive(context.bot, person, message, message.document, language)
            await self._outbox.send(context.bot, person, [reply])
        elif message.caption:
            self._albums.has_words(message)
            await self.question(update, context)
        elif message.chat.type == ChatType.PRIVATE and message.voice and self._hearing:
            await self._voice(message, message.voice, self._hearing, update, context)
        elif message.chat.type == ChatType.PRIVATE:
            language = await asyncio.to_thread(self._conversation.language, person_of(update))
            say = partial(self._say, update, context, interface("other_kind", language))
            await self._albums.once(message, say)

    async def _answer_about_file(
        self, person: Person, message: Message, words: str
    ) -> Reply | None:
        """What is said to words that answer a question about a file of staff's.

        A message that was changed answered an earlier question.
        """
        is_staff = self.staff.is_staff(person.user_id)
        if not is_staff or not person.is_private or message.edit_date:
            return None
        language = await asyncio.to_thread(self._conversation.language, person)
        answer = partial(self.staff.uploading.answer, person.user_id, language, words)
        try:
            return await asyncio.to_thread(answer)
        except StoreError:  # a question is answered all the same
            return None

    async def _voice(
        self,
        message: Message,
        voice: Voice,
        hearing: Hearing,
        update: Update,
        context: Context,
    ) -> None:
        """A voice message is a question, which is shown as it was understood."""
        person = person_of(update)
        language = await asyncio.to_thread(self._conversation.language, person)
        if length_s(voice) > LONGEST_S:
            longest = interface("voice_too_long", language, minutes=LONGEST_S // 60)
            await self._say(update, context, longest)
            return
        try:
            async with self._work.sign(context.bot, person.place):
                words = await hearing.words_of(voice, context.bot)
        except HearingError as error:
            logger.warning("a voice message was not written down: %s", error)
            await self._say(update, context, interface("voice_failed", language))
            return
        if words:
            await self._ask(message, person, context, words, heading=f"🎤 {words}")
        else:
            await self._say(update, context, interface("voice_without_words", language))

    async def _written_command(
        self, update: Update, context: Context, name: str, words: str
    ) -> None:
        """A command that is written below a picture, or behind the bot's name."""
        person, message = person_of(update), update.effective_message
        if name in OWNER_COMMANDS:
            await self._carry_out(update, context, name, words)
        elif name in STAFF_COMMANDS and self.staff.is_staff(person.user_id):
            language = await asyncio.to_thread(self._conversation.language, person)
            await self._say(update, context, interface("staff_only_text", language))
        elif person.is_private or (message and f"@{context.bot.username}" in text_of(message)):
            await self.unknown_command(update, context)

    async def edited(self, update: Update, context: Context) -> None:
        """A message was changed after it was sent: its answer is changed as well."""
        message, person = update.edited_message, person_of(update)
        if message is None or is_nobodys_word(message, context.bot.id):
            return
        text = addressed_text(message, context.bot.username)
        if text is None:
            return
        if written_command(text):
            if person.is_private:
                language = await asyncio.to_thread(self._conversation.language, person)
                await self._say(update, context, interface("edited", language))
            return
        if await self.handover.carries(context.bot, person, message):
            return
        store = self._conversation.store
        await self._outbox.settled()
        turn = await asyncio.to_thread(store.turn_asked_by, person.chat_id, message.message_id)
        if turn is None:
            await self.question(update, context)
            return
        replied = message.reply_to_message
        replies_to = replied.message_id if replied else None
        again = partial(self._conversation.ask_again, person, text, turn, replies_to)
        reply = await self._work.do(context.bot, person.place, again)
        if reply:
            await self._outbox.replace(context.bot, person, turn.shown or [], reply, message)

    async def slow_down(self, update: Update, context: Context, seconds: int) -> None:
        """Somebody sends more than can be answered; what comes until then is passed over."""
        language = await asyncio.to_thread(self._conversation.language, person_of(update))
        text = interface("slow_down", language, seconds=seconds)
        if update.callback_query:
            with suppress(TelegramError):  # too old to be answered
                await update.callback_query.answer(text)
        else:
            await self._say(update, context, text)

    async def unknown_command(self, update: Update, context: Context) -> None:
        """A command that does not exist, or is not for this person."""
        message = update.effective_message
        if (
            message
            and not update.callback_query
            and is_for_another_bot(message, context.bot.username)
        ):
            return
        language = await asyncio.to_thread(self._conversation.language, person_of(update))
        await self._say(update, context, interface("unknown_command", language))

    async def staff_command(self, update: Update, context: Context) -> None:
        """`/status`, `/rollback`, `/unanswered`, `/feedback`, `/check`, `/reindex`."""
        person = person_of(update)
        if not self.staff.is_staff(person.user_id):
            await self.unknown_command(update, context)
            if person.is_private:  # who was of the staff once has their menu still
                await drop_staff_menu(context.bot, person.user_id)
            return
        language = await asyncio.to_thread(self._conversation.language, person)
        refusal = why_refused(update.effective_message, command_of(update))
        if refusal:
            await self._say(update, context, interface(refusal, language))
            return
        await run_staff_command(command_of(update), self.staff, person, language, context.bot)

    async def failed(self, update: object, context: Context) -> None:
        """Something went wrong in a handler: log it once, tell the person."""
        error = context.error
        logger.error("update failed: %(error)s", failure(error))
        self.staff.errors.append(type(error).__name__)
        if isinstance(error, (NetworkError, RetryAfter)) and not isinstance(error, BadRequest):
            return  # who could not be reached for an hour cannot be told of it either
        if isinstance(update, Update) and update.effective_chat and update.effective_user:
            person = person_of(update)
            try:
                language = await asyncio.to_thread(self._conversation.language, person)
                await send(context.bot, person.place, plain(interface("failed", language)))
            except Exception:  # noqa: BLE001 - nothing is left to be tried
                logger.warning("chat %s could not be told", person.chat_id)

    async def _say(self, update: Update, context: Context, text: str) -> None:
        await send(context.bot, person_of(update).place, plain(text))

    async def _is_meant(self, message: Message, update: Update, context: Context) -> bool:
        """Whether who sent a command wants it carried out: not where it was only passed on."""
        if is_nobodys_word(message, context.bot.id):
            return False
        if message.forward_origin is None:
            return True
        if message.chat.type == ChatType.PRIVATE:
            language = await asyncio.to_thread(self._conversation.language, person_of(update))
            await self._say(update, context, interface("forwarded_command", language))
        return False
