"""Sends replies to where they belong, and remembers which messages answer which question."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from telegram import Bot, Message

from bot.chat.conversation import CARRIED, Conversation
from bot.chat.delivery import edit, replace_messages, send
from bot.chat.person import Person
from bot.chat.replies import Button, Reply, plain
from bot.chat.rich_text import RichText
from bot.texts import interface


class Outbox:
    """What the bot says, on its way into a chat."""

    def __init__(self, conversation: Conversation, is_staff: Callable[[int], bool]) -> None:
        self._conversation = conversation
        self._is_staff = is_staff
        self._remembering: set[asyncio.Task[None]] = set()
        self._open: dict[int, Message] = {}
        """Chat -> the question there whose buttons may still be pressed."""

    async def settled(self) -> None:
        """Returns when it is remembered which messages answer what, of all that was sent."""
        if self._remembering:
            await asyncio.wait(set(self._remembering))

    async def send(
        self,
        bot: Bot,
        person: Person,
        replies: Sequence[Reply],
        *,
        pressed: Message | None = None,
        asked: Message | None = None,
    ) -> list[Message]:
        """Send replies in order to where a message came from; the messages that were sent.

        Args:
            bot: Sends.
            person: To whom.
            replies: What; one that edits takes the place of the message `pressed`, or says that
                it is too old.
            pressed: Whose button was pressed.
            asked: The question; in groups it is shown above its answer.
        """
        messages: list[Message] = []
        for reply in replies:
            whole = self._with_own_button(reply, person, bot.username)
            if reply.edits and pressed:
                if not await edit(bot, pressed, whole):
                    too_old = interface("too_old", self._conversation.language(person))
                    await send(bot, person.place, plain(too_old))
                continue
            quoted = asked.message_id if asked and not person.is_private else None
            sent = await send(bot, person.place, whole, reply_to=quoted)
            self._remember(reply, asked, [message.message_id for message in sent])
            messages += sent
            if reply.is_question and sent:
                last, self._open[person.chat_id] = self._open.get(person.chat_id), sent[-1]
                if last and (pressed is None or last.message_id != pressed.message_id):
                    await edit(bot, last, Reply(text=RichText()))
        return messages

    async def replace(
        self, bot: Bot, person: Person, shown: Sequence[int], reply: Reply, asked: Message
    ) -> None:
        """Put the answer to a changed question in the place of the messages of the old one."""
        whole = self._with_own_button(reply, person, bot.username)
        ids = await replace_messages(bot, person.place, shown, whole)
        self._remember(reply, asked, ids)

    def _remember(self, reply: Reply, asked: Message | None, shown: list[int]) -> None:
        """Write down what was sent, aside: until its update is done a kill would send it twice."""
        if reply.answer_id and shown:
            remember = self._conversation.store.set_messages
            asked_id = asked.message_id if asked else None
            task = asyncio.create_task(
                asyncio.to_thread(remember, reply.answer_id, asked_id, shown)
            )
            self._remembering.add(task)
            task.add_done_callback(self._remembering.discard)

    def _with_own_button(self, reply: Reply, person: Person, username: str) -> Reply:
        """An answer in a group with a way to go on in private; one for staff to look into."""
        is_told_why = person.is_private and self._is_staff(person.user_id)
        if reply.answer_id is None or (person.is_private and not is_told_why):
            return reply
        language = self._conversation.language(person)
        if is_told_why:
            row: tuple[Button, ...] = (
                Button(interface("why_button", language), f"w:{reply.answer_id}"),
                Button(interface("check_button", language), f"k:c:{reply.answer_id}"),
            )
        else:
            url = f"https://t.me/{username}?start={CARRIED}{reply.answer_id}"
            row = (Button(interface("group_private", language), url=url),)
        return replace(reply, rows=(*reply.rows, row))
