"""What only one of several programs does: reminders, daily notes, tidying up, fetching updates."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any


class Lead:
    """Whether this program has the lead; one that is alone always has."""

    def __init__(self, *, is_mine: bool) -> None:
        self._mine, self._others = asyncio.Event(), asyncio.Event()
        self.set(is_mine=is_mine)

    def set(self, *, is_mine: bool) -> None:
        """It was won or lost."""
        gained, lost = (self._mine, self._others) if is_mine else (self._others, self._mine)
        lost.clear()
        gained.set()

    async def run(self, work: Callable[[], Awaitable[Any]]) -> None:
        """Do something while this program has the lead, from its beginning each time it wins it.

        Returns when the work does; an error of the work is raised.
        """
        while True:
            await self._mine.wait()
            working = asyncio.ensure_future(work())
            losing = asyncio.create_task(self._others.wait())
            try:
                await asyncio.wait((working, losing), return_when=asyncio.FIRST_COMPLETED)
                if working.done():
                    working.result()
                    return
            finally:
                for task in (working, losing):
                    task.cancel()
                await asyncio.gather(working, losing, return_exceptions=True)
