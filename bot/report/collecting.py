"""Gathers what a report tells of: from the database, the served documents and the checks."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

from bot.answers.reasons import AnswerStatus, Reason
from bot.checks.history import earlier_runs
from bot.checks.last_run import LastRun
from bot.report.values import Asked, InVain, Material, Voted
from bot.store import Store
from bot.store.answers import KeptAnswer
from index import Document, Snapshot

_ALL = 1_000_000


def collect(
    store: Store, snapshot: Snapshot, data_dir: Path, *, now: datetime, days: int, language: str
) -> Material:
    """The material of a report.

    Args:
        store: What was asked and voted.
        snapshot: The documents that are served.
        data_dir: Where the runs of the checks are kept.
        now: The time where staff are.
        days: How far back, today included; no longer than questions are kept.
        language: Of the report.

    Raises:
        StoreError: The database cannot be read.
    """
    first = now.date() - timedelta(days - 1)
    since = _utc(first, now.tzinfo)
    return Material(
        first=first,
        last=now.date(),
        asked=tuple(_asked(row, snapshot, now) for row in store.answers.since(since)),
        in_vain=tuple(
            InVain(
                question=row.question,
                language=row.language,
                reason=_reason(row.reason),
                nearest=tuple(row.nearest),
                times=row.times,
                last=_day(row.created, now),
            )
            for row in store.unanswered(_ALL, since)
        ),
        votes=tuple(
            Voted(
                answer_id=row.answer_id,
                question=row.question,
                vote=row.vote,
                reason=row.reason or "",
            )
            for row in store.feedback(_ALL, since)
        ),
        documents=tuple(snapshot.in_language(language)),
        runs=tuple(run for run in earlier_runs(data_dir) if run.at.date() >= first),
        failing=tuple(sorted(LastRun(data_dir).failed())),
        snapshot=snapshot.manifest.snapshot_id,
    )


def _asked(row: KeptAnswer, snapshot: Snapshot, now: datetime) -> Asked:
    return Asked(
        answer_id=row.answer_id,
        day=_day(row.created, now),
        question=row.question,
        language=row.language,
        status=AnswerStatus(row.status),
        reason=_reason(row.reason),
        cited=_stems(row.cited, snapshot.documents),
    )


def _stems(cited: list[str], documents: Mapping[str, Document]) -> tuple[str, ...]:
    """Of those that are still served."""
    return tuple(dict.fromkeys(documents[each].stem for each in cited if each in documents))


def _reason(name: str | None) -> Reason | None:
    return Reason(name) if name in set(Reason) else None


def _day(created: datetime, now: datetime) -> date:
    """The day of a time of the database, where staff are; today if the clock was set back."""
    return min(created.replace(tzinfo=UTC).astimezone(now.tzinfo), now).date()


def _utc(day: date, zone: tzinfo | None) -> datetime:
    """The beginning of a day where staff are, as the database writes times."""
    begin = datetime(day.year, day.month, day.day, tzinfo=zone)
    return begin.astimezone(UTC).replace(tzinfo=None)
