"""Albums: as many messages as they have pictures, of which one has the caption."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import Message
from telegram.error import TelegramError

logger = logging.getLogger(__name__)

_PARTS_S = 1.0
"""So long the parts of one album may come after each other."""
_MOST_KEPT = 10_000


class Albums:
    """Which albums came, and below which of them something is written."""

    def __init__(self) -> None:
        self._with_words: dict[tuple[int, str], bool] = {}
        """(chat, album), oldest first."""
        self._waiting: set[asyncio.Task[None]] = set()
        """Held here, because the event loop holds its tasks only weakly."""

    def has_words(self, message: Message) -> None:
        """Something is written below this part of an album."""
        self._note(message, has_words=True)

    async def once(self, message: Message, say: Callable[[], Awaitable[None]]) -> None:
        """Say something to what has no words: at once, or once of an album when all of it came."""
        if message.media_group_id is None:
            await say()
        elif self._note(message, has_words=False):
            task = asyncio.create_task(self._say_later(message, say))
            self._waiting.add(task)
            task.add_done_callback(self._waiting.discard)

    def _note(self, message: Message, *, has_words: bool) -> bool:
        """Remember a part of an album; whether it is the first."""
        if message.media_group_id is None:
            return True
        album = (message.chat_id, message.media_group_id)
        is_first = album not in self._with_words
        self._with_words[album] = has_words or self._with_words.get(album, False)
        if len(self._with_words) > _MOST_KEPT:
            del self._with_words[next(iter(self._with_words))]
        return is_first

    async def _say_later(self, message: Message, say: Callable[[], Awaitable[None]]) -> None:
        await asyncio.sleep(_PARTS_S)
        if self._with_words.get((message.chat_id, message.media_group_id or "")):
            return
        try:
            await say()
        except TelegramError as error:
            logger.warning("an album got no word: %s", type(error).__name__)
