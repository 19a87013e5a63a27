"""A review as one page of HTML: what would break first, old and new answers side by side."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.answers.values import Answer
from bot.page import Sum, html_page, html_text
from bot.review.report import HEADINGS, documents_of
from bot.review.report import sums as lines_of_sums
from bot.review.values import Difference, Review, Verdict

_CLASSES = {
    Verdict.BREAKS: "new",
    Verdict.MENDS: "ok",
    Verdict.CHECK: "known",
    Verdict.QUESTION: "known",
}
_SIGNS = {"+": "added", "~": "changed", "-": "removed"}


def page(review: Review, made: datetime) -> str:
    """The page.

    Args:
        review: What it shows.
        made: When; its day is that of what expires.
    """
    about = (
        f"{review.candidate} instead of {review.served}, {made:%Y-%m-%d %H:%M %Z}. "
        "People's questions are shown as they are stored: masked, without who asked."
    )
    body = "".join(
        (
            _list("Errors of the corpus", "new", review.changes.errors),
            *_differences(review),
            _documents(review),
            _list("Expiring", "known", [str(due) for due in review.due]),
            _list("Warnings of the corpus", "known", review.changes.warnings),
            _list("In numbers", "", lines_of_sums(review, made.date())),
        )
    )
    return html_page("What publishing would change", about, _sums(review), body)


def _sums(review: Review) -> Iterator[Sum]:
    documents = review.changes.documents
    blocking = len(review.changes.errors) + len(review.broken)
    otherwise = len(review.differences) - len(review.broken)
    yield ("new" if blocking else "ok", blocking, "against publishing")
    yield ("known", otherwise, "more answers that differ")
    for name in _SIGNS.values():
        yield ("", len(getattr(documents, name)), f"documents {name}")


def _list(heading: str, kind: str, rows: Sequence[str]) -> str:
    if not rows:
        return ""
    items = "".join(f"<li>{html_text(row)}</li>" for row in rows)
    return f'<h2 class="{kind}"><span class="label">{heading}</span></h2><ul>{items}</ul>'


def _documents(review: Review) -> str:
    rows = "".join(
        f"<tr><td>{html_text(identity)}<br><bdi>{html_text(title)}</bdi></td>"
        f"<td>{_SIGNS[sign]}</td></tr>"
        for sign, identity, title in documents_of(review)
    )
    head = "<thead><tr><th>Document</th><th></th></tr></thead>"
    return f"<h2>Documents</h2><table>{head}<tbody>{rows}</tbody></table>" if rows else ""


def _differences(review: Review) -> Iterator[str]:
    for verdict, heading in HEADINGS.items():
        found = review.of(verdict)
        if found:
            yield f"<h2>{html_text(heading)} ({len(found)})</h2>"
        for difference in found:
            yield _one(difference)


def _one(difference: Difference) -> str:
    kind = _CLASSES[difference.verdict]
    shown = " open" if difference.verdict is Verdict.BREAKS else ""
    name = f'<span class="label">{html_text(difference.check)}</span> ' if difference.check else ""
    question = f"<bdi>{html_text(difference.after.question)}</bdi>"
    return (
        f'<details class="{kind}"{shown}><summary>{name}{question}</summary>'
        f"<dl>{''.join(_facts(difference))}</dl>"
        f'<div class="pair">{_answer("Now", difference.before)}'
        f"{_answer('After publishing', difference.after)}</div></details>"
    )


def _facts(difference: Difference) -> Iterator[str]:
    rows = (
        ("Asked before", "\n".join(difference.history)),
        ("What would be wrong", difference.faults),
    )
    yield from (f"<dt>{name}</dt><dd>{html_text(text)}</dd>" for name, text in rows if text)


def _answer(when: str, answer: Answer) -> str:
    cited = ", ".join(dict.fromkeys(citation.document.id for citation in answer.citations))
    return (
        f"<div><b>{when}: {html_text(answer.status)}</b>"
        f'<div class="soft">{html_text(cited)}</div>'
        f'<div class="answer" dir="auto">{html_text(answer.text)}</div></div>'
    )
