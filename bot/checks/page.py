"""How checks went, as one page of HTML that needs no network: to read, pass on and print."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from bot.checks.last_run import Comparison
from bot.checks.report import Sums, missing, sums_by
from bot.checks.values import Check, CheckOutcome
from bot.dates import written
from bot.explaining import because, fate_of
from bot.page import Sum, html_page, html_text
from bot.texts import checks as sentence
from bot.texts import interface, remark, report
from index import PartialDate, Topic

_GROUPS = (("FAIL", "new"), ("WRONG", "new"), ("known", "known"), ("MENDED", "ok"), ("ok", "ok"))
"""Label, class on the page; what is to be looked at comes first."""
_OPEN = ("FAIL", "WRONG")


def page(
    outcomes: Sequence[CheckOutcome], comparison: Comparison, started: datetime, language: str
) -> str:
    """The page.

    Args:
        outcomes: What was run, at least one.
        comparison: With how they went last.
        started: When the run began.
        language: Of the page, BCP 47; all but Chinese is English.
    """
    return _Page(outcomes, language).html(comparison, started)


class _Page:
    """One run in one language."""

    def __init__(self, outcomes: Sequence[CheckOutcome], language: str) -> None:
        self._outcomes, self._language = outcomes, language
        self._t = partial(sentence, to=language)

    def html(self, comparison: Comparison, started: datetime) -> str:
        seconds = sum(outcome.answer.timings_ms.total for outcome in self._outcomes) / 1000
        about = self._t(
            "about",
            count=len(self._outcomes),
            made=f"{written(PartialDate.parse(started.date()), self._language)} {started:%H:%M}",
            seconds=f"{seconds:.1f}",
            snapshot=self._outcomes[0].answer.snapshot,
        )
        tables = f'<div class="tables">{"".join(self._tables())}</div>'
        body = self._changes(comparison) + tables + "".join(self._groups())
        sums = self._sums(Sums.of(self._outcomes))
        return html_page(self._t("title"), about, sums, body, language=self._language)

    def _sums(self, sums: Sums) -> list[Sum]:
        return [
            ("ok", sums.passed, self._t("passed")),
            ("known", sums.known, self._t("known")),
            ("new" if sums.new else "ok", sums.new, self._t("new")),
        ]

    def _changes(self, comparison: Comparison) -> str:
        rows = (
            ("check_newly_failing", "new", comparison.newly_failing),
            ("check_newly_passing", "ok", comparison.newly_passing),
        )
        return "".join(
            f'<p class="{kind}"><span class="label">'
            f"{html_text(interface(key, self._language, ids=', '.join(ids)))}</span></p>"
            for key, kind, ids in rows
            if ids
        )

    def _tables(self) -> Iterator[str]:
        for title, rows in sums_by(self._outcomes):
            body = "".join(
                f"<tr><td>{html_text(self._name(name))}</td><td>{passed}</td><td>{total}</td></tr>"
                for name, passed, total in rows
            )
            heads = (self._t(f"by_{title}"), self._t("passed"), self._t("of"))
            head = "".join(f"<th>{html_text(each)}</th>" for each in heads)
            yield f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _name(self, name: str) -> str:
        """Of a topic as people say it; languages and kinds as checks have them."""
        return interface(f"topic_{name}", self._language) if name in set(Topic) else name

    def _groups(self) -> Iterator[str]:
        for label, kind in _GROUPS:
            those = [outcome for outcome in self._outcomes if outcome.label == label]
            if those:
                yield f"<h2>{html_text(self._t(f'group_{label}', count=len(those)))}</h2>"
            for outcome in those:
                shown = " open" if label in _OPEN else ""
                check = outcome.check
                yield (
                    f'<details class="{kind}"{shown}><summary><span class="label">'
                    f"{html_text(check.id)}</span> <bdi>{html_text(check.question)}</bdi>"
                    f"</summary><dl>{''.join(self._facts(outcome))}</dl></details>"
                )

    def _facts(self, outcome: CheckOutcome) -> Iterator[str]:
        check, answer, language = outcome.check, outcome.answer, self._language
        fates = [f"{each}: {remark(fate_of(answer, each), language)}" for each in missing(outcome)]
        rows = (
            ("before", "\n".join(check.history)),
            ("wanted", self._wanted(check)),
            ("wrong", "\n".join(remark(each, language) for each in outcome.objections)),
            ("expected", check.expected_failure or ""),
            ("reason", because(answer, language)),
            ("uncited", "\n".join(fates) if outcome.faults else ""),
            ("cited", ", ".join(dict.fromkeys(each.document.stem for each in answer.citations))),
        )
        for key, text in rows:
            if text:
                yield f"<dt>{html_text(self._t(key))}</dt><dd>{html_text(text)}</dd>"
        day = written(PartialDate.parse(check.as_of), language)
        status = report(f"status_{answer.status}", language)
        heading = self._t("answer", status=status, day=day)
        yield f'<dt>{html_text(heading)}</dt><dd class="answer" dir="auto">'
        yield f"{html_text(answer.text)}</dd>"

    def _wanted(self, check: Check) -> str:
        """What a check demands, a line each."""
        rows = (
            ("want_status", " / ".join(check.status)),
            ("want_language", check.language),
            ("want_cite", ", ".join(check.cite)),
            ("want_cite_any", ", ".join(check.cite_any)),
            ("want_say", ", ".join(" / ".join(wanted) for wanted in check.say)),
            ("want_never_say", ", ".join(check.never_say)),
        )
        return "\n".join(self._t(key, value=text) for key, text in rows if text)
