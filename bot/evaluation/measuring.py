"""Asks the questions of labelled sets as a user does, through `Answerer.answer`."""

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.answers.answerer import Answerer
from bot.answers.finding import HITS
from bot.answers.values import Answer
from bot.evaluation.report import Measurement
from bot.evaluation.sets import Opened, Part, open_sets, part_of, scoped
from bot.settings import BotSettings
from index import (
    LabelledQuestion,
    LabelledSet,
    Progress,
    Ranks,
    letters_of,
    progress_bar,
)


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
        (work, labelled, question)
        for labelled in opened.sets
        for work, questions in (
            (_measure_question, labelled.questions),
            (_measure_follow_up, labelled.rewrites),
        )
        for question in questions
        if part in (None, part_of(question))
    ]
    for done, (work, labelled, question) in enumerate(tasks, 1):
        work(measurement, labelled, question, asker)
        progress(done, len(tasks))
    measurement.seconds["questions"] = time.perf_counter() - started
    return measurement


class _Asker:
    """Asks questions of what each is meant for."""

    def __init__(self, opened: Opened, today: date) -> None:
        self._opened = opened
        self._today = today
        self._answerers: dict[tuple[bool, tuple[str, ...]], Answerer] = {}

    def relevant(self, labelled: LabelledSet, question: LabelledQuestion) -> frozenset[str]:
        """Ids of the documents that answer a question."""
        return self._opened.relevant(labelled, question)

    def ask(self, labelled: LabelledSet, question: LabelledQuestion) -> Answer:
        """The answer to a question with its history."""
        return self.say(labelled, question, question.text, question.earlier_turns)

    def say(
        self,
        labelled: LabelledSet,
        question: LabelledQuestion,
        text: str,
        history: Sequence[str] = (),
    ) -> Answer:
        """The answer to another text that stands for a question."""
        key = (bool(labelled.documents), question.against)
        if key not in self._answerers:
            retriever, glossary = self._opened.asked_of(labelled, question.against)
            self._answerers[key] = Answerer(
                scoped(retriever, question.against), glossary, self._opened.reader
            )
        return self._answerers[key].answer(
            text, today=self._today, history=history, language=question.language
        )


def _measure_question(
    measurement: Measurement, labelled: LabelledSet, question: LabelledQuestion, asker: _Asker
) -> None:
    if not question.answerable:
        kind = question.unanswerable_kind or "not-in-corpus"
        answer = asker.ask(labelled, question)
        measurement.unanswerable[kind].append(_outcome(answer))
        if answer.citations:
            measurement.given.append((len(answer.citations), False))
        return
    relevant = asker.relevant(labelled, question)
    if not relevant:
        return
    answer = asker.ask(labelled, question)
    row = measurement.rows[labelled.name, question.language, _language_of(labelled, relevant)]
    ranks = _ranks(answer, relevant)
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


def _measure_follow_up(
    measurement: Measurement, labelled: LabelledSet, question: LabelledQuestion, asker: _Asker
) -> None:
    if not question.relevant or not question.earlier_turns:
        return
    relevant = asker.relevant(labelled, question)
    for name, answer in (
        ("with history", asker.ask(labelled, question)),
        ("gold rewrite", asker.say(labelled, question, question.rewrite or question.text)),
        ("last turn alone", asker.say(labelled, question, question.text)),
    ):
        measurement.follow_ups[name].append(_ranks(answer, relevant).hit_at(5))


def _ranks(answer: Answer, relevant: frozenset[str]) -> Ranks:
    return Ranks.of([hit.document for hit in answer.hits], relevant)


def _outcome(answer: Answer) -> tuple[float, bool]:
    """How confident an answer is, and whether it answers; 0 where something else refused."""
    is_answered = bool(answer.citations)
    return (float(is_answered) if answer.confidence is None else answer.confidence), is_answered


def _language_of(labelled: LabelledSet, relevant: frozenset[str]) -> str:
    """Of the passages that answer; "-" in the served corpus, which has several."""
    return next((d.metadata.language for d in labelled.documents if d.id in relevant), "-")
