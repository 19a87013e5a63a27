"""Sessions that write to the database, never waiting for long."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.errors import StoreError
from bot.store import database
from bot.store.database import Database
from bot.store.trouble import Trouble, is_trouble, reason_of, unusable

_URGENT_S = 20.0
"""How long a wish to be forgotten may wait for other writers."""


def now() -> datetime:
    """UTC, without a zone, as SQLite keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


class Writing(AbstractContextManager[Session]):
    """A session that is committed at its end, when it is this thread's turn to write."""

    def __init__(self, place: Database, trouble: Trouble, *, at_once: bool) -> None:
        self._database, self._trouble, self._at_once = place, trouble, at_once

    def __enter__(self) -> Session:
        if self._at_once and self._trouble.is_fresh:
            raise StoreError(unusable(self._trouble.reason))
        if not self._database.take_turn(database.BUSY_S if self._at_once else _URGENT_S):
            raise StoreError(unusable("others write to it"))
        self._session = Session(self._database.engine, expire_on_commit=False)
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
            self._database.end_turn()
