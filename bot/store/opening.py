"""Opens the database: its address, its tables, and what to do where that fails."""

import logging
import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, StaticPool, create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DatabaseError

from bot.errors import StoreError

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


logging.getLogger("sqlalchemy.engine.Engine").addFilter(
    lambda record: record.levelno > logging.DEBUG  # where it logs whole rows
)


def engine_for(path: Path | None) -> Engine:
    """An engine on a file, whatever characters its path has; in memory if there is none."""
    # Parameters are questions and ids: no error may quote them.
    if path is None:  # every thread sees the same one
        return create_engine(
            "sqlite://",
            poolclass=StaticPool,
            connect_args={"check_same_thread": False},
            hide_parameters=True,
        )
    url = URL.create("sqlite", database=str(path))
    return create_engine(url, hide_parameters=True)


def bring_up_to_date(engine: Engine, path: Path | None) -> None:
    """Make or change the tables.

    Raises:
        StoreError: It cannot be opened or written, is no database, or is of a newer version.
    """
    config = Config()
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))  # as ini files want it
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.exec_driver_sql("PRAGMA user_version = 0")  # may anything be written?
            connection.rollback()
    except CommandError as error:  # a version of which this program knows nothing
        raise StoreError(
            f"{path}: written by a newer smebot: update smebot, or move the file away and start "
            "again"
        ) from error
    except DatabaseError as error:
        raise StoreError(f"{path}: {_remedy(error)}") from error


def _remedy(error: DatabaseError) -> str:
    code = getattr(error.orig, "sqlite_errorcode", 0) & _PRIMARY
    return _REMEDIES.get(
        code, f"not a readable database ({error.orig}): move it away and start again"
    )
