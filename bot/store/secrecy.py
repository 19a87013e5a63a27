"""Keeps what is stored from other users of the machine, and erases it so that nothing is left."""

import hashlib
import hmac
import logging
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.errors import StoreError
from bot.store.models import Feedback, Installation
from bot.store.upserting import add_new

logger = logging.getLogger(__name__)

_FOLDER_MODE, _FILE_MODE = 0o700, 0o600
_SALT_FILE = "smebot.salt"
_FINGERPRINT = "salt"
_SALT_BYTES = 32
_HASH_CHARS = 64


def close_to_others(path: Path, *, is_used: bool = True) -> None:
    """Let only the program's own user read a database and its folder; made if there is none.

    A folder that everybody uses, such as /tmp, stays as it is.

    Args:
        path: Of the database.
        is_used: Whether it is there; else there are only its folder and the salt.

    Raises:
        OSError: The folder cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
    if not path.parent.stat().st_mode & stat.S_ISVTX:
        _tighten(path.parent, _FOLDER_MODE)
    if not is_used:
        _tighten(path.parent / _SALT_FILE, _FILE_MODE)
        return
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


def salt_file(folder: Path) -> Path:
    """Where the secret of an installation lies."""
    return folder / _SALT_FILE


def put_salt(folder: Path, salt: bytes) -> None:
    """Replace the secret of an installation by that of a backup.

    Raises:
        OSError: It cannot be written.
    """
    path = salt_file(folder)
    unfinished = path.with_suffix(".new")
    opened = os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, _FILE_MODE)
    with os.fdopen(opened, "wb") as file:
        file.write(salt)
    unfinished.replace(path)


def shared_salt(session: Session, folder: Path) -> bytes:
    """The secret of an installation of several programs: all must have the same file.

    It lies in no database: whoever has that one alone cannot try out whose a hash is. There lies
    only its fingerprint, which tells nothing.

    Raises:
        StoreError: The folder has no salt, or another one, or it cannot be read.
    """
    path, key = folder / _SALT_FILE, Installation.name == _FINGERPRINT
    begun = session.scalar(select(Installation.value).where(key))
    if begun is None:
        read_salt(folder)
        add_new(session, [Installation(name=_FINGERPRINT, value=_fingerprint(path))])
        begun = session.scalar(select(Installation.value).where(key))
    if _fingerprint(path) != begun:
        raise StoreError(
            f"{path}: not the one that this database was begun with: copy it from another "
            "replica, or from the backup, so that what is forgotten is found"
        )
    return path.read_bytes()


def _fingerprint(path: Path) -> str:
    """Of a salt; that of a file that cannot be read is like no other."""
    try:
        return hashlib.sha256(b"salt:" + path.read_bytes()).hexdigest()
    except OSError as error:
        return f"{path}: {error.strerror}"


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
