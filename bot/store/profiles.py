"""What people say of their firms: codes, erased when nobody has used them for long."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from bot.lists.fitting import Profile
from bot.store.models import FirmProfile
from bot.store.session import now
from bot.store.upserting import put

Result = TypeVar("Result")

_DAY = timedelta(days=1)


class ReadingIfPossible(Protocol):
    """A store's way to read what can be done without."""

    def __call__(self, work: Callable[[Session], Result], otherwise: Result) -> Result:
        """What the work finds; `otherwise` if the database cannot be read."""


class Profiles:
    """The table of profiles."""

    def __init__(
        self,
        write: Callable[[], AbstractContextManager[Session]],
        read_if_possible: ReadingIfPossible,
        write_if_possible: Callable[[Callable[[Session], object]], None],
    ) -> None:
        """Profiles of one store, with its ways to write and to read."""
        self._write = write
        self._read_if_possible = read_if_possible
        self._write_if_possible = write_if_possible

    def of(self, user_id: int) -> Profile:
        """Somebody's, which counts as used today; empty if there is none or it cannot be read."""
        row = self._read_if_possible(lambda session: session.get(FirmProfile, user_id), None)
        if row is None:
            return Profile()
        if row.used < now() - _DAY:
            own = update(FirmProfile).where(FirmProfile.user_id == user_id)
            self._write_if_possible(lambda session: session.execute(own.values(used=now())))
        return Profile(
            industry=row.industry,
            province=row.province,
            direction=row.direction,
            markets=tuple(row.markets),
        )

    def keep(self, user_id: int, profile: Profile) -> None:
        """Keep somebody's, or erase it if it says nothing.

        Raises:
            StoreError: The database cannot be used.
        """
        row = FirmProfile(
            user_id=user_id,
            industry=profile.industry,
            province=profile.province,
            direction=profile.direction,
            markets=list(profile.markets),
            used=now(),
        )
        with self._write() as session:
            if profile:
                put(session, row)
            else:
                forget_profile(session, user_id)


def forget_profile(session: Session, user_id: int) -> None:
    """Erase what somebody said of their firm."""
    session.execute(delete(FirmProfile).where(FirmProfile.user_id == user_id))


def purge_profiles(session: Session, oldest: datetime) -> None:
    """Erase what was last used before a time."""
    session.execute(delete(FirmProfile).where(FirmProfile.used < oldest))
