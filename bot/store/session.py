"""Connections to the database, and writing to it: one at a time, never waiting for long."""

import threading
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.errors import StoreError
from bot.store.trouble import Trouble, is_trouble, reason_of, unusable

_BUSY_S = 2.0
"""How long an answer may wait for a database that others lock."""
_URGENT_S = 20.0
"""How long a wish to be forgotten may wait for other writers."""


def now() -> datetime:
    """UTC, without a zone, as SQLite keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def configure(connection: object, _record: object) -> None:
    """Set up one of SQLite's connections."""
    _configure(connection, _BUSY_S)


def configure_impatient(connection: object, _record: object) -> None:
    """Set up a connection that fails at once where it would have to wait for other writers."""
    _configure(connection, 0.0)


def _configure(connection: object, busy_s: float) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]  # SQLite's own connection
    cursor.execute(f"PRAGMA busy_timeout={int(1000 * busy_s)}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten with zeros
    cursor.execute("PRAGMA temp_store=MEMORY")  # no copies in the temporary directory
    cursor.close()


class Writing(AbstractContextManager[Session]):
    """One writer at a time: SQLite allows no more."""

    def __init__(
        self, engine: Engine, lock: threading.Lock, trouble: Trouble, *, at_once: bool
    ) -> None:
        self._engine, self._lock, self._trouble, self._at_once = engine, lock, trouble, at_once

    def __enter__(self) -> Session:
        if self._at_once and self._trouble.is_fresh:
            raise StoreError(unusable(self._trouble.reason))
        if not self._lock.acquire(timeout=_BUSY_S if self._at_once else _URGENT_S):
            raise StoreError(unusable("others write to it"))
        self._session = Session(self._engine, expire_on_commit=False)
        return self._session

    def __exit__(self, kind: type[BaseException] | None, error: object, _: object) -> None:
        try:
            if kind is None:
                self._session.commit()
                self._trouble.end()
            elif isinstance(error, SQLAlchemyError):
                raise error
        except SQLAlchemyError as failure:
            if is_trouble(failure):
                self._trouble.begin(reason_of(failure), now())
                raise StoreError(unusable(reason_of(failure))) from None
            raise
        finally:
            self._session.close()
            self._lock.release()
