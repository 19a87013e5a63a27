"""Staff's commands in Telegram; `/reindex` and `/check` tell their progress by editing one."""

import asyncio
import time
from collections.abc import Callable
from functools import partial

from telegram import Bot, Message
from telegram.constants import ChatType

from bot.chat.delivery import edit, send
from bot.chat.person import Person
from bot.chat.replies import Reply, plain
from bot.chat.staff import Staff
from bot.texts import interface
from index import Progress

_EDIT_EVERY_S = 2.0

COMMANDS = ("status", "due", "reindex", "rollback", "unanswered", "feedback", "check", "report")

_ONLY_IN_PRIVATE = ("unanswered", "feedback", "report")
"""They show what people asked."""


def why_refused(message: Message | None, name: str) -> str | None:
    """The text that says why a command of staff is not carried out; None if it is.

    What is forwarded or was written by another bot is somebody else's command.
    """
    if message is None:
        return None
    if message.forward_origin or message.via_bot or message.is_automatic_forward:
        return "staff_not_own"
    if name in _ONLY_IN_PRIVATE and message.chat.type != ChatType.PRIVATE:
        return "staff_only_private"
    return None


async def run_staff_command(
    name: str, staff: Staff, person: Person, language: str, bot: Bot
) -> None:
    """Run one command of a person who is known to be staff."""
    simple: dict[str, Callable[[int, str], Reply]] = {
        "status": staff.status,
        "due": staff.due,
        "rollback": staff.rollback,
        "unanswered": staff.questions.unanswered,
        "feedback": staff.questions.feedback,
        "report": staff.report,
    }
    if name in simple:
        reply = await asyncio.to_thread(simple[name], person.user_id, language)
        await send(bot, person.place, reply)
        return
    key = "reindex_started" if name == "reindex" else "check_running"
    sent = await send(bot, person.place, plain(interface(key, language)))
    shown = sent[-1] if sent else None
    if name == "check":
        check = partial(staff.check, person.user_id, language)
        reply = await _with_progress(check, "check_progress", language, bot, shown)
        await send(bot, person.place, reply)
        return
    reindex = partial(staff.reindex, person.user_id, language)
    reply = await _with_progress(reindex, "reindex_progress", language, bot, shown)
    await (edit(bot, shown, reply) if shown else _nothing())


async def _with_progress(
    work: Callable[[Progress], Reply], key: str, language: str, bot: Bot, shown: Message | None
) -> Reply:
    """Do work in a thread, and keep telling how far it is in the message that is shown.

    Args:
        work: Is given what takes (how many are done, of how many).
        key: Of the sentence that says so.
        language: Of that sentence.
        bot: Edits.
        shown: The message; None if the person blocked the bot.
    """
    state = {"done": 0, "total": 0}

    def progress(done: int, total: int) -> None:
        state["done"], state["total"] = done, total

    task = asyncio.create_task(asyncio.to_thread(work, progress))
    last, told = time.monotonic(), dict(state)
    while not task.done():
        await asyncio.wait([task], timeout=0.2)
        is_time = task.done() or time.monotonic() - last > _EDIT_EVERY_S
        if shown and state != told and is_time:
            last, told = time.monotonic(), dict(state)
            await edit(bot, shown, plain(interface(key, language, **told)))
    return await task


async def _nothing() -> None:
    """The person blocked the bot: nobody is there to be told."""
