"""How checks went, as one page of HTML that needs no network: to read, pass on and print."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.checks.last_run import Comparison
from bot.checks.report import Sums, missing, said_of, sums_by
from bot.checks.values import Check, CheckOutcome
from bot.explaining import because, fate_of
from bot.page import Sum, html_page, html_text

_GROUPS = (
    ("FAIL", "new", "Failed"),
    ("WRONG", "new", "Wrong themselves: correct the check"),
    ("known", "known", "Known failures"),
    ("MENDED", "ok", "Pass although expected to fail: take their mark away"),
    ("ok", "ok", "Passed"),
)
"""Label, class on the page, heading; what is to be looked at comes first."""
_OPEN = ("FAIL", "WRONG")


def page(outcomes: Sequence[CheckOutcome], comparison: Comparison, started: datetime) -> str:
    """The page.

    Args:
        outcomes: What was run, at least one.
        comparison: With how they went last.
        started: When the run began.
    """
    seconds = sum(outcome.answer.timings_ms.total for outcome in outcomes) / 1000
    about = (
        f"{len(outcomes)} checks, {started:%Y-%m-%d %H:%M %Z}, {seconds:.1f} s, "
        f"index {outcomes[0].answer.snapshot}"
    )
    tables = f'<div class="tables">{"".join(_tables(outcomes))}</div>'
    body = _changes(comparison) + tables + "".join(_groups(outcomes))
    return html_page("Canned checks", about, _sums(Sums.of(outcomes)), body)


def _sums(sums: Sums) -> list[Sum]:
    new = ("new" if sums.new else "ok", sums.new, "new failures")
    return [("ok", sums.passed, "passed"), ("known", sums.known, "known failures"), new]


def _changes(comparison: Comparison) -> str:
    rows = (
        ("Newly failing", "new", comparison.newly_failing),
        ("Newly passing", "ok", comparison.newly_passing),
    )
    return "".join(
        f'<p class="{kind}"><span class="label">{name}:</span> {html_text(", ".join(ids))}</p>'
        for name, kind, ids in rows
        if ids
    )


def _tables(outcomes: Sequence[CheckOutcome]) -> Iterator[str]:
    for title, rows in sums_by(outcomes):
        body = "".join(
            f"<tr><td>{html_text(name)}</td><td>{passed}</td><td>{total}</td></tr>"
            for name, passed, total in rows
        )
        yield (
            f"<table><thead><tr><th>By {title}</th><th>passed</th><th>of</th></tr></thead>"
            f"<tbody>{body}</tbody></table>"
        )


def _groups(outcomes: Sequence[CheckOutcome]) -> Iterator[str]:
    for label, kind, heading in _GROUPS:
        those = [outcome for outcome in outcomes if outcome.label == label]
        if those:
            yield f"<h2>{heading} ({len(those)})</h2>"
        for outcome in those:
            shown = " open" if label in _OPEN else ""
            check = outcome.check
            yield (
                f'<details class="{kind}"{shown}><summary><span class="label">'
                f"{html_text(check.id)}</span> <bdi>{html_text(check.question)}</bdi></summary>"
                f"<dl>{''.join(_facts(outcome))}</dl></details>"
            )


def _facts(outcome: CheckOutcome) -> Iterator[str]:
    check, answer = outcome.check, outcome.answer
    fates = [f"{stem}: {fate_of(answer, stem)}" for stem in missing(outcome)]
    rows = (
        ("Asked before", "\n".join(check.history)),
        ("Must be", _wanted(check)),
        ("What is wrong", said_of(outcome)),
        ("Expected to fail", check.expected_failure or ""),
        ("Reason", because(answer, "en")),
        ("Documents that are not cited", "\n".join(fates) if outcome.faults else ""),
        ("Cited", ", ".join(dict.fromkeys(each.document.stem for each in answer.citations))),
    )
    yield from (f"<dt>{name}</dt><dd>{html_text(text)}</dd>" for name, text in rows if text)
    answered = f'<dd class="answer" dir="auto">{html_text(answer.text)}</dd>'
    yield f"<dt>Answer ({html_text(answer.status)}), as of {check.as_of}</dt>{answered}"


def _wanted(check: Check) -> str:
    """What a check demands, a line each."""
    rows = (
        ("status", " or ".join(check.status)),
        ("language", check.language),
        ("cited", ", ".join(check.cite)),
        ("one cited of", ", ".join(check.cite_any)),
        ("said", ", ".join(" / ".join(wanted) for wanted in check.say)),
        ("not said", ", ".join(check.never_say)),
    )
    return "\n".join(f"{name}: {text}" for name, text in rows if text)
