"""Finding, answering and abstaining measured on labelled sets, through the product's own code."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.answers.abstention import (
    Judgement,
    judge,
)
from bot.answers.answerer import Answerer
from bot.answers.finding import HITS, find
from bot.answers.history import read_completed
from index import (
    Glossary,
    LabelledQuestion,
    LabelledSet,
    Ranks,
    Retriever,
    auroc,
    letters_of,
    wilson,
)

NO_NAMES = Glossary()
"""Labelled sets have no glossary."""
REPORTED_KINDS = ("off-topic", "withheld")
"""Kinds that the joint AUROC and precision are about; adversarial ones are reported apart."""

Progress = Callable[[int, int], None]
Half = Callable[[LabelledQuestion], bool]


@dataclass
class _Row:
    """Sums of one set, question language and passage language."""

    ranks: list[Ranks] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)


@dataclass
class Measurement:
    """Everything measured; `as_json` is the report of DESIGN 4.7 with intervals added."""

    rows: dict[tuple[str, str, str], _Row] = field(default_factory=lambda: defaultdict(_Row))
    answerable: list[tuple[float, bool]] = field(default_factory=list)
    """(probability, answered) of each answerable question."""
    unanswerable: dict[str, list[tuple[float, bool]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    follow_ups: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    seconds: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """One object for programs."""
        reported = [pair for kind in REPORTED_KINDS for pair in self.unanswerable.get(kind, [])]
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
            "abstention_precision": round(precision, 4),
            "abstention_recall": round(recall, 4),
            "abstention_f1": round(_harmonic(precision, recall), 4),
            "abstention_auroc": round(_auroc(self.answerable, reported), 4),
            "answerable_questions": len(self.answerable),
            "answerable_refused": round(refused, 4),
            "follow_ups": {
                name: {"questions": len(found), "hit@5": round(_share(found), 4)}
                for name, found in sorted(self.follow_ups.items())
            },
            "seconds": {name: round(value, 1) for name, value in self.seconds.items()},
        }


def measure(
    sets: Sequence[LabelledSet],
    retriever: Retriever,
    progress: Progress,
    *,
    half: Half | None = None,
) -> Measurement:
    """Ask every question of every set.

    Args:
        sets: All of them are in the retriever's index.
        retriever: Searches that index.
        progress: Told how many questions are done.
        half: Which questions count; all if not given.
    """
    measurement = Measurement()
    today = date.today()  # noqa: DTZ011 - sets have no events; any day will do
    chosen = [
        (labelled, question)
        for labelled in sets
        for question in labelled.questions
        if half is None or half(question)
    ]
    started = time.perf_counter()
    answerer = Answerer(retriever, NO_NAMES)
    for done, (labelled, question) in enumerate(chosen, 1):
        if question.answerable:
            _ask_answerable(measurement, labelled, question, retriever, answerer, today)
        else:
            judgement = _judge(question, scoped(retriever, question), today)
            kind = question.unanswerable_kind or "not-in-corpus"
            measurement.unanswerable[kind].append((judgement.probability, judgement.answers))
        progress(done, len(chosen))
    for labelled in sets:
        for question in labelled.rewrites:
            if question.relevant and question.earlier_turns and (half is None or half(question)):
                _follow_up(measurement, labelled, question, retriever, today)
    measurement.seconds["questions"] = time.perf_counter() - started
    return measurement


def _ask_answerable(
    measurement: Measurement,
    labelled: LabelledSet,
    question: LabelledQuestion,
    retriever: Retriever,
    answerer: Answerer,
    today: date,
) -> None:
    relevant = labelled.relevant_documents(question)
    if not relevant:
        return
    passage_language = _language_of(labelled, relevant)
    row = measurement.rows[labelled.name, question.language, passage_language]
    read = read_completed(question.text, today, question.earlier_turns, question.language)
    found = find(read, retriever, NO_NAMES)
    ranks = Ranks.of(found.hits, relevant)
    row.ranks.append(ranks)
    if labelled.parallel:  # headlines, no questions: nothing to answer or refuse
        return
    judgement = judge(read, found, retriever, NO_NAMES)
    measurement.answerable.append((judgement.probability, judgement.answers))
    if question.answers and question.answer_type == "verbatim" and ranks.hit_at(HITS):
        answer = answerer.answer(
            question.text, today=today, history=question.earlier_turns, language=question.language
        )
        said = letters_of(" ".join(citation.quote for citation in answer.citations))
        row.quoted.append(any(letters_of(gold) in said for gold in question.answers))


def _judge(question: LabelledQuestion, retriever: Retriever, today: date) -> Judgement:
    read = read_completed(question.text, today, question.earlier_turns, question.language)
    found = find(read, retriever, NO_NAMES)
    return judge(read, found, retriever, NO_NAMES)


def scoped(retriever: Retriever, question: LabelledQuestion) -> Retriever:
    """Off-topic questions are asked of the sets that do not answer them."""
    if not question.against:
        return retriever
    allowed = {f"{name}#" for name in question.against}
    return Retriever(
        retriever.snapshot,
        retriever.encoder,
        scope=lambda identity: identity.partition("#")[0] + "#" in allowed,
    )


def _follow_up(
    measurement: Measurement,
    labelled: LabelledSet,
    question: LabelledQuestion,
    retriever: Retriever,
    today: date,
) -> None:
    relevant = labelled.relevant_documents(question)
    for name, text, history in (
        ("with history", question.text, question.earlier_turns),
        ("gold rewrite", question.rewrite or question.text, ()),
        ("last turn alone", question.text, ()),
    ):
        read = read_completed(text, today, history, question.language)
        hits = find(read, retriever, NO_NAMES).hits
        measurement.follow_ups[name].append(Ranks.of(hits, relevant).hit_at(5))


def _language_of(labelled: LabelledSet, relevant: frozenset[str]) -> str:
    return next(d.metadata.language for d in labelled.documents if d.id in relevant)


def _row_json(key: tuple[str, str, str], row: _Row) -> dict[str, Any]:
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
