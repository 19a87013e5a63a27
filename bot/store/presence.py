"""Which programs use one database now, which of them leads, and how they wake each other.

Each holds locks on a connection of its own: the server takes them away when the program ends, be
it killed. No clock of any machine matters.
"""

import logging
import secrets
import threading
import time
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import psycopg
from sqlalchemy import NullPool
from sqlalchemy.exc import SQLAlchemyError

from bot.store.postgresql import PostgreSQL, engine_for
from bot.store.shared_inbox import CHANNEL
from bot.store.trouble import reason_of

logger = logging.getLogger(__name__)

_ALIVE, _LEADS = 0x736D67, 0x736D68
"""First keys of advisory locks; the second ones are a program's number, and 0."""
_BEAT_S = 1.0
_AGAIN_S = 0.5
_TIMEOUT_MS = 3000
_GRACE_S = 3.0
"""A program that lost its connection takes its locks again before others take over its work."""
_STOP_S = 5.0
_LIVING = f"""
    SELECT objid::bigint FROM pg_locks
    WHERE locktype = 'advisory' AND classid = {_ALIVE} AND objsubid = 2 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""  # noqa: S608 - a number of ours


class Presence:
    """This program among the others, told by a thread that never waits for the event loop."""

    def __init__(self, database: PostgreSQL) -> None:
        self._engine = engine_for(
            database.url, timeout_ms=_TIMEOUT_MS, poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )
        self.number = secrets.randbelow(2**31 - 1) + 1
        """Of this program, from its start to its end; by chance no other's."""
        self.living: frozenset[int] = frozenset()
        """Numbers of all programs, as last seen; empty while the server is away."""
        self.leads = False
        """Whether this program does what only one may do.

        While the server is away this stays as it was: nobody can take the lead then, and what
        needs the database does not go on without it.
        """
        self._gone_since: dict[int, float] = {}
        self._reachable_since = float("inf")
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, woken: Callable[[], None]) -> None:
        """Take part from now on.

        Args:
            woken: Called in another thread when there may be something new: work, another
                program, the lead.
        """
        self._thread = threading.Thread(
            target=self._take_part, args=(woken,), name="presence", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Give up all locks."""
        self._stopping.set()
        if self._thread:
            self._thread.join(_STOP_S)

    def is_home(self, chat_id: int) -> bool:
        """Whether this program handles a chat: as long as the programs are the same, the same one.

        So that what a program remembers of a chat between two messages is there, and Telegram's
        limits of one chat are kept.
        """
        return self.number == self.home(chat_id)

    def home(self, chat_id: int) -> int:
        """The program that handles a chat; 0 if none is seen."""
        return max(self.living, key=lambda number: _weight(number, chat_id), default=0)

    def is_gone(self, number: int) -> bool:
        """Whether a program has ended; not until it has had time to come back."""
        if number in self.living or not self.living:
            self._gone_since.pop(number, None)
            return False
        since = self._gone_since.setdefault(number, time.monotonic())
        return time.monotonic() - max(since, self._reachable_since) > _GRACE_S

    def _take_part(self, woken: Callable[[], None]) -> None:
        is_told = False
        while not self._stopping.is_set():
            try:
                with self._engine.connect() as connection:
                    self._sign_in(connection)
                    if is_told:
                        logger.warning("this replica is among the others again")
                    is_told = False
                    self._stay(connection, woken)
            except (SQLAlchemyError, psycopg.Error) as error:
                self.living = frozenset()
                self._reachable_since = float("inf")
                if not is_told:
                    logger.error("this replica is alone (%s)", _said(error))  # noqa: TRY400
                is_told = True
                woken()
                self._stopping.wait(_AGAIN_S)
        self.living, self.leads = frozenset(), False

    def _sign_in(self, connection: Any) -> None:
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({_ALIVE}, {self.number})")
        connection.exec_driver_sql(f"LISTEN {CHANNEL}")
        self._reachable_since = time.monotonic()

    def _stay(self, connection: Any, woken: Callable[[], None]) -> None:
        """Look around once a second, and whenever another program calls."""
        driver, has_lead = connection.connection.driver_connection, False
        while not self._stopping.is_set():
            before = (self.living, self.leads)
            rows = connection.exec_driver_sql(_LIVING)
            self.living = frozenset(int(number) for (number,) in rows)
            if not has_lead:
                taken = f"SELECT pg_try_advisory_lock({_LEADS}, 0)"
                has_lead = self.leads = bool(connection.exec_driver_sql(taken).scalar())
            if (self.living, self.leads) != before:
                logger.info("%d replicas, this one leads: %s", len(self.living), self.leads)
                woken()
            if self._is_called(driver):
                woken()

    def _is_called(self, driver: Any) -> bool:
        """Wait for a call of another program, for one beat at most."""
        is_called = False
        for call in driver.notifies(timeout=_BEAT_S, stop_after=1):
            is_called = call.payload == str(self.number)
        return is_called


def _said(error: Exception) -> str:
    """The server's words; of what the driver raises outside of SQLAlchemy the first line."""
    return (
        reason_of(error) if isinstance(error, SQLAlchemyError) else str(error).partition("\n")[0]
    )


def _weight(number: int, chat_id: int) -> bytes:
    """Rendezvous hashing: when a program comes or goes, only its own chats move."""
    return blake2b(f"{number} {chat_id}".encode(), digest_size=8).digest()
