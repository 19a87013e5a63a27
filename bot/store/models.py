"""The tables. Change them together with a new migration in `migrations/versions`."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Base of all tables; times are UTC."""


class User(Base):
    """What somebody chose. A user without a choice has no row."""

    __tablename__ = "users"
    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    language: Mapped[str] = mapped_column(String(16))


class Turn(Base):
    """One question of a conversation: for follow-ups and for the buttons below its answer."""

    __tablename__ = "turns"
    answer_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger, index=True)
    user_id: Mapped[int] = mapped_column(BigInteger, index=True)
    question: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(32))
    passages: Mapped[list[str]] = mapped_column(JSON)
    citations: Mapped[list[list[Any]]] = mapped_column(JSON)
    """[document id, start, end] of each quote."""
    suggestions: Mapped[list[str]] = mapped_column(JSON)
    created: Mapped[datetime] = mapped_column(DateTime, index=True)
    asked: Mapped[int | None] = mapped_column(BigInteger)
    """The message that asked it."""
    shown_first: Mapped[int | None] = mapped_column(BigInteger)
    shown: Mapped[list[int] | None] = mapped_column(JSON)
    """The messages that answer it, in order; the first one stands apart to be found by."""
    thread_id: Mapped[int | None] = mapped_column(BigInteger)
    """The topic of a forum; None for General and where there are no topics."""
    taken_from: Mapped[str | None] = mapped_column(String(32), index=True)
    """The turn of a group that was gone on with in private, maybe by somebody else than asked it.

    What is erased with that turn is this one too.
    """
    as_of: Mapped[date | None] = mapped_column(Date)
    """The day of the answer. None in rows of earlier versions."""
    replies_to: Mapped[int | None] = mapped_column(BigInteger)
    """The message that the question replied to."""
    file: Mapped[str | None] = mapped_column(String(64))
    """Data of the button that brings the answer as a file. None in rows of earlier versions."""


class Feedback(Base):
    """A vote on an answer, with the question it was about; without who voted."""

    __tablename__ = "feedback"
    answer_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_hash: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)
    asker_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    """Whose question it was: in a group others vote as well. None in rows of earlier versions."""
    vote: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str | None] = mapped_column(Text)
    question: Mapped[str] = mapped_column(Text)
    documents: Mapped[list[str]] = mapped_column(JSON)
    """Those that the answer cites. In rows of earlier versions all that were found."""
    created: Mapped[datetime] = mapped_column(DateTime, index=True)


class Vote(Base):
    """One press of a vote, or its reason: what `Feedback` has is the last of them."""

    __tablename__ = "votes"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    answer_id: Mapped[str] = mapped_column(String(32), index=True)
    user_hash: Mapped[str] = mapped_column(String(64), index=True)
    vote: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str | None] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(DateTime, index=True)


class Unanswered(Base):
    """A question that was not answered; equal ones are counted together."""

    __tablename__ = "unanswered"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    question: Mapped[str] = mapped_column(Text, unique=True)
    language: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str | None] = mapped_column(String(32))
    """Behind the status, when it was last asked. None in rows of earlier versions."""
    nearest: Mapped[list[str]] = mapped_column(JSON)
    times: Mapped[int] = mapped_column(Integer)
    created: Mapped[datetime] = mapped_column(DateTime, index=True)
    """When it was last asked."""
    closed: Mapped[datetime | None] = mapped_column(DateTime)
    """When staff were done with it; it is open again when it is asked after that."""
    closed_by: Mapped[str | None] = mapped_column(Text)
    """The document that answers it, without its language; "" if it is out of scope."""


class UnansweredBy(Base):
    """How often somebody asked a question in vain, for whoever wants to be forgotten."""

    __tablename__ = "unanswered_by"
    question_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    user_hash: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)
    times: Mapped[int] = mapped_column(Integer)


class Awaited(Base):
    """Somebody wants to be told when a question that had no answer has one."""

    __tablename__ = "awaited"
    question_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, index=True
    )
    created: Mapped[datetime] = mapped_column(DateTime)


class StaffAction(Base):
    """Who of the staff did what, and when."""

    __tablename__ = "staff_actions"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    user_id: Mapped[int] = mapped_column(BigInteger)
    action: Mapped[str] = mapped_column(String(32))
    detail: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(DateTime, index=True)


class Upload(Base):
    """A file that one of the staff sent for the corpus, while it is asked what it is."""

    __tablename__ = "uploads"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    user_id: Mapped[int] = mapped_column(BigInteger, index=True)
    name: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    digest: Mapped[str] = mapped_column(String(64))
    """Of the content: a message that is handled again after a crash brings no second one."""
    guesses: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What it seems to be, by question; see `bot.chat.upload_questions.Guesses`."""
    answers: Mapped[dict[str, str]] = mapped_column(JSON)
    """What was answered, by question; empty where it was skipped."""
    created: Mapped[datetime] = mapped_column(DateTime, index=True)


class Watcher(Base):
    """Somebody who watches something."""

    __tablename__ = "watchers"
    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(16))
    """Of their Telegram, for whoever chose none."""
    zone: Mapped[str] = mapped_column(String(64))
    looked_on: Mapped[date | None] = mapped_column(Date)
    """The last of their days for which it was found out what to send."""
    digested: Mapped[datetime] = mapped_column(DateTime)
    """What was new by then is not told any more."""
    asleep_since: Mapped[datetime | None] = mapped_column(DateTime)
    """They blocked the bot and have not written since."""


class Watch(Base):
    """A document whose days are watched, or a topic."""

    __tablename__ = "watches"
    id: Mapped[str] = mapped_column(String(8), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, index=True)
    letter: Mapped[str] = mapped_column(String(1))
    """Of the list that the document was found in; "" for a topic."""
    stem: Mapped[str] = mapped_column(Text)
    """Of the document; "" for a topic."""
    words: Mapped[str] = mapped_column(Text)
    """What lists are narrowed to for a topic; of a document the title."""
    lead_days: Mapped[int] = mapped_column(Integer)
    """How long before a day of the document to remind of it."""
    days: Mapped[list[str]] = mapped_column(JSON)
    """The days to come, as last told: what differs has been moved."""
    told: Mapped[list[str]] = mapped_column(JSON)
    """What the person was told about, as far as it may come up again."""
    created: Mapped[datetime] = mapped_column(DateTime)


class Notice(Base):
    """A message that is to be sent."""

    __tablename__ = "notices"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    user_id: Mapped[int] = mapped_column(BigInteger, index=True)
    text: Mapped[str] = mapped_column(Text)
    buttons: Mapped[list[list[str]]] = mapped_column(JSON)
    """[label, data], one below the other."""
    told: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    """What it tells of each watch, by id: due again if Telegram refuses the message."""
    is_begun: Mapped[bool] = mapped_column(Boolean)
    created: Mapped[datetime] = mapped_column(DateTime)


class KnownDocument(Base):
    """When a document was first in a served snapshot; nothing of any user."""

    __tablename__ = "known_documents"
    stem: Mapped[str] = mapped_column(Text, primary_key=True)
    since: Mapped[datetime] = mapped_column(DateTime)


class FirmProfile(Base):
    """What somebody says of their firm: codes to choose from, no words of theirs."""

    __tablename__ = "profiles"
    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    industry: Mapped[str] = mapped_column(String(32))
    province: Mapped[str] = mapped_column(String(8))
    direction: Mapped[str] = mapped_column(String(16))
    markets: Mapped[list[str]] = mapped_column(JSON)
    used: Mapped[datetime] = mapped_column(DateTime, index=True)
    """When it last ranked a list, to the day: what nobody uses is erased."""


class Installation(Base):
    """What all programs of one installation must have in common."""

    __tablename__ = "installation"
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class Minute(Base):
    """How much somebody sent in the last minute, where several programs count it together."""

    __tablename__ = "minutes"
    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    taken: Mapped[list[list[float]]] = mapped_column(JSON)
    """[when, weight], oldest first; when in seconds of the database's clock."""
    told: Mapped[float] = mapped_column(Float)
    """When they were told to wait."""
