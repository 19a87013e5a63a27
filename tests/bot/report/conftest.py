"""What tests of the report need: questions, votes and documents that are sound unless given."""

import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from bot.answers.reasons import AnswerStatus
from bot.report.page import page
from bot.report.values import Asked, InVain, Material
from bot.store import Store
from bot.store.answers import KeptAnswer
from bot.store.models import Turn

TODAY = date(2026, 2, 15)
NOW = datetime(2026, 2, 15, 9, 30, tzinfo=UTC)
_numbers = itertools.count()


def asked_question(**keys: object) -> Asked:
    """A question of today that was answered."""
    values = {
        "answer_id": f"a{next(_numbers)}",
        "day": TODAY,
        "question": "How many booths has the tea fair?",
        "language": "en",
        "status": AnswerStatus.ANSWERED,
        "reason": None,
        "cited": (),
    }
    return Asked(**values | keys)


def question_in_vain(question: str, **keys: object) -> InVain:
    """A question of today that was asked once and had no answer."""
    values = {"language": "en", "reason": None, "nearest": (), "times": 1, "last": TODAY}
    return InVain(question=question, **values | keys)


def material_of(**keys: object) -> Material:
    """What a report of a month tells of; nothing unless given."""
    values = {
        "first": date(2026, 1, 17),
        "last": TODAY,
        "asked": (),
        "in_vain": (),
        "votes": (),
        "documents": (),
        "runs": (),
        "failing": (),
        "snapshot": "20260215T000000000000-0badcafe",
    }
    return Material(**values | keys)


@pytest.fixture(scope="session")
def page_of() -> Callable[..., str]:
    """`page_of(language="en", asked=..., ...)`: the page of some material."""

    def make(language: str = "en", **keys: object) -> str:
        return page(material_of(**keys), now=NOW, language=language, retention_days=90)

    return make


@pytest.fixture
def store():
    """An empty database in memory."""
    store = Store(None)
    yield store
    store.close()


def keep(store: Store, answer_id: str, created: datetime, **keys: object) -> Turn:
    """Store a question and its answer, as the bot does; times are UTC, without a zone."""
    turn = {
        "chat_id": 4711,
        "user_id": 4711,
        "question": "How many booths has the tea fair?",
        "language": "en",
        "status": "answered",
        "passages": [],
        "citations": [],
        "suggestions": [],
    }
    turn |= {key: value for key, value in keys.items() if key != "reason"}
    answer = {
        "reason": keys.get("reason", "answered"),
        "text": "Booths.",
        "as_of": TODAY,
        "snapshot": "20260215T000000000000-0badcafe",
        "digest": {},
    }
    answer |= {key: turn[key] for key in ("language", "status", "citations")}
    asked = Turn(answer_id=answer_id, created=created, **turn)
    store.add_turn(asked, KeptAnswer(answer_id=answer_id, created=created, **answer))
    return asked
