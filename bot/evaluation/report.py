"""The figures of an evaluation, for programs and for people."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.evaluation.sets import REPORTED_KINDS
from index.evaluation import Ranks, auroc, wilson


@dataclass
class Row:
    """What was measured of one set, question language and passage language."""

    ranks: list[Ranks] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)
    """Whether a quote holds the answer, where it was found."""
    first: list[bool] = field(default_factory=list)
    """Whether the first quote does."""


@dataclass
class Measurement:
    """Everything measured; rates are from 0 to 1, with 95 % intervals."""

    rows: dict[tuple[str, str, str], Row] = field(default_factory=lambda: defaultdict(Row))
    answerable: list[tuple[float, bool]] = field(default_factory=list)
    """(confidence, answered) of each answerable question."""
    unanswerable: dict[str, list[tuple[float, bool]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    given: list[tuple[int, bool]] = field(default_factory=list)
    """(quotes, whether one holds the answer) of each answer given to a question whose answer, or
    that it has none, is known word by word."""
    follow_ups: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    seconds: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """One object for programs."""
        kinds = [kind for kind in REPORTED_KINDS if kind in self.unanswerable]
        kinds = kinds or sorted(self.unanswerable)
        reported = [pair for kind in kinds for pair in self.unanswerable[kind]]
        refused = _share(not answered for _, answered in self.answerable)
        recall = _share(not answered for _, answered in reported)
        precision = recall / (recall + refused) if recall + refused else 0.0
        return {
            "sets": [_row_json(key, row) for key, row in sorted(self.rows.items())],
            "abstention": {
                kind: {
                    "questions": len(pairs),
                    "recall": round(_share(not answered for _, answered in pairs), 4),
                    "recall_95": _interval(not answered for _, answered in pairs),
                    "auroc": round(_auroc(self.answerable, pairs), 4),
                }
                for kind, pairs in sorted(self.unanswerable.items())
            },
            "abstention_together": kinds,
            "abstention_precision": round(precision, 4),
            "abstention_recall": round(recall, 4),
            "abstention_f1": round(_harmonic(precision, recall), 4),
            "abstention_auroc": round(_auroc(self.answerable, reported), 4),
            "answers_given": len(self.given),
            "answers_given_right": round(_share(is_right for _, is_right in self.given), 4),
            "quotes_per_answer": round(sum(n for n, _ in self.given) / max(1, len(self.given)), 2),
            "answerable_questions": len(self.answerable),
            "answerable_refused": round(refused, 4),
            "follow_ups": {
                name: {"questions": len(found), "hit@5": round(_share(found), 4)}
                for name, found in sorted(self.follow_ups.items())
            },
            "seconds": {name: round(value, 1) for name, value in self.seconds.items()},
        }


def _row_json(key: tuple[str, str, str], row: Row) -> dict[str, Any]:
    name, question_language, passage_language = key
    n = len(row.ranks)
    return {
        "set": name,
        "question_language": question_language,
        "passage_language": passage_language,
        "questions": n,
        "hit@1": round(_share(r.hit_at(1) for r in row.ranks), 4),
        "hit@1_95": _interval(r.hit_at(1) for r in row.ranks),
        "hit@5": round(_share(r.hit_at(5) for r in row.ranks), 4),
        "hit@5_95": _interval(r.hit_at(5) for r in row.ranks),
        "mrr@10": round(sum(r.reciprocal for r in row.ranks) / n, 4),
        "ndcg@10": round(sum(r.ndcg for r in row.ranks) / n, 4),
        "quote_contains_answer": round(_share(row.quoted), 4) if row.quoted else None,
        "first_quote_contains_answer": round(_share(row.first), 4) if row.first else None,
    }


def _share(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def _interval(values: Iterable[bool]) -> list[float]:
    listed = list(values)
    return [round(bound, 3) for bound in wilson(sum(listed), len(listed))]


def _auroc(
    positive: Sequence[tuple[float, bool]], negative: Sequence[tuple[float, bool]]
) -> float:
    return auroc([p for p, _ in positive], [p for p, _ in negative])


def _harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


def report_lines(report: dict[str, Any]) -> Iterable[str]:
    """The report as a table."""
    names = ("hit@1", "hit@5", "mrr@10", "ndcg@10", "quoted", "first")
    rates = " ".join(f"{name:>7}" for name in names)
    yield f"{'set':12} {'question':8} {'passage':8} {'n':>5} {rates}"
    for row in report["sets"]:
        quoted = [row["quote_contains_answer"], row["first_quote_contains_answer"]]
        shares = " ".join(f"{'-' if q is None else format(q, '.3f'):>7}" for q in quoted)
        yield (
            f"{row['set']:12} {row['question_language']:8} {row['passage_language']:8} "
            f"{row['questions']:5} {row['hit@1']:7.3f} {row['hit@5']:7.3f} {row['mrr@10']:7.3f} "
            f"{row['ndcg@10']:7.3f} {shares}"
        )
    for kind, values in report["abstention"].items():
        low, high = values["recall_95"]
        yield (
            f"abstention, {kind}: {values['questions']} questions, recall {values['recall']:.3f} "
            f"({low:.3f} to {high:.3f}), AUROC {values['auroc']:.3f}"
        )
    if report["abstention_together"]:
        together = ", ".join(report["abstention_together"])
        yield (
            f"together ({together}): AUROC {report['abstention_auroc']:.3f}, "
            f"recall {report['abstention_recall']:.3f}, "
            f"precision {report['abstention_precision']:.3f}, "
            f"F1 {report['abstention_f1']:.3f}"
        )
    refused, answerable = report["answerable_refused"], report["answerable_questions"]
    yield f"answerable refused {refused:.3f} of {answerable}"
    if report["answers_given"]:
        given, right = report["answers_given"], report["answers_given_right"]
        quotes = report["quotes_per_answer"]
        yield f"answers given: {given}, right {right:.3f}, quotes in each {quotes:.2f}"
    for name, values in report["follow_ups"].items():
        yield f"follow-ups, {name}: {values['questions']} questions, hit@5 {values['hit@5']:.3f}"
    yield "seconds: " + ", ".join(f"{name} {value}" for name, value in report["seconds"].items())
