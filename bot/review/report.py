"""A review in the terminal, and for programs."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from bot.answers.values import Answer
from bot.review.asking import due_by_days, quotes_of
from bot.review.values import WEEK_DAYS, Difference, Review, Verdict
from index import Remark

_SIGNS = (("+", "added"), ("~", "changed"), ("-", "removed"))
HEADINGS = {
    Verdict.BREAKS: "Checks that pass now and would fail",
    Verdict.MENDS: "Checks that fail now and would pass",
    Verdict.CHECK: "Checks that would be answered otherwise",
    Verdict.QUESTION: f"Questions of the last {WEEK_DAYS} days that would be answered otherwise",
}
_QUOTE_CHARS = 160


def documents_of(review: Review) -> Iterator[tuple[str, str, str]]:
    """(+, ~ or -, id, title) of each document that differs."""
    for sign, name in _SIGNS:
        for identity in getattr(review.changes.documents, name):
            yield sign, identity, review.changes.titles[identity]


def sums(review: Review, today: date) -> list[str]:
    """What there is in numbers, a line each."""
    changes = review.changes
    counts = {verdict: len(review.of(verdict)) for verdict in Verdict}
    expiring = ", ".join(f"{n} within {days}" for days, n in due_by_days(review, today).items())
    return [
        f"documents: {changes.documents}",
        f"passages: {changes.embedded} embedded, {changes.reused} reused, "
        f"{changes.dropped} dropped",
        f"corpus check: {len(changes.errors)} errors, {len(changes.warnings)} warnings",
        f"checks: {review.checks} asked, {counts[Verdict.BREAKS]} would break, "
        f"{counts[Verdict.MENDS]} would pass again, {counts[Verdict.CHECK]} answered otherwise",
        f"questions of the last {WEEK_DAYS} days: {review.questions} asked, "
        f"{counts[Verdict.QUESTION]} answered otherwise",
        f"expiring: {expiring} days",
    ]


def lines(review: Review, today: date) -> Iterator[str]:
    """The review for the terminal: documents, answers side by side, what expires, numbers last."""
    yield f"{review.candidate} instead of {review.served}"
    for sign, identity, title in documents_of(review):
        yield f"{sign} {identity}  {title}"
    for verdict, heading in HEADINGS.items():
        differences = review.of(verdict)
        if differences:
            yield f"\n{heading}:"
        for difference in differences:
            yield from _lines_of_one(difference)
    if review.due:
        yield "\nExpiring:"
        yield from map(str, review.due)
    yield ""
    yield from sums(review, today)


def _lines_of_one(difference: Difference) -> Iterator[str]:
    asked = " » ".join((*difference.history, difference.after.question))
    yield f"{difference.check or '-'}  {asked}"
    for when, answer in (("now", difference.before), ("then", difference.after)):
        yield f"  {when:5}{answer.status}"
        for citation in answer.citations:
            quote = " ".join(citation.quote.split())
            yield f"       {citation.document.id}: {shortened(quote)}"
    before, after = difference.before, difference.after
    if (before.status, quotes_of(before)) == (after.status, quotes_of(after)):
        yield "  only what stands around the quotes differs: `--html` and `--json` show it"
    if difference.verdict is Verdict.BREAKS:
        yield f"  wrong: {_said(difference.faults)}"


def _said(remarks: Sequence[Remark]) -> str:
    return "; ".join(map(str, remarks))


def shortened(text: str) -> str:
    """A quote as one line has room for it."""
    return text if len(text) <= _QUOTE_CHARS else text[: _QUOTE_CHARS - 1].rstrip() + "…"


def as_json(review: Review, today: date) -> dict[str, Any]:
    """The review for programs."""
    changes = review.changes
    return {
        "candidate": review.candidate,
        "served": review.served,
        "documents": {name: list(getattr(changes.documents, name)) for _, name in _SIGNS},
        "passages": {
            "embedded": changes.embedded,
            "reused": changes.reused,
            "dropped": changes.dropped,
        },
        "errors": [str(error) for error in changes.errors],
        "warnings": [str(warning) for warning in changes.warnings],
        "asked": {"checks": review.checks, "questions": review.questions},
        "blocked_by": [str(objection) for objection in review.against],
        "differences": [_one_as_json(difference) for difference in review.differences],
        "expiring": [
            {"day": due.day.isoformat(), "document": due.stem, "why": due.reason, "what": due.what}
            for due in review.due
        ],
        "expiring_within_days": due_by_days(review, today),
    }


def _one_as_json(difference: Difference) -> dict[str, Any]:
    return {
        "verdict": difference.verdict,
        "check": difference.check or None,
        "history": list(difference.history),
        "question": difference.after.question,
        "as_of": difference.after.as_of.isoformat(),
        "faults": _said(difference.faults) or None,
        "before": _answer_as_json(difference.before),
        "after": _answer_as_json(difference.after),
    }


def _answer_as_json(answer: Answer) -> dict[str, Any]:
    quotes = [{"document": name, "quote": quote} for name, quote in quotes_of(answer)]
    return {"status": answer.status, "text": answer.text, "quotes": quotes}
