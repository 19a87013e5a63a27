"""Calls of the store that may fail or hang: nobody's answer waits for them for long."""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

from bot.errors import StoreError, described

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

_STORE_S = 3.0
"""Longest wait for the store; then updates are answered without being kept."""


class StoreCalls:
    """Carries out calls one after the other; says once that the store cannot be used."""

    def __init__(self, thread: Executor, pause_s: float, wait_s: float = _STORE_S) -> None:
        """No call yet.

        Args:
            thread: One thread, so that what the store is told keeps its order.
            pause_s: So long a store that failed is not tried again.
            wait_s: The longest wait for a call, and for those before it.
        """
        self._thread = thread
        self._pause_s = pause_s
        self._wait_s = wait_s
        self._fails_until = float("-inf")
        self._is_well = True

    async def call(self, work: Callable[[], Result]) -> Result | None:
        """What the store says; None if it cannot be used, of which the log tells once."""
        loop = asyncio.get_running_loop()
        if time.monotonic() < self._fails_until:
            return None
        try:
            async with asyncio.timeout(
                self._wait_s
            ):  # in 3.11 wait_for() may swallow a cancellation
                result = await loop.run_in_executor(self._thread, work)
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody's question is lost by it
            self._fails_until = time.monotonic() + self._pause_s
            if self._is_well:
                logger.error(  # noqa: TRY400 - a traceback would quote updates
                    "updates are answered, but would be lost in a crash: %s",
                    _said(error),
                )
            self._is_well = False
            return None
        self._is_well = True
        return result


def _said(error: Exception) -> str:
    """Why the store cannot be used; of errors that are not its own nothing private."""
    if isinstance(error, TimeoutError):
        return "the database is locked"
    return str(error) if isinstance(error, StoreError) else described(error)
