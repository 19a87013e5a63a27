"""Fetching updates by long polling: raw, so that one that cannot be read stops nothing."""

import asyncio
import json
import logging
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.chat.health import Pulse
from bot.chat.intake import WayIn

logger = logging.getLogger(__name__)

UPDATES = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
"""The types of updates that Telegram shall send."""
_POLL_S = 10
_SLACK_S = 10.0
"""A connection that says nothing for so long after the poll's time is dead."""
_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.5, 30.0
_ROOM_S = 0.2
_CONFIRM_S = 2.0


class RawBot(ExtBot[int]):
    """A bot that also hands out updates as Telegram sent them."""

    async def raw_updates(self, offset: int, poll_s: int) -> list[dict[str, Any]]:
        """The next updates, none of which is understood yet.

        Args:
            offset: All before it are confirmed, and come no more.
            poll_s: How long Telegram waits for the first one, in seconds.

        Raises:
            TelegramError: Telegram did not answer, or not with a list.
        """
        data = {"offset": offset, "timeout": poll_s, "allowed_updates": list(UPDATES)}
        try:
            result = await self._post("getUpdates", data, read_timeout=poll_s + _SLACK_S)
        except (KeyError, TypeError):
            raise NetworkError("no answer of the Bot API") from None
        if not isinstance(result, list):
            raise NetworkError("no list of updates")
        return [raw for raw in result if isinstance(raw, dict)]


class QuietRequest(HTTPXRequest):
    """Says what was wrong with an answer without repeating it: it may be somebody's question."""

    def __init__(self, throttled: Callable[[], None], **options: Any) -> None:
        """Requests with the library's own options; `throttled` is called for each 429."""
        super().__init__(**options)
        self._throttled = throttled

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer.

        Raises:
            TelegramError: It is none.
        """
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise TelegramError("Invalid server response") from None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        """Send a request; an error page is not passed on: the library's errors would quote it.

        It may name the address, which holds the token, and repeat what was sent.
        """
        status, payload = await super().do_request(*args, **options)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            self._throttled()
        if status >= HTTPStatus.MULTIPLE_CHOICES:
            try:
                self.parse_json_payload(payload)
            except TelegramError:
                payload = b"{}"
        return status, payload


class Polling:
    """Takes updates one batch after the other; a batch is confirmed after it was kept."""

    def __init__(self, bot: RawBot, intake: WayIn, pulse: Pulse) -> None:
        """Polling of one bot; `pulse` is told of each good contact."""
        self._bot = bot
        self._intake = intake
        self._pulse = pulse
        self._offset = 0

    async def run(self) -> None:
        """Until it is cancelled.

        Raises:
            InvalidToken: The token is accepted no more.
        """
        failed = 0
        while True:
            while self._intake.is_full:  # noqa: ASYNC110 - many things make room
                await asyncio.sleep(_ROOM_S)
            try:
                raws = await self._bot.raw_updates(self._offset, _POLL_S)
                self._pulse.beat()
                await self._take(raws)
                failed = 0
            except InvalidToken:
                raise
            except Exception as error:  # noqa: BLE001 - fetching goes on, whatever happened
                failed += 1
                wait_s = _wait_after(error, failed)
                logger.warning(
                    "no updates from Telegram (%s), trying again in %.1f s", _said(error), wait_s
                )
                await asyncio.sleep(wait_s)

    async def confirm(self) -> None:
        """Tell Telegram what was taken last, so that no other program gets it again."""
        if self._offset:
            with suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(_CONFIRM_S):
                    await self._bot.raw_updates(self._offset, 0)

    async def _take(self, raws: list[dict[str, Any]]) -> None:
        await self._intake.accept(raws)
        ids = [raw["update_id"] for raw in raws if isinstance(raw.get("update_id"), int)]
        self._offset = max(ids, default=self._offset - 1) + 1


def _wait_after(error: Exception, failed: int) -> float:
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
    longest = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2.0 ** min(failed - 1, 10))
    return longest * random.uniform(0.75, 1.25)  # noqa: S311 - no secret


def _said(error: Exception) -> str:
    """Telegram's own words; of other errors only the name, which holds nothing private."""
    return str(error) if isinstance(error, TelegramError) else type(error).__name__
