"""Updates -> conversation -> replies. No wording, no retrieval, no markup here."""

import asyncio
import logging
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial

from telegram import Chat, InlineQueryResultArticle, InputTextMessageContent, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import ContextTypes

from bot.chat.buttons import Buttons
from bot.chat.conversation import Conversation
from bot.chat.delivery import entities, send, send_all
from bot.chat.person import Person
from bot.chat.replies import Button, Reply, plain
from bot.chat.staff import Staff
from bot.chat.work import Work
from bot.texts import interface

logger = logging.getLogger(__name__)

_LATE = timedelta(hours=1)
"""An answer that comes later than this begins with an apology."""
_ASKING = ("x:", "q:")
"""Buttons that ask a question."""
_MOST_KEPT = 10_000
"""Messages whose replies are awaited."""

Context = ContextTypes.DEFAULT_TYPE


class Handlers:
    """One method for each kind of update."""

    def __init__(self, conversation: Conversation, staff: Staff) -> None:
        self._conversation = conversation
        self._buttons = Buttons(conversation)
        self.staff = staff
        self._work = Work()
        self._explaining: dict[tuple[int, int], str] = {}
        """(chat, message that asks what was wrong) -> answer id."""

    async def command(self, update: Update, context: Context) -> None:
        """A command of owners, also by a deep link."""
        person, name = person_of(update), command_of(update)
        words = " ".join(context.args or [])
        reply = await asyncio.to_thread(
            self._conversation.command,
            person,
            name,
            words,
            is_staff=self.staff.is_staff(person.user_id),
        )
        await send_all(context.bot, person.chat_id, [reply] if reply else [])

    async def question(self, update: Update, context: Context) -> None:
        """A message in words."""
        message, person = update.effective_message, person_of(update)
        if message is None or message.text is None:
            return
        text = _addressed_text(message, context.bot.username)
        if text is None:
            return
        answer_id = self._explained(message)
        if answer_id:
            explain = self._buttons.explain_vote
            reply = await asyncio.to_thread(explain, person, answer_id, text)
            await send(context.bot, person.chat_id, reply)
            return
        is_late = datetime.now(UTC) - message.date > _LATE
        ask = partial(self._conversation.ask, person, text, is_late=is_late)
        reply = await self._work.do(context.bot, person.chat_id, ask)
        in_group = message.chat.type != ChatType.PRIVATE
        if in_group:
            reply = self._with_private_button(reply, person, context.bot.username)
        await send(
            context.bot, person.chat_id, reply, reply_to=message.message_id if in_group else None
        )

    async def button(self, update: Update, context: Context) -> None:
        """A button was pressed."""
        query, person = update.callback_query, person_of(update)
        if query is None:
            return
        try:
            await query.answer()
        except TelegramError as error:  # too old to be answered; the press itself still counts
            logger.info("button not acknowledged: %s", type(error).__name__)
        data = query.data or ""
        if data.startswith(("p:", "b:")):
            await self._staff_button(update, context, data)
            return
        pressed = query.message if isinstance(query.message, Message) else None
        press = partial(self._buttons.press, person, data)
        if data.startswith(_ASKING):
            replies = await self._work.do(context.bot, person.chat_id, press)
        else:
            replies = await asyncio.to_thread(press)
        if data.startswith("v:") and data.endswith(":-1") and replies[0].rows:
            sent = await send(context.bot, person.chat_id, replies[0])
            if sent:
                self._explaining[person.chat_id, sent.message_id] = data.split(":")[1]
                if len(self._explaining) > _MOST_KEPT:
                    del self._explaining[next(iter(self._explaining))]
            return
        await send_all(context.bot, person.chat_id, replies, pressed=pressed)

    async def inline(self, update: Update, _context: Context) -> None:
        """`@bot question` in any chat."""
        query = update.inline_query
        if query is None:
            return
        person = person_of(update)
        found = []
        if query.query.strip():
            found = await asyncio.to_thread(self._conversation.inline, person, query.query)
        results = []
        for number, (title, text) in enumerate(found):
            part = next(text.messages())
            content = InputTextMessageContent(part.text, entities=entities(part))
            results.append(
                InlineQueryResultArticle(
                    id=str(number),
                    title=title,
                    input_message_content=content,
                    description=part.text[:100],
                )
            )
        await query.answer(results, cache_time=60, is_personal=True)

    async def other_kind(self, update: Update, context: Context) -> None:
        """A photo, a sticker, a voice message, a place, a poll: never silence."""
        message = update.effective_message
        if message and message.chat.type == ChatType.PRIVATE:
            language = await asyncio.to_thread(self._conversation.language, person_of(update))
            await self._say(update, context, interface("other_kind", language))

    async def edited(self, update: Update, context: Context) -> None:
        """A message was changed after it was sent."""
        message = update.edited_message
        if message and message.chat.type == ChatType.PRIVATE and message.text:
            language = await asyncio.to_thread(self._conversation.language, person_of(update))
            await self._say(update, context, interface("edited", language))

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
        language = await asyncio.to_thread(self._conversation.language, person_of(update))
        await self._say(update, context, interface("unknown_command", language))

    async def staff_command(self, update: Update, context: Context) -> None:
        """`/status`, `/rollback`, `/unanswered`, `/feedback`, `/check`, `/reindex`."""
        person = person_of(update)
        if not self.staff.is_staff(person.user_id):
            await self.unknown_command(update, context)
            return
        from bot.chat.staff_handlers import run_staff_command

        language = await asyncio.to_thread(self._conversation.language, person)
        await run_staff_command(command_of(update), self.staff, person, language, context.bot)

    async def failed(self, update: object, context: Context) -> None:
        """Something went wrong in a handler: log it once, tell the person."""
        error = context.error
        logger.error("update failed", exc_info=error)
        self.staff.errors.append(type(error).__name__)
        if isinstance(error, (NetworkError, RetryAfter)) and not isinstance(error, BadRequest):
            return  # who could not be reached for an hour cannot be told of it either
        if isinstance(update, Update) and update.effective_chat and update.effective_user:
            person = person_of(update)
            try:
                language = await asyncio.to_thread(self._conversation.language, person)
                await send(context.bot, person.chat_id, plain(interface("failed", language)))
            except Exception:  # noqa: BLE001 - nothing is left to be tried
                logger.warning("chat %s could not be told", person.chat_id)

    async def _staff_button(self, update: Update, context: Context, data: str) -> None:
        person = person_of(update)
        if not self.staff.is_staff(person.user_id):
            await self.unknown_command(update, context)
            return
        language = await asyncio.to_thread(self._conversation.language, person)
        if data.startswith("p:"):
            reply = await asyncio.to_thread(
                self.staff.publish, person.user_id, language, data.removeprefix("p:")
            )
        else:
            reply = await asyncio.to_thread(self.staff.rollback, person.user_id, language)
        await send_all(context.bot, person.chat_id, [reply])

    async def _say(self, update: Update, context: Context, text: str) -> None:
        await send_all(context.bot, person_of(update).chat_id, [plain(text)])

    def _explained(self, message: Message) -> str | None:
        """The answer that a reply in words gives its reason for."""
        asked = message.reply_to_message
        return self._explaining.pop((message.chat_id, asked.message_id), None) if asked else None

    def _with_private_button(self, reply: Reply, person: Person, username: str) -> Reply:
        language = self._conversation.language(person)
        button = Button(interface("group_private", language), url=f"https://t.me/{username}")
        return Reply(text=reply.text, rows=(*reply.rows, (button,)), file=reply.file)


def person_of(update: Update) -> Person:
    """Who sent an update, and from where."""
    user, chat = update.effective_user, update.effective_chat
    user_id = user.id if user else (chat.id if chat else 0)
    return Person(
        user_id=user_id,
        chat_id=chat.id if chat else user_id,
        name=user.first_name if user else "",
        telegram_language=user.language_code if user else None,
    )


def command_of(update: Update) -> str:
    """The name of the command that a message begins with."""
    message = update.effective_message
    text = message.text if message and message.text else ""
    return text.split()[0].partition("@")[0].lstrip("/").lower()


def _addressed_text(message: Message, username: str) -> str | None:
    """The question in a message; in groups None unless it is for the bot."""
    text = message.text or ""
    if message.chat.type in (Chat.PRIVATE,):
        return text
    mention = re.compile(rf"(?<!\w)@{re.escape(username)}(?!\w)", re.IGNORECASE)
    replied = message.reply_to_message
    to_bot = bool(replied and replied.from_user and replied.from_user.username == username)
    if not to_bot and not mention.search(text):
        return None
    return mention.sub(" ", text).strip() or None
