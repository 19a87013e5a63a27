"""What `/reindex` ends with: the review in short, all of it as a page, and what to do with it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from bot.chat.replies import Button, File, Reply, plain
from bot.chat.rich_text import RichText
from bot.review.asking import due_by_days
from bot.review.page import page
from bot.review.values import Review, Verdict
from bot.texts import interface, remark
from index import BuildReport, Remark
from index.errors import PublicationBlockedError

_NAMED = 6
_LISTED = 3
_LINE_CHARS = 120
"""The report stands below a file, where Telegram has little room; all of it is in the file."""


def report_of(
    report: BuildReport,
    review: Review | None,
    corpus_dirs: Sequence[Path],
    names: Mapping[str, str],
    language: str,
    *,
    made: datetime,
) -> Reply:
    """What a build did and would change, with buttons to publish or discard it.

    Args:
        report: Of the build.
        review: Of what it made; None where nothing could be compared.
        corpus_dirs: Documents are named within these.
        names: What those who build are called.
        language: Of the reply.
        made: When; its day is that of what expires.
    """
    lines = list(_lines_of_build(report, corpus_dirs, names, language))
    if not report.is_new:
        return plain("\n".join(lines))
    if review:
        lines += _lines_of_review(review, made.date(), language)
    snapshot = report.manifest.snapshot_id
    is_blocked = report.errors or report.objections
    publish = _publish_anyway(snapshot, language) if is_blocked else _publish(snapshot, language)
    discard = Button(interface("discard_button", language), f"drop:{snapshot}")
    file = File("review.html", page(review, made, language).encode()) if review else None
    return Reply(text=RichText("\n".join(lines)), rows=((publish,), (discard,)), file=file)


def blocked(error: PublicationBlockedError, corpus_dirs: Sequence[Path], language: str) -> Reply:
    """What speaks against a publication, and a button to give a reason for it."""
    lines = [
        interface("publish_blocked", language, count=len(error.objections)),
        *_listed(error.objections, corpus_dirs, language),
    ]
    return plain("\n".join(lines), ((_publish_anyway(error.snapshot, language),),))


def _publish(snapshot: str, language: str) -> Button:
    return Button(interface("publish_button", language), f"p:{snapshot}")


def _publish_anyway(snapshot: str, language: str) -> Button:
    return Button(interface("publish_anyway_button", language), f"force:{snapshot}")


def _lines_of_build(
    report: BuildReport, corpus_dirs: Sequence[Path], names: Mapping[str, str], language: str
) -> Iterator[str]:
    unfinished = report.unfinished
    if unfinished:
        by = names.get(unfinished.by) or unfinished.by
        yield interface("reindex_resumed", language, by=by, since=unfinished.since)
    changes = report.changes
    yield interface(
        "reindex_done" if report.is_new else "reindex_unchanged",
        language,
        snapshot=report.manifest.snapshot_id,
        added=len(changes.added),
        changed=len(changes.changed),
        removed=len(changes.removed),
        encoded=report.encoded,
    )
    unsound = report.errors[len(report.problems) :]
    unread = report.errors[: len(report.problems)]
    for key, found in (("reindex_problems", unread), ("reindex_errors", unsound)):
        if found:
            yield interface(key, language, count=len(found))
            yield from _listed(found, corpus_dirs, language)


def _listed(errors: Sequence[Remark], corpus_dirs: Sequence[Path], language: str) -> Iterator[str]:
    """The first ones, a line each; a document is named within its corpus."""
    for error in errors[:_LISTED]:
        text = remark(error, language)
        for directory in corpus_dirs:
            text = text.removeprefix(f"{directory}/")
        yield f"· {text if len(text) <= _LINE_CHARS else text[: _LINE_CHARS - 1] + '…'}"
    if len(errors) > _LISTED:
        yield interface("and_more", language, count=len(errors) - _LISTED)


def _lines_of_review(review: Review, today: date, language: str) -> Iterator[str]:
    changes = review.changes
    yield interface(
        "review_passages",
        language,
        embedded=changes.embedded,
        reused=changes.reused,
        dropped=changes.dropped,
    )
    broken = [difference.check for difference in review.of(Verdict.BREAKS)]
    if broken:
        more = f" … +{len(broken) - _NAMED}" if len(broken) > _NAMED else ""
        names = ", ".join(broken[:_NAMED]) + more
        yield interface("review_breaks", language, count=len(broken), ids=names)
    asked, others = review.checks + review.questions, len(review.differences) - len(broken)
    yield interface("review_others", language, asked=asked, count=others)
    soon, later, latest = due_by_days(review, today).values()
    if latest:
        yield interface("review_due", language, soon=soon, later=later, latest=latest)
