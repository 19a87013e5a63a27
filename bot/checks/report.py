"""How checks went: a line each, sums by topic and language; as JSON; as JUnit XML."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from bot.checks.last_run import UNCHANGED, Comparison
from bot.checks.values import FAILURES, CheckOutcome
from bot.explaining import because, deciding_step, fate_of
from bot.page import xml_text


def is_success(outcomes: Sequence[CheckOutcome]) -> bool:
    """Whether nothing failed but what was expected to, and every check is sound."""
    return not Sums.of(outcomes).new


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """How many checks went how; together they are all."""

    passed: int
    known: int
    """Failed, and were expected to."""
    new: int
    """Failed unexpectedly, or are wrong themselves."""

    @classmethod
    def of(cls, outcomes: Sequence[CheckOutcome]) -> "Sums":
        """Count them."""
        new = sum(outcome.label in FAILURES for outcome in outcomes)
        passed = sum(outcome.passed for outcome in outcomes)
        return cls(passed=passed, known=len(outcomes) - passed - new, new=new)


def lines(
    outcomes: Sequence[CheckOutcome],
    *,
    verbose: bool,
    explained: bool = False,
    comparison: Comparison = UNCHANGED,
) -> Iterable[str]:
    """The report for the terminal.

    Args:
        outcomes: What was run.
        verbose: Name those that passed as well.
        explained: Each was told of before: only sums and changes are left to say.
        comparison: With how they went last.
    """
    width = max(len(outcome.check.id) for outcome in outcomes)
    for outcome in outcomes:
        if not explained and (verbose or outcome.label != "ok"):
            yield from lines_of_one(outcome, width)
    yield from _sums(outcomes)
    if comparison.newly_failing:
        yield f"newly failing: {', '.join(comparison.newly_failing)}"
    if comparison.newly_passing:
        yield f"newly passing: {', '.join(comparison.newly_passing)}"
    labels = Counter(outcome.label for outcome in outcomes)
    passed = sum(outcome.passed for outcome in outcomes)
    total = f"{passed}/{len(outcomes)} passed"
    extra = [f"{labels[name]} {text}" for name, text in _EXTRA.items() if labels[name]]
    yield f"{total} ({', '.join(extra)})" if extra else total


def lines_of_one(outcome: CheckOutcome, width: int = 0) -> Iterable[str]:
    """How one check went; if it failed, which step decided its answer, and why.

    Args:
        outcome: Of the check.
        width: Columns for its id.
    """
    cited = ", ".join(dict.fromkeys(c.document.stem for c in outcome.answer.citations)) or "-"
    row = f"{outcome.label:6} {outcome.check.id:{width}}  {outcome.answer.status:16}"
    yield f"{row}  cited: {cited}  {said_of(outcome)}".rstrip()
    if outcome.faults:
        yield f"{'':6} {because(outcome.answer, 'en')}"
        for stem in missing(outcome):
            yield f"{'':6} {stem}: {fate_of(outcome.answer, stem)}"


def said_of(outcome: CheckOutcome) -> str:
    """What is wrong, in one line; empty if it passed."""
    return "; ".join(map(str, outcome.objections))


def missing(outcome: CheckOutcome) -> Iterable[str]:
    """The documents that an answer was to cite and does not."""
    cited = {citation.document.stem for citation in outcome.answer.citations}
    any_of = outcome.check.cite_any
    wanted = (*outcome.check.cite, *(() if cited & set(any_of) else any_of))
    return (stem for stem in wanted if stem not in cited)


_EXTRA = {
    "FAIL": "failed",
    "WRONG": "are wrong themselves: correct the check",
    "known": "expected to fail",
    "MENDED": "pass although expected to fail: take their mark away",
}


def _sums(outcomes: Sequence[CheckOutcome]) -> Iterable[str]:
    for title, rows in sums_by(outcomes):
        row = ", ".join(f"{name} {passed}/{total}" for name, passed, total in rows)
        yield f"by {title}: {row}"


def sums_by(
    outcomes: Sequence[CheckOutcome],
) -> Iterator[tuple[str, list[tuple[str, int, int]]]]:
    """How many passed of each topic, language and kind.

    Yields:
        (topic, language or kind, [(name, how many passed, how many there are)]), by name.
    """
    for title, names in (
        ("topic", [str(outcome.check.topic or "-") for outcome in outcomes]),
        ("language", [outcome.check.language for outcome in outcomes]),
        ("kind", [str(outcome.check.kind) for outcome in outcomes]),
    ):
        total = Counter(names)
        passed = Counter(
            name for name, outcome in zip(names, outcomes, strict=True) if outcome.passed
        )
        yield title, [(name, passed[name], total[name]) for name in sorted(total)]


def as_json(
    outcome: CheckOutcome, *, before: str | None = None, with_trace: bool = False
) -> dict[str, Any]:
    """One check for programs.

    Args:
        outcome: Of the check.
        before: Its label when it was last run; None if it never was.
        with_trace: Whether to give every step.
    """
    check = outcome.check
    step = deciding_step(outcome.answer)
    return {
        "id": check.id,
        "result": outcome.label.lower(),
        "before": before.lower() if before else None,
        "topic": check.topic,
        "language": check.language,
        "kind": check.kind,
        "faults": [str(fault) for fault in outcome.faults],
        "slip": str(outcome.slip) if outcome.slip else None,
        "expected_failure": check.expected_failure,
        "decided_by": step.step if step else None,
        "because": because(outcome.answer, "en"),
        "answer": outcome.answer.as_json(with_trace=with_trace),
    }


def write_junit(outcomes: Sequence[CheckOutcome], path: Path) -> None:
    """For CI servers; what is expected to fail counts as skipped."""
    suite = ET.Element(
        "testsuite",
        name="smebot checks",
        tests=str(len(outcomes)),
        failures=str(sum(outcome.label == "FAIL" for outcome in outcomes)),
        errors=str(sum(outcome.label == "WRONG" for outcome in outcomes)),
        skipped=str(sum(outcome.label == "known" for outcome in outcomes)),
    )
    for outcome in outcomes:
        seconds = f"{outcome.answer.timings_ms.total / 1000:.3f}"
        case = ET.SubElement(
            suite,
            "testcase",
            classname=str(outcome.check.topic),
            name=outcome.check.id,
            time=seconds,
        )
        if outcome.label == "FAIL":
            failure = ET.SubElement(case, "failure", message=xml_text(said_of(outcome)))
            failure.text = xml_text(f"{because(outcome.answer, 'en')}\n{outcome.answer.text}")
        elif outcome.label == "WRONG":
            ET.SubElement(case, "error", message=xml_text(said_of(outcome)))
        elif outcome.label == "known":
            ET.SubElement(case, "skipped", message=xml_text(outcome.check.expected_failure or ""))
    ET.ElementTree(suite).write(path, encoding="utf-8", xml_declaration=True)
