"""Sends in the morning what people watch: each message once, whatever happens meanwhile.

What may have left is not sent again; what has not left for certain is tried again.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import httpx
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.chat.delivery import send_once
from bot.chat.incoming import Incoming, Kind
from bot.chat.lists_view import ListsView
from bot.chat.live import LiveAnswerer
from bot.chat.morning import look
from bot.chat.pacing import seconds_of
from bot.chat.person import Place
from bot.chat.replies import Button, Reply, plain
from bot.chat.time_zones import MORNING_HOUR
from bot.errors import StoreError, failure
from bot.lists.listing import Lists
from bot.store import Store
from bot.store.models import Notice, Watcher
from index import Retriever

logger = logging.getLogger(__name__)

_LAST_HOUR = 21
"""Of somebody's day: what could not be sent before waits for the next morning."""
_QUARTER_S = 900.0
"""All time zones differ by quarters of an hour."""
_LONGEST_SLEEP_S = 600.0
"""So that a clock that was set, or a machine that slept, is noticed."""
_GAP_S = 0.06
"""Between two messages, so that none waits for Telegram's limits after it was begun."""
_UNREACHABLE_S, _IN_DOUBT_S = 30.0, 60.0
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""Causes of failures after which nothing has left."""
_GONE = ("deactivated", "chat not found")
"""What Telegram says where an account was deleted."""


class Reminders:
    """Finds out what is to be sent, and to whom it cannot be."""

    def __init__(self, live: LiveAnswerer, store: Store, clock: Callable[[], datetime]) -> None:
        """Reminders of one bot.

        Args:
            live: Has the lists.
            store: Has what people watch.
            clock: The time, anywhere.
        """
        self.clock = clock
        self.watches = store.watches
        self._live = live
        self._store = store
        self._asleep: set[int] = set()
        """Who blocked the bot, by user id."""
        self._known: dict[str, datetime] = {}
        self._snapshot = ""

    def prepare(self) -> list[Notice]:
        """Find out for everybody whose morning has come, and return all that is to be sent.

        Raises:
            StoreError: The database cannot be used.
        """
        answerer = self._live.current()
        self._notice_documents(answerer.retriever)
        watchers = self.watches.watchers()
        self._asleep = {each.user_id for each in watchers if each.asleep_since}
        awake = [each for each in watchers if not each.asleep_since]
        open_to = {each.user_id for each in awake if self._is_day(each)}
        for watcher in awake:
            if watcher.user_id in open_to and watcher.looked_on != self._local(watcher).date():
                self._look(watcher, answerer.lists)
        return [notice for notice in self.watches.waiting() if notice.user_id in open_to]

    def notice_sleepers(self) -> None:
        """Learn who blocked the bot, also where another program sends the reminders.

        Raises:
            StoreError: The database cannot be used.
        """
        self._asleep = {each.user_id for each in self.watches.watchers() if each.asleep_since}

    async def heard_from(self, incoming: Incoming) -> None:
        """Somebody sent something: who was asleep is reminded again from the next morning on."""
        if incoming.sender not in self._asleep or incoming.kind is Kind.OTHER:
            return
        try:
            await asyncio.to_thread(self.watches.wake, incoming.sender)
            self._asleep.discard(incoming.sender)
        except StoreError as error:  # their next message wakes them
            logger.warning("nobody woken: %s", type(error).__name__)

    def let_sleep(self, user_id: int) -> None:
        """They blocked the bot."""
        self.watches.let_sleep(user_id)
        self._asleep.add(user_id)

    def _local(self, watcher: Watcher) -> datetime:
        return self.clock().astimezone(ZoneInfo(watcher.zone))

    def _is_day(self, watcher: Watcher) -> bool:
        return MORNING_HOUR <= self._local(watcher).hour < _LAST_HOUR

    def _look(self, watcher: Watcher, lists: Lists) -> None:
        """One person's morning; whatever goes wrong with it stops nobody else's."""
        try:
            language = self._store.language(watcher.user_id) or watcher.language
            view = ListsView(lists, language, self._local(watcher).date())
            watches = self.watches.of(watcher.user_id)
            self.watches.keep(watcher.user_id, look(view, watcher, watches, self._known))
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - the next round tries again
            logger.error("somebody's reminders failed: %(error)s", failure(error))  # noqa: TRY400

    def _notice_documents(self, retriever: Retriever) -> None:
        """Remember when each document of the served snapshot was first there."""
        snapshot = retriever.snapshot
        if snapshot.manifest.snapshot_id != self._snapshot:
            self._known = self.watches.known_since(snapshot.versions)
            self._snapshot = snapshot.manifest.snapshot_id


async def keep_noticing_sleepers(reminders: Reminders) -> None:
    """Know who is woken by what they send; never ends."""
    while True:
        try:
            await asyncio.to_thread(reminders.notice_sleepers)
        except StoreError as error:
            logger.warning("nobody is woken: %s", type(error).__name__)
        await asyncio.sleep(_LONGEST_SLEEP_S)


async def send_reminders(bot: ExtBot[int], reminders: Reminders) -> None:
    """Send everybody in the morning what they want to be reminded of; never ends."""
    is_first = True
    while True:
        pause_s = _until_quarter(reminders.clock())
        try:
            if is_first:
                await _drop_begun(reminders)
                is_first = False
            pause_s = min(pause_s, await _send_all(bot, reminders))
        except Exception as error:  # noqa: BLE001 - whatever it is, the next round tries again
            logger.warning("no reminders: %(error)s", failure(error))
        await asyncio.sleep(pause_s)


async def _drop_begun(reminders: Reminders) -> None:
    dropped = await asyncio.to_thread(reminders.watches.drop_begun)
    if dropped:
        logger.warning(
            "reminders that an ended program may have sent, not sent again: %d", dropped
        )


async def _send_all(bot: ExtBot[int], reminders: Reminders) -> float:
    """Send what is to be sent now; returns after how many seconds to try the rest."""
    pause_s = _LONGEST_SLEEP_S
    for notice in await asyncio.to_thread(reminders.prepare):
        await asyncio.sleep(_GAP_S)
        if not await asyncio.to_thread(reminders.watches.begin, notice):
            continue
        try:
            await send_once(bot, Place(notice.user_id), _reply(notice))
            await asyncio.to_thread(reminders.watches.finish, notice)
        except TelegramError as error:
            logger.info("reminder not sent: %s", type(error).__name__)
            wait_s = await asyncio.to_thread(settle, reminders, notice, error)
            pause_s = min(pause_s, wait_s or pause_s)
            if wait_s and not isinstance(error, RetryAfter):
                break  # Telegram is away: nobody else would be reached either
    return pause_s


def settle(reminders: Reminders, notice: Notice, error: TelegramError) -> float:
    """What becomes of a message that failed; returns how long to wait with others, in seconds."""
    watches = reminders.watches
    is_gone = any(words in error.message.casefold() for words in _GONE)
    if isinstance(error, RetryAfter):
        watches.put_back(notice)
        return seconds_of(error.retry_after)
    if isinstance(error, (BadRequest, Forbidden)) and is_gone:
        watches.forget(notice.user_id)
    elif isinstance(error, Forbidden):
        reminders.let_sleep(notice.user_id)
    elif isinstance(error, BadRequest):
        watches.finish(notice)
    elif isinstance(error.__cause__, _NOT_SENT):
        watches.put_back(notice)
        return _UNREACHABLE_S
    else:
        watches.finish(notice)
        return _IN_DOUBT_S
    return 0.0


def _reply(notice: Notice) -> Reply:
    return plain(notice.text, tuple((Button(label, data),) for label, data in notice.buttons))


def _until_quarter(now: datetime) -> float:
    """Seconds until a quarter of an hour strikes."""
    return _QUARTER_S - now.astimezone(UTC).timestamp() % _QUARTER_S
