"""A review as one page of HTML: what would break first, old and new answers side by side."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial

from bot.answers.values import Answer
from bot.dates import written
from bot.page import Sum, html_page, html_text
from bot.review.asking import due_by_days, quotes_of
from bot.review.report import documents_of
from bot.review.values import WEEK_DAYS, Difference, Review, Verdict
from bot.texts import in_script_of, remark, remarks, report
from bot.texts import review as sentence
from index import PartialDate, Remark
from index.due import HORIZONS

_CLASSES = {
    Verdict.BREAKS: "new",
    Verdict.MENDS: "ok",
    Verdict.CHECK: "known",
    Verdict.QUESTION: "known",
}
_SIGNS = {"+": ("ok", "added"), "~": ("known", "changed"), "-": ("new", "removed")}
"""Class on the page, name."""
_STYLE = """
section { margin-top: 2rem; } section h2 { margin-top: 0; }
.pair > div { min-width: 0; } .pair .label { color: var(--text); }
.answer { margin-top: .35rem; } .then { border-inline-start: 3px solid var(--known); }
.new .then { border-color: var(--bad); } .ok .then { border-color: var(--good); }
.wrong { color: var(--bad); margin: .35rem 0; }
.dates td:first-child { white-space: nowrap; width: 9rem; vertical-align: top; }
.dates td:nth-child(2) { text-align: start; white-space: normal; }
code { font-size: .875em; color: var(--soft); }
"""


def page(review: Review, made: datetime, language: str) -> str:
    """The page.

    Args:
        review: What it shows.
        made: When; its day is that of what expires.
        language: Of the page, BCP 47; all but Chinese is English.
    """
    return _Page(review, made, language).html()


class _Page:
    """One review in one language."""

    def __init__(self, review: Review, made: datetime, language: str) -> None:
        self._review, self._made, self._language = review, made, language
        self._t = partial(sentence, to=language)

    def html(self) -> str:
        review, made = self._review, self._made
        about = self._t(
            "about",
            candidate=review.candidate,
            served=review.served,
            made=f"{self._day(made.date())} {made:%H:%M}",
        )
        sections = (
            self._remarks("errors", "new", review.changes.errors),
            *map(self._differences, Verdict),
            self._documents(),
            self._due(),
            self._remarks("warnings", "known", review.changes.warnings),
            self._numbers(),
            f'<p class="soft">{html_text(self._t("privacy"))}</p>',
        )
        body = "".join(sections)
        title = self._t("title")
        return html_page(title, about, self._sums(), body, language=self._language, style=_STYLE)

    def _sums(self) -> Iterator[Sum]:
        blocking = len(self._review.against)
        otherwise = len(self._review.differences) - len(self._review.broken)
        yield ("new" if blocking else "ok", blocking, self._t("sum_against"))
        yield ("known", otherwise, self._t("sum_others"))
        for _, name in _SIGNS.values():
            count = len(getattr(self._review.changes.documents, name))
            yield ("", count, self._t(f"sum_{name}"))

    def _remarks(self, key: str, kind: str, remarks: Sequence[Remark]) -> str:
        rows = [html_text(remark(each, self._language)) for each in remarks]
        return _section(self._t(key, count=len(rows)), _listed(rows), kind)

    def _differences(self, verdict: Verdict) -> str:
        found = self._review.of(verdict)
        heading = self._t(verdict, count=len(found), days=WEEK_DAYS)
        kind = _CLASSES[verdict]
        return _section(heading, "".join(map(self._difference, found)), kind)

    def _difference(self, difference: Difference) -> str:
        verdict = difference.verdict
        shown = " open" if verdict is Verdict.BREAKS else ""
        name = f"<code>{html_text(difference.check)}</code>" if difference.check else ""
        question = f'<bdi class="label">{html_text(difference.after.question)}</bdi>'
        pair = self._answer("now", difference.before) + self._answer("then", difference.after)
        return (
            f'<details class="{_CLASSES[verdict]}"{shown}><summary>{question} {name}</summary>'
            f'{self._facts(difference)}<div class="pair">{pair}</div></details>'
        )

    def _facts(self, difference: Difference) -> str:
        faults = remarks(difference.faults, self._language)
        questions = " / ".join(difference.history)
        before, after = difference.before, difference.after
        is_same = (before.status, quotes_of(before)) == (after.status, quotes_of(after))
        rows = (
            ("soft", questions and self._t("before", questions=questions)),
            ("wrong", faults and self._t("wrong", faults=faults)),
            ("soft", self._t("same_quotes") if is_same else ""),
        )
        return "".join(f'<p class="{kind}">{html_text(row)}</p>' for kind, row in rows if row)

    def _answer(self, when: str, answer: Answer) -> str:
        status = self._t(when, status=report(f"status_{answer.status}", self._language))
        documents = {each.document.id: each.document for each in answer.citations}
        titles = (self._title(each.metadata.title) for each in documents.values())
        return (
            f'<div><span class="label">{html_text(status)}</span>'
            f'<div class="answer {when}" dir="auto">{html_text(answer.text)}</div>'
            f'<div class="soft">{html_text(" / ".join(titles))}</div></div>'
        )

    def _documents(self) -> str:
        found = list(documents_of(self._review))
        rows = "".join(
            f'<tr class="{kind}"><td><bdi>{html_text(self._title(title))}</bdi><br>'
            f"<code>{html_text(identity)}</code></td>"
            f'<td><span class="label">{html_text(self._t(name))}</span></td></tr>'
            for sign, identity, title in found
            for kind, name in [_SIGNS[sign]]
        )
        table = f"<table><tbody>{rows}</tbody></table>" if rows else ""
        return _section(self._t("documents", count=len(found)), table)

    def _due(self) -> str:
        rows = "".join(
            f"<tr><td>{html_text(self._day(due.day))}</td>"
            f"<td>{html_text(self._title(self._review.titles.get(due.stem, due.stem)))}<br>"
            f'<span class="soft">{html_text(why)}</span></td></tr>'
            for due in self._review.due
            for why in [report(f"due_{due.reason}", self._language, what=due.what)]
        )
        table = f'<table class="dates"><tbody>{rows}</tbody></table>' if rows else ""
        heading = self._t("due", days=HORIZONS[-1], count=len(self._review.due))
        return _section(heading, table)

    def _numbers(self) -> str:
        review, t = self._review, self._t
        changes = review.changes
        counts = {str(verdict): len(review.of(verdict)) for verdict in Verdict}
        soon, later, latest = due_by_days(review, self._made.date()).values()
        rows = (
            t(
                "passages",
                embedded=changes.embedded,
                reused=changes.reused,
                dropped=changes.dropped,
            ),
            t(
                "asked_checks",
                count=review.checks,
                breaks=counts[Verdict.BREAKS],
                mends=counts[Verdict.MENDS],
                others=counts[Verdict.CHECK],
            ),
            t(
                "asked_questions",
                days=WEEK_DAYS,
                count=review.questions,
                others=counts[Verdict.QUESTION],
            ),
            t("due_soon", soon=soon, later=later, latest=latest),
        )
        return _section(t("numbers"), _listed([html_text(row) for row in rows]))

    def _title(self, title: str) -> str:
        return in_script_of(self._language, title)

    def _day(self, day: date) -> str:
        return written(PartialDate.parse(day), self._language)


def _section(heading: str, content: str, kind: str = "") -> str:
    """A part of the page; nothing where there is nothing to show."""
    if not content:
        return ""
    title = f'<h2 class="{kind}"><span class="label">{html_text(heading)}</span></h2>'
    return f"<section>{title}{content}</section>"


def _listed(rows: Sequence[str]) -> str:
    """Rows of HTML as a list."""
    items = "".join(f"<li>{row}</li>" for row in rows)
    return f"<ul>{items}</ul>" if items else ""
