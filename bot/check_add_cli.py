"""The command `smebot check add`."""

import hashlib
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.errors import InputError
from index.terminal import EXIT_DONE, say

if TYPE_CHECKING:
    from bot.answers.answerer import Answerer
    from bot.checks.adding import Asked, Expected
    from bot.settings import BotSettings

_ANSWER_ID = re.compile(r"[0-9a-f]{16}(?:[0-9a-f]{16})?")


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is to become a check."""

    asked: "Asked"
    status: str
    quoted: Sequence[Sequence[Any]]
    """[document id, start, end] of each quote."""
    text: str
    is_disliked: bool = False


def add(
    subject: Annotated[
        str, typer.Argument(metavar="ANSWER_ID|QUESTION", help="As /feedback shows it, or asked.")
    ],
    document: Annotated[
        list[str] | None,
        typer.Option(help="TOPIC/NAME that must be cited; may be repeated."),
    ] = None,
    not_held: Annotated[
        bool, typer.Option("--not-in-documents", help="It must say that it has no answer.")
    ] = False,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of", formats=["%Y-%m-%d"], help="Day of a question; today if left out."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
) -> int:
    """Make a check of an answer that was given, or of a question; shown before it is written."""
    from bot.app import make_answerer, read_settings, today
    from bot.checks import adding

    if document and not_held:
        raise typer.BadParameter("give either --document or --not-in-documents")
    settings = read_settings()
    answerer = make_answerer(settings)
    day = as_of.date() if as_of else today()
    found = (
        _kept(settings, subject[:16])
        if _ANSWER_ID.fullmatch(subject)
        else _asked_now(answerer, subject, day)
    )
    expected = _expected(found, answerer, document or (), not_held=not_held)
    check = adding.draft(found.asked, expected, answerer)
    path = adding.path_of(found.asked.answer_id, settings.check_dirs)
    print(adding.written(check), end="")
    if not yes:
        if not sys.stdin.isatty():
            raise typer.BadParameter("--yes is needed where nobody can be asked")
        if not typer.confirm(f"Write it to {path}?", err=True):
            say("nothing was written")
            return EXIT_DONE
    print(f"written: {adding.add(check, found.asked.answer_id, settings.check_dirs)}")
    return EXIT_DONE


def _kept(settings: "BotSettings", answer_id: str) -> _Subject:
    """An answer that the bot gave to somebody, from its database."""
    from bot.checks.adding import Asked
    from bot.store import Store

    if not settings.has_database:
        raise InputError(
            f"{settings.database_file}: no such file: the bot has not answered anybody here yet"
        )
    store = Store.of(settings)
    try:
        kept = store.answers.get(answer_id)
        if kept is None:
            raise InputError(
                f"no answer {answer_id} is kept: it is mistyped, erased, or older than "
                f"{settings.retention_days} days"
            )
        asked = Asked(
            answer_id=kept.answer_id,
            question=kept.question,
            history=store.answers.history_of(kept),
            language=kept.language,
            as_of=kept.as_of,
        )
        is_disliked = store.answers.is_disliked(answer_id)
        return _Subject(asked, kept.status, kept.citations, kept.text, is_disliked)
    finally:
        store.close()


def _asked_now(answerer: "Answerer", question: str, day: date) -> _Subject:
    """The answer of this moment; the same question has the same check."""
    from bot.checks.adding import Asked

    answer = answerer.answer(question, today=day)
    asked = Asked(
        answer_id=hashlib.sha256(question.encode()).hexdigest(),
        question=question,
        history=(),
        language=answer.language,
        as_of=day,
    )
    quoted = [(each.document.id, each.start, each.end) for each in answer.citations]
    return _Subject(asked, answer.status, quoted, answer.text)


def _expected(
    found: _Subject, answerer: "Answerer", cite: Sequence[str], *, not_held: bool
) -> "Expected":
    from bot.answers.reasons import AnswerStatus
    from bot.checks.adding import Expected, as_answered

    if not_held:
        return Expected(status=AnswerStatus.NOT_IN_DOCUMENTS)
    if cite:
        known = answerer.retriever.version(cite[0], found.asked.language)
        topic = known.metadata.topic if known else None
        return Expected(status=AnswerStatus.ANSWERED, cite=cite, topic=topic)
    if found.is_disliked:
        raise InputError(
            f"answer {found.asked.answer_id} has a 👎: name what it should cite with --document "
            "TOPIC/NAME, or say --not-in-documents"
        )
    documents = answerer.retriever.snapshot.documents
    return as_answered(found.status, found.quoted, found.text, documents)
