"""Asks two snapshots the same, and finds where the answers differ.

All checks are asked, not only those that found a changed document: with each document the
statistics change that every question is ranked and judged by, and a gate must not guess. Half of
the time is saved instead: a sentence that both snapshots hold is read once.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from bot.answers.answerer import Answerer
from bot.answers.values import Answer
from bot.checks.running import run_checks
from bot.checks.values import FAILURES, PASSES, Check, CheckOutcome
from bot.review.values import Difference, Review, Verdict
from index import Progress, Reader, Retriever, Snapshot
from index.comparing import compare_snapshots
from index.due import HORIZONS, DueReason, what_is_due
from index.reader import Probabilities

_ENDS = (DueReason.EXPIRES, DueReason.ENDS)
_ORDER = list(Verdict)


class ReadsOnce:
    """A reader that reads a sentence to a question once, however often it is asked to."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[tuple[str, str], float] = {}
        self.name = reader.name
        self.knows_conversations = reader.knows_conversations
        self.reads_across_languages = reader.reads_across_languages

    def score(self, question: str, texts: Sequence[str]) -> Probabilities:
        new = [text for text in dict.fromkeys(texts) if (question, text) not in self._known]
        if new:
            scores = self._reader.score(question, new)
            self._known |= {(question, t): float(s) for t, s in zip(new, scores, strict=True)}
        return np.array([self._known[question, text] for text in texts], np.float32)

    def forget(self) -> None:
        """What was read for one question helps no other."""
        self._known.clear()


def review(
    served: Answerer,
    candidate: Snapshot,
    checks: Sequence[Check],
    asked: Sequence[Sequence[str]],
    *,
    progress: Progress,
    today: date,
    known: Sequence[Difference] | None = None,
) -> Review:
    """Compare what is served with what may be served next.

    Args:
        served: Answers from the one.
        candidate: The other.
        checks: Each is asked on the day it names.
        asked: What people asked: each with what they asked before it, oldest first.
        progress: Told how many questions are asked, of how many.
        today: The day on which those are asked.
        known: How the checks differ, if they were asked of these two before.

    Raises:
        EncoderMismatchError: They were built with different encoders.
    """
    reader = ReadsOnce(served.reader)
    before = served.over(served.retriever, served.glossary, reader)
    other = Retriever(candidate, served.retriever.encoder)
    after = served.over(other, candidate.glossary, reader)
    differences: list[Difference | None] = list(known or ())
    to_ask = checks if known is None else ()
    total = len(to_ask) + len(asked)
    for done, check in enumerate(to_ask, 1):
        differences.append(_of_check(*(run_checks([check], each)[0] for each in (before, after))))
        reader.forget()
        progress(done, total)
    for done, conversation in enumerate(asked, len(to_ask) + 1):
        *history, question = conversation
        differences.append(
            _of_question(
                before.answer(question, today=today, history=history),
                after.answer(question, today=today, history=history),
                history,
            )
        )
        reader.forget()
        progress(done, total)
    found = what_is_due(candidate.documents.values(), today, HORIZONS[-1])
    due = [each for each in found if each.reason in _ENDS]
    return Review(
        candidate=candidate.manifest.snapshot_id,
        served=served.retriever.snapshot.manifest.snapshot_id,
        changes=compare_snapshots(served.retriever.snapshot, candidate),
        differences=sorted(filter(None, differences), key=lambda d: _ORDER.index(d.verdict)),
        checks=len(checks),
        questions=len(asked),
        due=due,
        titles={each.stem: _title(candidate, each.stem) for each in due},
    )


def _title(candidate: Snapshot, stem: str) -> str:
    """As staff read it, in Chinese where there is such a version."""
    document = candidate.version(stem, "zh")
    return document.metadata.title if document else stem


def _of_check(before: CheckOutcome, after: CheckOutcome) -> Difference | None:
    verdict = _verdict(before, after)
    if verdict is Verdict.CHECK and _is_same(before.answer, after.answer):
        return None
    return Difference(
        verdict=verdict,
        before=before.answer,
        after=after.answer,
        history=after.check.history,
        check=after.check.id,
        faults=after.objections,
    )


def _verdict(before: CheckOutcome, after: CheckOutcome) -> Verdict:
    """A check that is expected to fail breaks nothing."""
    if before.label in PASSES and after.label in FAILURES:
        return Verdict.BREAKS
    if before.label not in PASSES and after.label in PASSES:
        return Verdict.MENDS
    return Verdict.CHECK


def _of_question(before: Answer, after: Answer, history: Sequence[str]) -> Difference | None:
    if _is_same(before, after):
        return None
    return Difference(verdict=Verdict.QUESTION, before=before, after=after, history=tuple(history))


def _is_same(one: Answer, other: Answer) -> bool:
    return (one.status, one.text, quotes_of(one)) == (other.status, other.text, quotes_of(other))


def quotes_of(answer: Answer) -> list[tuple[str, str]]:
    """(document id, quote) of each citation."""
    return [(citation.document.id, citation.quote) for citation in answer.citations]


def due_by_days(review_of: Review, today: date) -> Mapping[int, int]:
    """How much expires or ends within so many days."""
    return {
        days: sum(due.day <= today + timedelta(days) for due in review_of.due) for days in HORIZONS
    }
