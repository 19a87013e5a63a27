"""Opens the database: which one, its tables, and what to do where that fails."""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from bot.errors import StoreError
from bot.store.database import Database
from bot.store.postgresql import PostgreSQL
from bot.store.sqlite import SQLite

logging.getLogger("sqlalchemy.engine.Engine").addFilter(
    lambda record: record.levelno > logging.DEBUG  # where it logs whole rows
)


def database_of(path: Path | None, url: str) -> Database:
    """The database of the URL, or of the file where that is empty.

    Raises:
        StoreError: The URL cannot be used.
    """
    return PostgreSQL(url) if url else SQLite(path)


def bring_up_to_date(database: Database) -> None:
    """Make or change the tables.

    Raises:
        StoreError: It cannot be opened or written, is no database, or is of a newer version.
    """
    try:
        with database.migrating() as connection:
            upgrade(connection, "head")
        database.check_writable()
    except CommandError as error:  # a version of which this program knows nothing
        raise StoreError(
            f"{database}: written by a newer smebot: update smebot, or {database.another}"
        ) from error
    except DatabaseError as error:
        raise StoreError(f"{database}: {database.remedy(error)}") from error


def upgrade(connection: Connection, version: str) -> None:
    """Make or change the tables up to a version, in the connection's transaction.

    Raises:
        CommandError: The version, or that of the tables, is unknown.
    """
    config = Config()
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))  # as ini files want it
    config.attributes["connection"] = connection
    command.upgrade(config, version)
