"""Files that staff send in private: fetched from Telegram, and handed on to be read."""

import asyncio
import logging
from functools import partial

from telegram import Bot, Document, Message
from telegram.error import BadRequest, TelegramError

from bot.chat.person import Person
from bot.chat.replies import Reply, plain
from bot.chat.updates import written_command
from bot.chat.upload_questions import QUESTION_MARKS
from bot.chat.uploading import Uploading, refusal
from bot.chat.work import Work
from bot.texts import interface
from index.loading import MOST_FOREIGN_BYTES

logger = logging.getLogger(__name__)

_PATIENCE_S = 300.0
"""For fetching 20 MB over a slow line."""
_TOO_BIG = "file is too big"
"""What Telegram says of a file that it hands to no bot. Source: tdlib/telegram-bot-api."""


def is_for_corpus(person: Person, message: Message, *, is_staff: bool) -> bool:
    """Whether a message brings a file for the corpus: a question below one stays a question."""
    caption = (message.caption or "").strip()
    is_question = caption.endswith(QUESTION_MARKS) or written_command(caption) is not None
    return bool(is_staff and person.is_private and message.document and not is_question)


class UploadFiles:
    """Takes files from Telegram."""

    def __init__(self, uploading: Uploading, work: Work) -> None:
        """Files of one bot.

        Args:
            uploading: Reads and keeps them.
            work: Does what takes long, with the typing sign.
        """
        self._uploading = uploading
        self._work = work

    async def receive(
        self, bot: Bot, person: Person, message: Message, file: Document, language: str
    ) -> Reply:
        """What is said to a file; its address holds the token, and goes no further."""
        if (file.file_size or 0) > MOST_FOREIGN_BYTES:
            return refusal(language, "too_large", file.file_name or "")
        try:
            async with self._work.sign(bot, person.place), asyncio.timeout(_PATIENCE_S):
                found = await bot.get_file(file.file_id)
                content = bytes(await found.download_as_bytearray(read_timeout=_PATIENCE_S))
        except BadRequest as error:
            if _TOO_BIG in error.message.casefold():
                return refusal(language, "too_large", file.file_name or "")
            return _not_fetched(error, language)
        except (TelegramError, TimeoutError) as error:
            return _not_fetched(error, language)
        receive = partial(
            self._uploading.receive,
            person.user_id,
            language,
            " ".join((file.file_name or "").split()),
            content,
            message.caption or "",
        )
        return await self._work.do(bot, person.place, receive)


def _not_fetched(error: Exception, language: str) -> Reply:
    logger.warning("a file was not fetched: %s", type(error).__name__)
    return plain(interface("upload_failed", language))
