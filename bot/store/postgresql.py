"""PostgreSQL: one server for several programs, each of which may be gone for a while."""

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, Executable, create_engine, event, make_url, text
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from bot.errors import StoreError
from bot.store.database import BUSY_S
from bot.store.trouble import reason_of

MIGRATION_LOCK = 0x736D65
"""Key of the advisory lock that is held while tables are changed."""
_MIGRATION_S = 120
"""So long a program waits for another one that changes the tables."""
_STATEMENT_S = 30
_NOW_MS = 200
"""Longest wait of the event loop for one small statement."""
_PAUSE_S = 5.0
"""While the server is away the event loop waits for it no more often."""
_BUSY = {"55P03", "57014"}
"""Codes of a lock or statement that took too long: the server is there."""
_CONNECTIONS = 16
_REMEDIES = {
    r"password authentication failed|no password supplied|role .* does not exist": "mend user and "
    "password in SMEBOT_DATABASE_URL",
    r"database .* does not exist": "make it (`createdb -E UTF8 NAME`), or mend its name in "
    "SMEBOT_DATABASE_URL",
    r"permission denied": "make the user of SMEBOT_DATABASE_URL the owner of the database",
    r"read-only transaction": "name the server that may be written in SMEBOT_DATABASE_URL",
    r"": "is the server running, and is SMEBOT_DATABASE_URL right?",
}
"""By what the server, or the way to it, says."""


class PostgreSQL:
    """A database of a server. Every connection is tried before it is used: it may be closed."""

    is_shared = True
    another = "name another database in SMEBOT_DATABASE_URL"

    def __init__(self, url: str) -> None:
        """Not yet connected.

        Args:
            url: `postgresql+psycopg://user:password@host:port/database`.

        Raises:
            StoreError: There is no driver, or it is no such URL.
        """
        self.url = _read(url)
        self.engine = engine_for(
            self.url,
            pool_pre_ping=True,
            pool_size=_CONNECTIONS,
            max_overflow=_CONNECTIONS,
            pool_timeout=BUSY_S,
        )
        self._impatient = engine_for(
            self.url,
            timeout_ms=_NOW_MS,
            options="-c synchronous_commit=off",  # only if the server itself crashed is it lost
            pool_size=1,
            max_overflow=0,
            pool_timeout=_NOW_MS / 1000,
            isolation_level="AUTOCOMMIT",
        )
        self._impatient_from = float("-inf")

    def __str__(self) -> str:
        host = f"{self.url.host or ''}:{self.url.port or 5432}"
        return f"PostgreSQL {self.url.database} at {self.url.query.get('host') or host}"

    def remedy(self, error: DatabaseError) -> str:
        reason = reason_of(error)
        return next(
            f"{reason}: {way}" for said, way in _REMEDIES.items() if re.search(said, reason)
        )

    def take_turn(self, timeout_s: float) -> bool:  # noqa: ARG002 - rows are locked, not all
        return True

    def end_turn(self) -> None:
        """Nobody waited for it."""

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """See the port. Whoever comes second finds that all is done."""
        with self.engine.begin() as connection:
            for name, value in (("lock_timeout", f"{_MIGRATION_S}s"), ("statement_timeout", 0)):
                connection.exec_driver_sql(f"SET LOCAL {name} = '{value}'")
            connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
            if encoding != "UTF8":
                raise StoreError(
                    f"{self}: its encoding is {encoding}: make it anew (`createdb -E UTF8 NAME`)"
                )
            yield connection

    def check_writable(self) -> None:
        with self.engine.connect() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '' WHERE false")
            connection.rollback()

    def do_now(self, statement: Executable, values: Mapping[str, Any]) -> bool:
        """See the port. The server confirms before the row is on its disk."""
        if time.monotonic() < self._impatient_from:
            return False
        try:
            with self._impatient.connect() as connection:
                connection.execute(statement, values)
        except SQLAlchemyError as error:
            if getattr(getattr(error, "orig", None), "sqlstate", None) not in _BUSY:
                self._impatient_from = time.monotonic() + _PAUSE_S
            return False
        return True

    def erase_traces(self) -> bool:
        """Nothing is left to do: the server frees deleted rows by itself (autovacuum)."""
        return True

    @contextmanager
    def reading_at_once(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            isolated = connection.execution_options(isolation_level="REPEATABLE READ")
            isolated.exec_driver_sql("SET LOCAL statement_timeout = 0")
            yield isolated

    def last_number(self, connection: Connection, table: str) -> int:
        sequence = text("SELECT pg_get_serial_sequence(:table, 'id')")
        name = connection.execute(sequence, {"table": table}).scalar_one()
        wanted = f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {name}"  # noqa: S608
        return int(connection.exec_driver_sql(wanted).scalar_one())

    def go_on_after(self, connection: Connection, table: str, number: int) -> None:
        values = {"table": table, "number": max(number, 1), "is_called": number > 0}
        serial = "pg_get_serial_sequence(:table, 'id')"
        connection.execute(text(f"SELECT setval({serial}, :number, :is_called)"), values)

    def close(self) -> None:
        self.engine.dispose()
        self._impatient.dispose()


def engine_for(
    url: URL, *, timeout_ms: int = 1000 * _STATEMENT_S, options: str = "", **pool: Any
) -> Engine:
    """An engine whose connections never wait for long.

    Args:
        url: Of the database.
        timeout_ms: Longest time of a statement.
        options: More settings of the connections, as on the server's command line.
        pool: See SQLAlchemy.
    """
    limits = {
        "statement_timeout": timeout_ms,
        "lock_timeout": min(timeout_ms, int(1000 * BUSY_S)),
        "idle_in_transaction_session_timeout": 60_000,
        "tcp_keepalives_idle": 5,  # a machine that is gone gives its locks back in 15 seconds
        "tcp_keepalives_interval": 2,
        "tcp_keepalives_count": 5,
    }
    settings = [f"-c {name}={value}" for name, value in limits.items()]
    own = str(url.query.get("options", ""))
    engine = create_engine(
        url,
        hide_parameters=True,  # they are questions and ids: no error may quote them
        connect_args={
            "connect_timeout": int(BUSY_S),
            "application_name": "smebot",
            "options": " ".join([*settings, options, own]),
            "tcp_user_timeout": 10_000,
        },
        **pool,
    )
    event.listen(engine, "connect", _configure)
    return engine


def _read(url: str) -> URL:
    try:
        read = make_url(url).set(drivername="postgresql+psycopg")
        read.get_dialect().import_dbapi()
    except ImportError:
        raise StoreError(
            "SMEBOT_DATABASE_URL needs PostgreSQL's driver, which is not installed: "
            'run `pip install "psycopg[binary]"`'
        ) from None
    except SQLAlchemyError:
        raise StoreError("SMEBOT_DATABASE_URL cannot be read") from None
    return read


def _configure(connection: Any, _record: object) -> None:
    """PostgreSQL has no place for the character NUL: it is left out of texts."""
    from psycopg.types.string import StrDumperUnknown

    class WithoutNul(StrDumperUnknown):
        """Texts as the server takes them."""

        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\x00", ""))

    connection.adapters.register_dumper(str, WithoutNul)
