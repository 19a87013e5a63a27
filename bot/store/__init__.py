"""What the bot remembers, in SQLite. Question texts are masked before they get here."""

import hashlib
import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, delete, event, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from bot.errors import StoreError
from bot.store.inbox import Inbox, Received, forget_updates, purge_updates
from bot.store.masking import masked
from bot.store.models import Feedback, StaffAction, Turn, Unanswered, User

FOLLOW_UP_WINDOW = timedelta(minutes=30)
"""How long a question may lean on the one before."""
_QUESTION_CHARS = 1000
_TURNS_KEPT = timedelta(days=1)
"""How long the buttons below an answer work."""


class Store:
    """All reading and writing; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Open the database, bringing it up to the newest tables.

        Raises:
            StoreError: It cannot be opened or is no database.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._engine: Engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 10})
        event.listen(self._engine, "connect", _configure)
        self._writing = threading.Lock()
        self._impatient = create_engine(self._engine.url, connect_args={"timeout": 0})
        event.listen(self._impatient, "connect", _configure)
        self.inbox = Inbox(self._write, self._impatient)
        """What was taken over from Telegram and is not yet handled."""
        try:
            with self._engine.begin() as connection:
                config = Config()
                config.set_main_option(
                    "script_location", str(Path(__file__).parent / "migrations")
                )
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except DatabaseError as error:
            raise StoreError(
                f"{path}: not a readable database ({error.orig}): move it away and start again"
            ) from error

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()
        self._impatient.dispose()

    def _write(self) -> AbstractContextManager[Session]:
        return _Writing(self._engine, self._writing)

    def language(self, user_id: int) -> str | None:
        """The interface language somebody chose."""
        with Session(self._engine) as session:
            user = session.get(User, user_id)
            return user.language if user else None

    def set_language(self, user_id: int, language: str) -> None:
        """Remember a choice."""
        with self._write() as session:
            session.merge(User(user_id=user_id, language=language))

    def add_turn(self, turn: Turn) -> None:
        """Remember a question for its follow-ups and buttons; its text is masked here."""
        turn.question = masked(turn.question)[:_QUESTION_CHARS]
        with self._write() as session:
            session.merge(turn)

    def turn(self, answer_id: str) -> Turn | None:
        """The question behind an answer's buttons; None if it is too old."""
        with Session(self._engine, expire_on_commit=False) as session:
            turn = session.get(Turn, answer_id)
            return turn if turn and turn.created > now() - _TURNS_KEPT else None

    def history(self, chat_id: int, user_id: int, count: int) -> list[str]:
        """The last questions of one person in one chat, oldest first, none older than a while."""
        with Session(self._engine) as session:
            rows = session.scalars(
                select(Turn.question)
                .where(
                    Turn.chat_id == chat_id,
                    Turn.user_id == user_id,
                    Turn.created > now() - FOLLOW_UP_WINDOW,
                )
                .order_by(Turn.created.desc())
                .limit(count)
            )
            return list(rows)[::-1]

    def add_feedback(self, turn: Turn, user_id: int, vote: int, reason: str | None = None) -> None:
        """Keep somebody's vote on an answer, or change it."""
        with self._write() as session:
            session.merge(
                Feedback(
                    answer_id=turn.answer_id,
                    user_hash=_hash(user_id),
                    vote=vote,
                    reason=masked(reason) if reason else None,
                    question=turn.question,
                    documents=sorted({passage.split("@")[0] for passage in turn.passages}),
                    created=now(),
                )
            )

    def add_unanswered(
        self, question: str, language: str, status: str, nearest: Sequence[str]
    ) -> None:
        """Keep a question for staff, without who asked."""
        question = masked(question)[:_QUESTION_CHARS]
        with self._write() as session:
            known = session.scalar(select(Unanswered).where(Unanswered.question == question))
            if known:
                known.times += 1
                known.created = now()
            else:
                session.add(
                    Unanswered(
                        question=question,
                        language=language,
                        status=status,
                        nearest=list(nearest),
                        times=1,
                        created=now(),
                    )
                )

    def unanswered(self, limit: int) -> list[Unanswered]:
        """What was asked in vain, the most frequent first."""
        with Session(self._engine, expire_on_commit=False) as session:
            order = (Unanswered.times.desc(), Unanswered.created.desc())
            return list(session.scalars(select(Unanswered).order_by(*order).limit(limit)))

    def feedback(self, limit: int) -> list[Feedback]:
        """The newest votes."""
        with Session(self._engine, expire_on_commit=False) as session:
            return list(
                session.scalars(select(Feedback).order_by(Feedback.created.desc()).limit(limit))
            )

    def log_staff(self, user_id: int, action: str, detail: str = "") -> None:
        """Keep who did what, and when."""
        with self._write() as session:
            session.add(StaffAction(user_id=user_id, action=action, detail=detail, created=now()))

    def staff_actions(self, limit: int) -> list[StaffAction]:
        """The newest actions of staff."""
        with Session(self._engine, expire_on_commit=False) as session:
            rows = select(StaffAction).order_by(StaffAction.created.desc()).limit(limit)
            return list(session.scalars(rows))

    def forget(self, user_id: int) -> None:
        """Erase all that is stored about somebody."""
        with self._write() as session:
            session.execute(delete(User).where(User.user_id == user_id))
            session.execute(delete(Turn).where(Turn.user_id == user_id))
            session.execute(delete(Feedback).where(Feedback.user_hash == _hash(user_id)))
            forget_updates(session, user_id)

    def purge(self, retention_days: int) -> None:
        """Erase what is older than it may be."""
        oldest = now() - timedelta(days=retention_days)
        with self._write() as session:
            session.execute(delete(Turn).where(Turn.created < now() - _TURNS_KEPT))
            session.execute(delete(Feedback).where(Feedback.created < oldest))
            session.execute(delete(Unanswered).where(Unanswered.created < oldest))
            purge_updates(session, oldest, now())


class _Writing(AbstractContextManager[Session]):
    """One writer at a time: SQLite allows no more."""

    def __init__(self, engine: Engine, lock: threading.Lock) -> None:
        self._engine, self._lock = engine, lock

    def __enter__(self) -> Session:
        self._lock.acquire()
        self._session = Session(self._engine, expire_on_commit=False)
        return self._session

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._session.commit()
        finally:
            self._session.close()
            self._lock.release()


def now() -> datetime:
    """UTC, without a zone, as SQLite keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def _hash(user_id: int) -> str:
    return hashlib.sha256(f"feedback:{user_id}".encode()).hexdigest()[:32]


def _configure(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]  # SQLite's own connection
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


__all__ = ["FOLLOW_UP_WINDOW", "Inbox", "Received", "Store", "masked", "now"]
