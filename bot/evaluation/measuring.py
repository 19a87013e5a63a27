"""Asks the questions of labelled sets as a user does, through `Answerer.answer`."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.answers.answerer import Answerer
from bot.answers.finding import HITS
from bot.answers.values import Answer
from bot.evaluation.asking import each_in_order
from bot.evaluation.report import Measurement
from bot.evaluation.sets import Opened, Part, open_sets, part_of, scoped
from bot.settings import BotSettings
from index import Progress
from index.evaluation import LabelledQuestion, LabelledSet, Ranks
from index.language import letters_of
from index.terminal import progress_bar


def evaluate(
    folders: Sequence[Path],
    settings: BotSettings,
    languages: Sequence[str],
    today: date,
    part: Part | None = None,
) -> Measurement:
    """Measure the sets in the folders; see `open_sets` and `measure`."""
    started = time.perf_counter()
    opened = open_sets(folders, settings, languages)
    built = time.perf_counter() - started
    with progress_bar("asking") as progress:
        measurement = measure(opened, today, progress, part)
    measurement.seconds["index"] = built
    measurement.seconds["total"] = time.perf_counter() - started
    return measurement


def measure(
    opened: Opened, today: date, progress: Progress, part: Part | None = None
) -> Measurement:
    """Ask every question of every set.

    Args:
        opened: The sets.
        today: The day on which the questions are asked.
        progress: Told how many questions are done.
        part: Which questions count; all if left out.
    """
    asker = _Asker(opened, today)
    measurement = Measurement()
    started = time.perf_counter()
    tasks = [
        task
        for labelled in opened.sets
        for task in _tasks(labelled, opened)
        if part in (None, part_of(task.question))
    ]
    answered = each_in_order(asker.answers, tasks)
    for done, (task, answers) in enumerate(zip(tasks, answered, strict=True), 1):
        task.record(measurement, task, answers)
        progress(done, len(tasks))
    measurement.seconds["questions"] = time.perf_counter() - started
    return measurement


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A labelled question, and what is made of it.

    Attributes:
        labelled: Its set.
        question: Labelled.
        relevant: Ids of the documents that answer it.
        said: The messages that stand for it, each with the turns before it.
        record: Notes the answers to them.
    """

    labelled: LabelledSet
    question: LabelledQuestion
    relevant: frozenset[str]
    said: Sequence[tuple[str, Sequence[str]]]
    record: "Callable[[Measurement, _Task, Sequence[Answer]], None]"


def _tasks(labelled: LabelledSet, opened: Opened) -> Iterator[_Task]:
    for question in labelled.questions:
        relevant = opened.relevant(labelled, question)
        if relevant or not question.answerable:
            yield _Task(
                labelled=labelled,
                question=question,
                relevant=relevant,
                said=((question.text, question.earlier_turns),),
                record=_record_answer if question.answerable else _record_refusal,
            )
    for question in labelled.rewrites:
        if question.relevant and question.earlier_turns:
            yield _Task(
                labelled=labelled,
                question=question,
                relevant=opened.relevant(labelled, question),
                said=(
                    (question.text, question.earlier_turns),
                    (question.rewrite or question.text, ()),
                    (question.text, ()),
                ),
                record=_record_follow_up,
            )


class _Asker:
    """Asks questions of what each is meant for."""

    def __init__(self, opened: Opened, today: date) -> None:
        self._opened = opened
        self._today = today
        self._answerers: dict[tuple[bool, tuple[str, ...]], Answerer] = {}

    def answers(self, task: _Task) -> list[Answer]:
        """The answers to all that stands for a question."""
        answerer = self._answerer(task.labelled, task.question)
        return [
            answerer.answer(
                text, today=self._today, history=history, language=task.question.language
            )
            for text, history in task.said
        ]

    def _answerer(self, labelled: LabelledSet, question: LabelledQuestion) -> Answerer:
        key = (bool(labelled.documents), question.against)
        if key not in self._answerers:
            retriever = self._opened.asked_of(labelled, question.against)
            self._answerers[key] = Answerer(
                scoped(retriever, question.against),
                retriever.snapshot.glossary,
                self._opened.reader,
            )
        return self._answerers[key]


def _record_refusal(measurement: Measurement, task: _Task, answers: Sequence[Answer]) -> None:
    (answer,) = answers
    kind = task.question.unanswerable_kind or "not-in-corpus"
    measurement.unanswerable[kind].append(_outcome(answer))
    if answer.citations:
        measurement.given.append((len(answer.citations), False))


def _record_answer(measurement: Measurement, task: _Task, answers: Sequence[Answer]) -> None:
    (answer,) = answers
    labelled, question = task.labelled, task.question
    row = measurement.rows[labelled.name, question.language, _language_of(labelled, task.relevant)]
    ranks = _ranks(answer, task.relevant)
    row.ranks.append(ranks)
    if labelled.parallel:  # headlines, no questions: nothing to answer or refuse
        return
    measurement.answerable.append(_outcome(answer))
    if question.answers and question.answer_type == "verbatim":
        wanted = [letters_of(gold) for gold in question.answers]
        quotes = [letters_of(citation.quote) for citation in answer.citations]
        holds = [any(gold in quote for gold in wanted) for quote in ("".join(quotes), *quotes[:1])]
        if ranks.hit_at(HITS):
            row.quoted.append(holds[0])
            row.first.append(holds[-1])
        if quotes:
            measurement.given.append((len(quotes), holds[0]))


def _record_follow_up(measurement: Measurement, task: _Task, answers: Sequence[Answer]) -> None:
    names = ("with history", "gold rewrite", "last turn alone")
    for name, answer in zip(names, answers, strict=True):
        measurement.follow_ups[name].append(_ranks(answer, task.relevant).hit_at(5))


def _ranks(answer: Answer, relevant: frozenset[str]) -> Ranks:
    return Ranks.of([hit.document for hit in answer.hits], relevant)


def _outcome(answer: Answer) -> tuple[float, bool]:
    """How confident an answer is, and whether it answers; 0 where something else refused."""
    is_answered = bool(answer.citations)
    return (float(is_answered) if answer.confidence is None else answer.confidence), is_answered


def _language_of(labelled: LabelledSet, relevant: frozenset[str]) -> str:
    """Of the passages that answer; "-" in the served corpus, which has several."""
    return next((d.metadata.language for d in labelled.documents if d.id in relevant), "-")
