"""Remembers that the database cannot be used, so that nobody's answer waits for it."""

import logging
import time
from datetime import datetime

from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from index import Remark

logger = logging.getLogger(__name__)

_PAUSE_S = 5.0
"""After a failure nobody tries for so long: each would wait in vain."""

_SILENT_S = 600.0
"""The log repeats itself after so long: on a full disk, short texts may still find room."""


_NOT_AS_IT_SHOULD_BE = {"42501", "42703", "42P01"}
"""PostgreSQL's codes for rights, columns and tables that are missing: no fault of a statement."""


def is_trouble(error: BaseException | None) -> bool:
    """Whether the database cannot be used (full, locked, damaged, away); no wrong statement."""
    if getattr(getattr(error, "orig", None), "sqlstate", None) in _NOT_AS_IT_SHOULD_BE:
        return True
    unusable = DatabaseError | InterfaceError | PoolTimeoutError
    wrong = IntegrityError | ProgrammingError | DataError
    return isinstance(error, unusable) and not isinstance(error, wrong)


def reason_of(error: BaseException | None) -> str:
    """The database's words: its first line, which holds nothing of what was to be stored."""
    original = getattr(error, "orig", None)
    return str(original).partition("\n")[0] if original else type(error).__name__


def unusable(reason: str) -> Remark:
    """Says that the database cannot be used.

    Args:
        reason: In SQLite's words.
    """
    text = "the database cannot be used ({reason})"
    return Remark.of("database_unusable", text, reason=reason)


class Trouble:
    """Whether one way of using the database fails, since when, and what was lost by it."""

    def __init__(self, what: str) -> None:
        """No trouble yet; `what` names it in the log, such as "written"."""
        self._what = what
        self._last = self._told = float("-inf")
        self._is_told = False
        self.reason = ""
        self.since: datetime | None = None
        """UTC; None while all is well."""
        self.lost = 0
        """How many questions and actions were not kept."""

    @property
    def is_fresh(self) -> bool:
        """Whether it failed so lately that another try is not worth the wait."""
        return time.monotonic() - self._last < _PAUSE_S

    def begin(self, reason: str, now: datetime) -> None:
        """It failed; said once in the log, also where it works in between."""
        self._last = time.monotonic()
        self.since = self.since or now
        if self._last - self._told > _SILENT_S:
            self._told, self._is_told = self._last, True
            logger.error("the database cannot be %s (%s): answers go on", self._what, reason)
        self.reason = reason

    def end(self) -> None:
        """It worked."""
        if self._is_told:
            logger.warning("the database is %s again; not kept: %d", self._what, self.lost)
        self.since, self.lost = None, 0
        self._last, self._is_told = float("-inf"), False
