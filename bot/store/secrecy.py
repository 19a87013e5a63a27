"""Keeps what is stored from other users of the machine, and erases it so that nothing is left."""

import hashlib
import hmac
import logging
import os
import secrets
import sqlite3
import stat
from contextlib import suppress
from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.store.models import Feedback

logger = logging.getLogger(__name__)

_FOLDER_MODE, _FILE_MODE = 0o700, 0o600
_SALT_FILE = "smebot.salt"
_SALT_BYTES = 32
_HASH_CHARS = 64


def close_to_others(path: Path) -> None:
    """Let only the program's own user read a database and its folder; made if there is none.

    A folder that everybody uses, such as /tmp, stays as it is.

    Raises:
        OSError: The folder cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
    if not path.parent.stat().st_mode & stat.S_ISVTX:
        _tighten(path.parent, _FOLDER_MODE)
    with suppress(OSError):  # whoever opens the database says what is wrong
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, _FILE_MODE))
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", _SALT_FILE):
        _tighten(path.parent / name, _FILE_MODE)


def _tighten(path: Path, mode: int) -> None:
    try:
        has = stat.S_IMODE(path.stat().st_mode)
        if has & ~mode:
            path.chmod(has & mode)  # what nobody may write stays so
    except FileNotFoundError:
        return
    except OSError as error:
        logger.warning("%s may be read by others (%s): chmod %o it", path, error.strerror, mode)


def read_salt(folder: Path | None) -> bytes:
    """The secret of this installation with which user ids are hashed; made if there is none.

    Without a folder, for a database in memory, it lasts as long as that.
    """
    if folder is None:
        return secrets.token_bytes(_SALT_BYTES)
    path = folder / _SALT_FILE
    try:
        with suppress(FileExistsError):
            opened = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _FILE_MODE)
            with os.fdopen(opened, "wb") as file:
                file.write(secrets.token_bytes(_SALT_BYTES))
        salt = path.read_bytes()
    except OSError as error:
        logger.warning("%s cannot be used (%s): votes belong to nobody", path, error.strerror)
        salt = b""
    return salt if len(salt) == _SALT_BYTES else secrets.token_bytes(_SALT_BYTES)


class Hasher:
    """Tells votes and questions of one person apart from others', without who it is."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt

    def of(self, user_id: int) -> str:
        """64 hexadecimal digits; nobody without the salt can try out which user gives them."""
        return self._salted(hashlib.sha256(f"feedback:{user_id}".encode()).hexdigest()[:32])

    def salt_old_votes(self, session: Session) -> None:
        """Hash once more what was stored when hashes had no salt, and 32 digits."""
        old = select(Feedback.user_hash).where(func.length(Feedback.user_hash) < _HASH_CHARS)
        for unsalted in session.scalars(old.distinct()).all():
            own = update(Feedback).where(Feedback.user_hash == unsalted)
            session.execute(own.values(user_hash=self._salted(unsalted)))

    def _salted(self, text: str) -> str:
        return hmac.new(self._salt, text.encode(), hashlib.sha256).hexdigest()


def erase_traces(engine: Engine) -> bool:
    """Write the database anew without what was deleted, and empty its log.

    Returns:
        Whether that is done; not while another program uses the database.

    Raises:
        sqlite3.Error: The database cannot be used at all.
    """
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
