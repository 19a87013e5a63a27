"""Backups: one format for all databases, so that one's can be restored into another.

A zip file with `backup.json`, a `TABLE.jsonl` for each table (its first line names the columns),
and the salt with which whoever is forgotten is found. It is as private as the database itself.
"""

import base64
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from alembic.util import CommandError
from sqlalchemy import (
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    func,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StoreError
from bot.store.database import Database
from bot.store.opening import bring_up_to_date, database_of, upgrade
from bot.store.secrecy import close_to_others, put_salt, salt_file
from bot.store.session import now
from bot.store.trouble import reason_of

_FORMAT = 1
_HEAD, _SALT = "backup.json", "salt"
_VERSION = "alembic_version"
_NUMBERED = "handovers"
"""The table that gives no number twice, also after its last row is erased."""
_ROWS = 500
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds."""

    created: str
    version: str
    """Of the tables."""
    last_number: int
    rows: int


def back_up(database: Database, folder: Path, file: Path) -> Contents:
    """Write all that is stored to a file, as it is at one moment; the bot may go on meanwhile.

    Args:
        database: Up to date.
        folder: Has the salt.
        file: Is replaced if it is there; only its owner may read it.

    Raises:
        StoreError: The database cannot be read.
        OSError: The file cannot be written.
    """
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        opened = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE)
        with os.fdopen(opened, "wb") as target:
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
                contents = _write(database, folder, archive)
            target.flush()
            os.fsync(target.fileno())
        unfinished.replace(file)
    except SQLAlchemyError as error:
        raise StoreError(f"{database}: cannot be read ({reason_of(error)})") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return contents


def restore(path: Path, url: str, file: Path, *, replaces: bool) -> Contents:
    """Put back all that a backup holds, or nothing; the tables are brought up to date.

    Args:
        path: See `Store`; nobody else should use the database.
        url: The same.
        file: The backup.
        replaces: Erase what the database holds; else it must be empty.

    Raises:
        StoreError: The file is no backup of this version or an earlier one, or the database is
            not empty, or cannot be written.
        OSError: The file cannot be read.
    """
    close_to_others(path, is_used=not url)
    database = database_of(path, url)
    try:
        bring_up_to_date(database)
        with zipfile.ZipFile(file) as archive:
            contents = Contents(**json.loads(archive.read(_HEAD))[str(_FORMAT)])
            with database.migrating() as connection:
                if not replaces and _has_rows(connection):
                    raise StoreError(
                        f"{database}: not empty: say --replace to erase what it holds"
                    )
                _put_back(database, connection, archive, contents)
                put_salt(path.parent, archive.read(_SALT))
    except CommandError:
        raise StoreError(f"{file}: of a newer smebot: update smebot") from None
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError):
        raise StoreError(f"{file}: no backup of smebot, or damaged") from None
    except SQLAlchemyError as error:
        raise StoreError(f"{database}: cannot be written ({reason_of(error)})") from None
    finally:
        database.close()
    return contents


def _write(database: Database, folder: Path, archive: zipfile.ZipFile) -> Contents:
    with database.reading_at_once() as connection:
        tables = _tables(connection)
        version = str(connection.scalar(select(tables.pop(_VERSION).c.version_num)))
        rows = 0
        for name, table in sorted(tables.items()):
            with archive.open(f"{name}.jsonl", "w", force_zip64=True) as target:
                for line in _lines(connection, table):
                    target.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
                    rows += 1
                rows -= 1  # the names of the columns
        contents = Contents(
            created=now().isoformat(timespec="seconds"),
            version=version,
            last_number=database.last_number(connection, _NUMBERED),
            rows=rows,
        )
    archive.writestr(_SALT, salt_file(folder).read_bytes())
    head = {str(_FORMAT): {name: getattr(contents, name) for name in contents.__slots__}}
    archive.writestr(_HEAD, json.dumps(head))
    return contents


def _lines(connection: Connection, table: Table) -> Iterator[list[Any]]:
    yield [column.name for column in table.columns]
    found = connection.execution_options(yield_per=_ROWS).execute(select(table))
    for row in found:
        yield [_plain(value) for value in row]


def _put_back(
    database: Database, connection: Connection, archive: zipfile.ZipFile, contents: Contents
) -> None:
    """Make the tables of the backup's version, fill them, and bring them up to date."""
    everything = MetaData()
    everything.reflect(connection)
    everything.drop_all(connection)
    upgrade(connection, contents.version)
    for name, table in _tables(connection).items():
        if name != _VERSION:
            with archive.open(f"{name}.jsonl") as source:
                _fill(connection, table, source)
            if "id" in table.c and isinstance(table.c.id.type, Integer):
                last = connection.scalar(select(func.max(table.c.id))) or 0
                number = max(last, contents.last_number if name == _NUMBERED else 0)
                database.go_on_after(connection, name, number)
    upgrade(connection, "head")


def _fill(connection: Connection, table: Table, lines: Iterable[bytes]) -> None:
    given = iter(lines)
    columns = [table.c[name] for name in json.loads(next(given))]
    rows = []
    for line in given:
        values = zip(columns, json.loads(line), strict=True)
        rows.append({column.name: _typed(value, column.type) for column, value in values})
        if len(rows) == _ROWS:
            connection.execute(table.insert(), rows)
            rows = []
    if rows:
        connection.execute(table.insert(), rows)


def _tables(connection: Connection) -> dict[str, Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return dict(metadata.tables)


def _has_rows(connection: Connection) -> bool:
    own = ("alembic_version", "installation")
    tables = (table for name, table in _tables(connection).items() if name not in own)
    return any(connection.execute(select(table).limit(1)).first() for table in tables)


def _plain(value: Any) -> Any:
    """A value as JSON has it; `_typed` makes it again, with the help of its column."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value


def _typed(value: Any, kind: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return base64.b64decode(value) if isinstance(kind, LargeBinary) else value
