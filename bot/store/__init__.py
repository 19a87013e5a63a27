"""What the bot remembers, in SQLite or PostgreSQL. Questions are masked before they get here."""

import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from sqlalchemy import ColumnElement, delete, select, true, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.errors import StoreError
from bot.settings import BotSettings
from bot.store.answers import (
    KeptAnswer,
    KeptAnswers,
    drop_answer,
    forget_answers,
    keep_answer,
    keep_vote,
    purge_answers,
)
from bot.store.awaited import AwaitedAnswers, purge_awaited
from bot.store.backup import Contents, back_up, restore
from bot.store.handovers import Handovers, forget_handovers, purge_handovers
from bot.store.inbox import Inbox, Received, forget_updates, purge_updates
from bot.store.masking import load_numbering_plans, masked
from bot.store.models import Feedback, StaffAction, Turn, Unanswered, User
from bot.store.opening import bring_up_to_date, database_of
from bot.store.postgresql import PostgreSQL
from bot.store.profiles import Profiles, forget_profile, purge_profiles
from bot.store.replica import Replica
from bot.store.secrecy import Hasher, close_to_others, read_salt, shared_salt
from bot.store.session import Writing, now
from bot.store.shared_inbox import LastMinute, SharedInbox, forget_minutes, purge_minutes
from bot.store.trouble import Trouble, is_trouble, reason_of
from bot.store.turns import (
    asked_by,
    asker_of,
    erase,
    keep_messages,
    questions,
    shown_before,
)
from bot.store.uploads import Uploads, forget_uploads, purge_uploads
from bot.store.upserting import put
from bot.store.watches import MOST_WATCHES, Morning, Watches, forget_watches, purge_watches
from bot.store.who_asked import OpenQuestions, count_asker, forget_asker, forget_questions
from index import Remark

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

FOLLOW_UP_WINDOW = timedelta(minutes=30)
"""How long a question may lean on the one before."""
_QUESTION_CHARS, _REASON_CHARS = 1000, 500
_TURNS_KEPT = timedelta(days=1)
"""How long the buttons below an answer work."""


class Store:
    """All reading and writing; safe to use from several threads."""

    def __init__(self, path: Path | None, url: str = "") -> None:
        """Open the database, bringing it up to the newest tables.

        Args:
            path: Its file; kept in memory, and lost in the end, if there is none.
            url: Of a PostgreSQL database that is used instead; the secret of this installation
                lies in the folder of the file also then.

        Raises:
            StoreError: It cannot be opened, is no database, or is of a newer version.
            OSError: Its folder cannot be made.
        """
        if path:
            close_to_others(path, is_used=not url)
        self._database = database_of(path, url)
        self._folder = path.parent if path else None
        self._engine = self._database.engine
        self.writing, self.reading = Trouble("written"), Trouble("read")
        self.inbox = Inbox(self._write, self._database)
        """What was taken over from Telegram and is not yet handled."""
        self.watches = Watches(self._write, self._read)
        """What people watch."""
        self.profiles = Profiles(self._write, self._read_if_possible, self._write_if_possible)
        """What people say of their firms."""
        self.handovers = Handovers(self._write, self._read, self._read_if_possible)
        """What was passed on to staff."""
        self.answers = KeptAnswers(self._read)
        """What was answered, for staff."""
        self.open_questions = OpenQuestions(self._write, self._read)
        """What was asked in vain, until staff close it."""
        self.awaited = AwaitedAnswers(self._write, self._read)
        """Who wants to be told of an answer to one of them."""
        self.uploads = Uploads(self._write, self._read)
        """Files that staff sent for the corpus."""
        try:
            bring_up_to_date(self._database)
            self._hasher = self._begin(self._folder)
        except BaseException:
            self.close()
            raise

    @classmethod
    def of(cls, settings: BotSettings) -> "Store":
        """The store that the settings name; raises as the constructor does."""
        return cls(settings.database_file, settings.database_url.get_secret_value())

    def back_up(self, file: Path) -> Contents:
        """Write all that is stored to a file; see `bot.store.backup`."""
        if self._folder is None:
            raise StoreError("what is kept in memory cannot be saved")
        return back_up(self._database, self._folder, file)

    def _begin(self, folder: Path | None) -> Hasher:
        """Find the secret of the installation, and hash with it what was not."""
        with self._write() as session:
            if folder is None or not self._database.is_shared:
                hasher = Hasher(read_salt(folder))
            else:
                hasher = Hasher(shared_salt(session, folder))
            hasher.salt_old_votes(session)
        return hasher

    @cached_property
    def replica(self) -> Replica | None:
        """What this program needs to share its work with others; None if it is alone."""
        if not isinstance(self._database, PostgreSQL):
            return None
        from bot.store.presence import Presence

        shared = SharedInbox(self._write, self.inbox)
        return Replica(shared, Presence(self._database))

    def __str__(self) -> str:
        """Where everything is kept, as people may see it."""
        return str(self._database)

    def probe(self) -> None:
        """Read the least there is, to see whether that can be done.

        Raises:
            StoreError: The database cannot be read.
        """
        self._read(lambda session: session.execute(select(User.user_id).limit(1)).first())

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    def _write(self, *, at_once: bool = True) -> AbstractContextManager[Session]:
        """A session that is committed at its end; StoreError if that cannot be.

        Args:
            at_once: Fail without a try if others failed a moment ago.
        """
        return Writing(self._database, self.writing, at_once=at_once)

    def _write_if_possible(self, work: Callable[[Session], object]) -> None:
        """Keep what an answer does not depend on; count it as lost if that cannot be."""
        try:
            with self._write() as session:
                work(session)
        except StoreError:
            self.writing.lost += 1

    def _read(self, work: Callable[[Session], Result]) -> Result:
        """What the database says; StoreError if it cannot be read."""
        try:
            with Session(self._engine, expire_on_commit=False) as session:
                found = work(session)
        except SQLAlchemyError as error:
            if not is_trouble(error):
                raise
            self.reading.begin(reason_of(error), now())
            text = "the database cannot be read ({reason})"
            remark = Remark.of("database_unreadable", text, reason=reason_of(error))
            raise StoreError(remark) from None
        self.reading.end()
        return found

    def _read_if_possible(self, work: Callable[[Session], Result], otherwise: Result) -> Result:
        """What the database says; `otherwise` if it cannot be read, or could not a moment ago."""
        if self.reading.is_fresh:
            return otherwise
        try:
            return self._read(work)
        except StoreError:
            return otherwise

    def language(self, user_id: int) -> str | None:
        """The interface language somebody chose; None also if the database cannot be read."""
        return self._read_if_possible(
            lambda session: session.scalar(select(User.language).where(User.user_id == user_id)),
            None,
        )

    def set_language(self, user_id: int, language: str) -> None:
        """Remember a choice."""
        with self._write() as session:
            put(session, User(user_id=user_id, language=language))

    def add_turn(
        self, turn: Turn, kept: KeptAnswer | None = None, history: Sequence[str] = ()
    ) -> None:
        """Remember a question for its follow-ups and buttons, if that can be.

        Texts are masked here.

        Args:
            turn: The question.
            kept: What staff may see of its answer, yet without the question and whose it is.
            history: The questions that it leans on, masked as they come from here.
        """
        turn.question = masked(turn.question)[:_QUESTION_CHARS]

        def keep(session: Session) -> None:
            asker = asker_of(session, turn)
            if kept and asker is not None:
                kept.question, kept.text = turn.question, masked(kept.text)
                kept.asker_hash = self._hasher.of(asker)
                keep_answer(session, kept, history)
            put(session, turn)

        self._write_if_possible(keep)

    def turn(self, answer_id: str) -> Turn | None:
        """The question behind an answer's buttons; None if it is too old or cannot be read."""
        turn = self._read_if_possible(lambda session: session.get(Turn, answer_id), None)
        return turn if turn and turn.created > now() - _TURNS_KEPT else None

    def history(
        self,
        chat_id: int,
        user_id: int,
        count: int,
        *,
        thread_id: int | None = None,
        until: datetime | None = None,
    ) -> list[str]:
        """The last questions of one person in one chat, oldest first, none older than a while.

        Args:
            chat_id: Where.
            user_id: Who asked.
            count: So many at most.
            thread_id: The topic of a forum; each has conversations of its own.
            until: Up to the turn of this time; up to now if left out.
        """
        place = (chat_id, user_id, thread_id)
        nothing: list[str] = []
        found = self._read_if_possible(
            lambda s: questions(s, *place, until or now(), FOLLOW_UP_WINDOW), nothing
        )
        return found[:count][::-1]

    def set_messages(self, answer_id: str, asked: int | None, shown: Sequence[int]) -> None:
        """Remember which message asked a turn and which ones answer it, if that can be.

        Args:
            answer_id: Of the turn; if that was not kept, neither is this.
            asked: The message id of the question.
            shown: Those of the answer, in order.
        """
        with suppress(StoreError), self._write() as session:
            keep_messages(session, answer_id, asked, shown)

    def turn_asked_by(self, chat_id: int, message_id: int) -> Turn | None:
        """The turn that a message of a chat asked; None if it is too old."""
        wanted = asked_by(chat_id, message_id, now() - _TURNS_KEPT)
        return self._read_if_possible(lambda session: session.scalar(wanted), None)

    def turn_shown_in(self, chat_id: int, message_id: int) -> Turn | None:
        """The turn that one of the bot's messages in a chat answers; None if it is too old."""
        wanted = shown_before(chat_id, message_id, now() - _TURNS_KEPT)
        nothing: list[Turn] = []
        found = self._read_if_possible(lambda s: list(s.scalars(wanted)), nothing)
        return next((turn for turn in found if message_id in (turn.shown or ())), None)

    def drop_turn(self, answer_id: str) -> None:
        """Erase a turn: its question was changed."""

        def drop(session: Session) -> None:
            drop_answer(session, answer_id)
            erase(session, Turn.answer_id == answer_id)

        self._write_if_possible(drop)

    def add_feedback(self, turn: Turn, user_id: int, vote: int, reason: str | None = None) -> None:
        """Keep somebody's vote on an answer, or change it; what it was before stays known."""
        with self._write() as session:
            asker = asker_of(session, turn)
            keep_vote(
                session,
                Feedback(
                    answer_id=turn.answer_id,
                    user_hash=self._hasher.of(user_id),
                    asker_hash=None if asker is None else self._hasher.of(asker),
                    vote=vote,
                    reason=masked(reason)[:_REASON_CHARS] if reason else None,
                    question="" if asker is None else turn.question,
                    documents=sorted({document for document, _, _ in turn.citations}),
                    created=now(),
                ),
            )

    def vote(self, answer_id: str, user_id: int) -> int:
        """Somebody's vote on an answer: 1, -1, or 0 for none."""
        key = (answer_id, self._hasher.of(user_id))
        found = self._read_if_possible(lambda session: session.get(Feedback, key), None)
        return found.vote if found else 0

    def add_unanswered(
        self,
        question: str,
        language: str,
        status: str,
        nearest: Sequence[str],
        *,
        reason: str | None = None,
        asked_by: int | None = None,
    ) -> None:
        """Keep a question for staff, if that can be; who asked only as a salted hash.

        Args:
            question: As typed; it is masked here.
            language: Of the question.
            status: How it was answered.
            nearest: What was offered instead.
            reason: The cause behind the status.
            asked_by: User id, so that the question can be forgotten.
        """
        row = Unanswered(
            question=masked(question)[:_QUESTION_CHARS],
            language=language,
            status=status,
            reason=reason,
            nearest=list(nearest),
            times=1,
            created=now(),
        )
        user_hash = None if asked_by is None else self._hasher.of(asked_by)
        self._write_if_possible(lambda session: count_asker(session, row, user_hash))

    def unanswered(self, limit: int, since: datetime | None = None) -> list[Unanswered]:
        """Asked in vain since a time, most frequent first; StoreError if it cannot be read."""
        order = (Unanswered.times.desc(), Unanswered.created.desc())
        rows = select(Unanswered).where(_from(Unanswered.created, since))
        rows = rows.order_by(*order).limit(limit)
        return self._read(lambda session: list(session.scalars(rows)))

    def feedback(self, limit: int, since: datetime | None = None) -> list[Feedback]:
        """The newest votes since a time; StoreError if they cannot be read."""
        rows = select(Feedback).where(_from(Feedback.created, since))
        rows = rows.order_by(Feedback.created.desc()).limit(limit)
        return self._read(lambda session: list(session.scalars(rows)))

    def log_staff(
        self, user_id: int, action: str, detail: str = "", *, must: bool = False
    ) -> None:
        """Keep who did what, and when, if that can be; if it `must`, StoreError if it cannot."""
        row = StaffAction(user_id=user_id, action=action, detail=detail, created=now())
        if must:
            with self._write() as session:
                session.add(row)
        else:
            self._write_if_possible(lambda session: session.add(row))

    def has_logged(self, user_id: int, action: str, detail: str) -> bool:
        """Whether that was kept of somebody; StoreError if it cannot be read."""
        rows = select(StaffAction.id).filter_by(user_id=user_id, action=action, detail=detail)
        return self._read(lambda session: session.scalar(rows.limit(1)) is not None)

    def staff_actions(self, limit: int) -> list[StaffAction]:
        """The newest actions of staff; StoreError if they cannot be read."""
        rows = select(StaffAction).order_by(StaffAction.created.desc()).limit(limit)
        return self._read(lambda session: list(session.scalars(rows)))

    def forget(self, user_id: int) -> None:
        """Erase all that is stored about somebody, also from what the files still hold of it.

        Raises:
            StoreError: The database cannot be written.
        """
        user_hash = self._hasher.of(user_id)
        with self._write(at_once=False) as session:
            session.execute(delete(User).where(User.user_id == user_id))
            erase(session, Turn.user_id == user_id)
            session.execute(delete(Feedback).where(Feedback.user_hash == user_hash))
            others = update(Feedback).where(Feedback.asker_hash == user_hash)
            session.execute(others.values(question=""))
            forget_answers(session, user_hash)
            forget_asker(session, user_hash)
            forget_updates(session, user_id)
            forget_minutes(session, user_id)
            forget_watches(session, user_id)
            forget_profile(session, user_id)
            forget_uploads(session, user_id)
            forget_handovers(session, user_id)
        self._erase_traces()

    def purge(self, retention_days: int) -> None:
        """Erase what is older than it may be.

        Raises:
            StoreError: The database cannot be written.
        """
        oldest = now() - timedelta(days=retention_days)
        with self._write(at_once=False) as session:
            erase(session, Turn.created < now() - _TURNS_KEPT)
            session.execute(delete(Feedback).where(Feedback.created < oldest))
            forget_questions(session, oldest)
            purge_awaited(session, oldest)
            purge_answers(session, oldest)
            purge_updates(session, oldest, now())
            purge_minutes(session)
            purge_watches(session, oldest)
            purge_profiles(session, oldest)
            purge_uploads(session, now())
            purge_handovers(session, oldest)
        self._erase_traces()

    def _erase_traces(self) -> None:
        try:
            is_done = self._database.erase_traces()
        except (sqlite3.Error, SQLAlchemyError) as error:
            raise StoreError(f"what is deleted stays on the disk ({reason_of(error)})") from None
        if not is_done:
            logger.warning("another program reads the database: its log is emptied later")


__all__ = [
    "FOLLOW_UP_WINDOW",
    "MOST_WATCHES",
    "Inbox",
    "LastMinute",
    "Morning",
    "Profiles",
    "Received",
    "Replica",
    "SharedInbox",
    "Store",
    "Uploads",
    "Watches",
    "load_numbering_plans",
    "masked",
    "now",
    "restore",
]


def _from(created: InstrumentedAttribute[datetime], since: datetime | None) -> ColumnElement[bool]:
    """Whether a row is of a time or later; all are where none is given."""
    return true() if since is None else created >= since
