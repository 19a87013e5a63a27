"""SQLite: one file beside the index, or memory; one writer at a time."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Executable, StaticPool, create_engine, event
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from bot.store import database

_REMEDIES = {
    sqlite3.SQLITE_READONLY: "it may not be written: give the user who runs smebot the right to "
    "write it and its folder, or choose another SMEBOT_DATA_DIR",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened: it must be a file, and the user who runs "
    "smebot must have the right to read and write it and its folder; or choose another "
    "SMEBOT_DATA_DIR",
    sqlite3.SQLITE_FULL: "the disk is full: free some space and start again",
    sqlite3.SQLITE_IOERR: "it cannot be read or written: look at the disk (is it full?), and "
    "start again",
    sqlite3.SQLITE_BUSY: "another program keeps it locked: end that one and start again",
}
"""By SQLite's primary result code."""
_PRIMARY = 0xFF
"""The bits of an extended result code that hold the primary one."""


class SQLite:
    """A file, whatever characters its path has; memory, seen by every thread, if there is none."""

    is_shared = False
    another = "move the file away and start again"

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self.engine = _engine(path)
        event.listen(self.engine, "connect", _configure)
        self._impatient = _engine(path) if path else self.engine
        if path:
            event.listen(self._impatient, "connect", _configure_impatient)

    def __str__(self) -> str:
        return str(self._path)

    def remedy(self, error: DatabaseError) -> str:
        code = getattr(error.orig, "sqlite_errorcode", 0) & _PRIMARY
        return _REMEDIES.get(code, f"not a readable database ({error.orig}): {_MOVE_IT}")

    def take_turn(self, timeout_s: float) -> bool:
        return self._lock.acquire(timeout=timeout_s)

    def end_turn(self) -> None:
        self._lock.release()

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        with self.engine.begin() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # the driver begins none before a CREATE
            yield connection

    def check_writable(self) -> None:
        with self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.exec_driver_sql("PRAGMA user_version = 0")
            connection.rollback()

    def do_now(self, statement: Executable, values: Mapping[str, Any]) -> bool:
        """See the port. No thread is waited for: another connection fails where one writes."""
        try:
            with self._impatient.begin() as connection:
                connection.execute(statement, values)
        except SQLAlchemyError:
            return False
        return True

    def erase_traces(self) -> bool:
        """Write the file anew without what was deleted, and empty its log.

        What is deleted stays in the files until they are written anew.
        """
        with self._lock:
            return _written_anew(self.engine)

    @contextmanager
    def reading_at_once(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")  # the driver begins none before a SELECT
            yield connection

    def last_number(self, connection: Connection, table: str) -> int:
        wanted = "SELECT seq FROM sqlite_sequence WHERE name = ?"
        return connection.exec_driver_sql(wanted, (table,)).scalar() or 0

    def go_on_after(self, connection: Connection, table: str, number: int) -> None:
        """See the port. Tables without AUTOINCREMENT go on after their highest row."""
        connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        kept = (
            "INSERT INTO sqlite_sequence (name, seq) SELECT name, ? FROM sqlite_master "
            "WHERE type = 'table' AND name = ? AND sql LIKE '%AUTOINCREMENT%'"
        )
        connection.exec_driver_sql(kept, (number, table))

    def close(self) -> None:
        self.engine.dispose()
        self._impatient.dispose()


_MOVE_IT = "move it away and start again"


def _engine(path: Path | None) -> Engine:
    # Parameters are questions and ids: no error may quote them.
    if path is None:
        return create_engine(
            "sqlite://",
            poolclass=StaticPool,
            connect_args={"check_same_thread": False},
            hide_parameters=True,
        )
    return create_engine(URL.create("sqlite", database=str(path)), hide_parameters=True)


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    _set_up(connection, database.BUSY_S)


def _configure_impatient(connection: sqlite3.Connection, _record: object) -> None:
    """It fails at once where it would have to wait for other writers."""
    _set_up(connection, 0.0)


def _set_up(connection: sqlite3.Connection, busy_s: float) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={int(1000 * busy_s)}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten with zeros
    cursor.execute("PRAGMA temp_store=MEMORY")  # no copies in the temporary directory
    cursor.close()


def _written_anew(engine: Engine) -> bool:
    """Whether it is done; not while another program uses the database."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        is_new = True
        try:
            cursor.execute(
                "VACUUM"
            )  # pages that were split or joined hold copies of what they held
        except sqlite3.OperationalError:  # locked, or no room for a second copy
            is_new = False
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row = cursor.fetchone()
        cursor.close()
        return is_new and row is not None and not row[0]
    finally:
        connection.close()
