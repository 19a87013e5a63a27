"""Files that staff sent for the corpus: whole, with what is known of them, for a day."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, undefer

from bot.store.models import Upload
from bot.store.session import now

Result = TypeVar("Result")

_KEPT = timedelta(days=1)
"""Then what nobody went on with is erased, with the file."""


class Reading(Protocol):
    """A store's way to read."""

    def __call__(self, work: Callable[[Session], Result]) -> Result:
        """What the work finds."""


class Uploads:
    """The table of uploads. Every method raises StoreError if the database cannot be used."""

    def __init__(
        self, write: Callable[[], AbstractContextManager[Session]], read: Reading
    ) -> None:
        """Uploads of one store, with its ways to write and to read."""
        self._write = write
        self._read = read

    def add(self, user_id: int, name: str, content: bytes, guesses: dict[str, Any]) -> int:
        """Keep a file, unless the same is kept of the same person; returns its number."""
        digest = hashlib.sha256(content).hexdigest()
        same = select(Upload.id).where(Upload.user_id == user_id, Upload.digest == digest)
        with self._write() as session:
            known = session.scalar(same)
            if known is not None:
                return known
            row = Upload(
                user_id=user_id,
                name=name,
                content=content,
                digest=digest,
                guesses=guesses,
                answers={},
                created=now(),
            )
            session.add(row)
            session.flush()
            return row.id

    def first_of(self, user_id: int) -> Upload | None:
        """The one that somebody is asked about: the oldest; None if there is none."""
        rows = select(Upload).where(Upload.user_id == user_id, Upload.created > now() - _KEPT)
        return self._read(lambda session: session.scalar(rows.order_by(Upload.id).limit(1)))

    def count_of(self, user_id: int) -> int:
        """How many of somebody's are kept."""
        rows = select(func.count()).where(
            Upload.user_id == user_id, Upload.created > now() - _KEPT
        )
        return self._read(lambda session: session.scalar(rows) or 0)

    def content(self, upload_id: int) -> bytes:
        """The file itself."""
        row = select(Upload).where(Upload.id == upload_id).options(undefer(Upload.content))
        return self._read(lambda session: session.scalars(row).one().content)

    def answer(self, upload_id: int, answers: dict[str, str]) -> None:
        """Keep all that was answered so far."""
        with self._write() as session:
            own = update(Upload).where(Upload.id == upload_id)
            session.execute(own.values(answers=answers))

    def drop(self, upload_id: int) -> None:
        """Erase one: it was added or discarded."""
        with self._write() as session:
            session.execute(delete(Upload).where(Upload.id == upload_id))


def forget_uploads(session: Session, user_id: int) -> None:
    """Erase what somebody sent and did not add."""
    session.execute(delete(Upload).where(Upload.user_id == user_id))


def purge_uploads(session: Session, today: datetime) -> None:
    """Erase what was sent more than a day ago."""
    session.execute(delete(Upload).where(Upload.created < today - _KEPT))
