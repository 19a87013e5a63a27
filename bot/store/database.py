"""What the store needs of a database; SQLite and PostgreSQL each have a file of their own."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Executable
from sqlalchemy.exc import DatabaseError

BUSY_S = 2.0
"""How long an answer may wait for a database that others lock, or that cannot be reached."""


class Database(Protocol):
    """One database, not yet brought up to date. Its `str` is as people may see it."""

    engine: Engine
    is_shared: bool
    """Whether programs on other machines use it as well."""

    @property
    def another(self) -> str:
        """What to do where its content is of no use: how another one is begun."""

    def remedy(self, error: DatabaseError) -> str:
        """What is wrong and how to mend it, for whoever opens it."""

    def take_turn(self, timeout_s: float) -> bool:
        """Wait until this thread may write; False if others write for so long."""

    def end_turn(self) -> None:
        """Let the next thread write."""

    def migrating(self) -> AbstractContextManager[Connection]:
        """A transaction in which one program makes or changes tables: all of it or nothing."""

    def check_writable(self) -> None:
        """See whether anything may be written.

        Raises:
            DatabaseError: It may not.
        """

    def do_now(self, statement: Executable, values: Mapping[str, Any]) -> bool:
        """Carry out one statement in about a millisecond, or not at all: then this is False."""

    def erase_traces(self) -> bool:
        """Erase what deleted rows left behind; False if that has to wait for others.

        Raises:
            SQLAlchemyError: It cannot be done.
            sqlite3.Error: It cannot be done.
        """

    def reading_at_once(self) -> AbstractContextManager[Connection]:
        """A transaction that sees all tables as they were at its beginning, whoever writes."""

    def last_number(self, connection: Connection, table: str) -> int:
        """The highest number that a table with numbers of its own gave to any row; or 0."""

    def go_on_after(self, connection: Connection, table: str, number: int) -> None:
        """Let a table give its next row a higher number than this."""

    def close(self) -> None:
        """Close all connections."""
