"""Asks the questions of labelled sets as a user does, through `Answerer.answer`."""

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.answers.answerer import Answerer
from bot.answers.finding import HITS
from bot.answers.values import Answer
from bot.evaluation.report import Measurement
from bot.evaluation.sets import NO_NAMES, Part, open_sets, part_of, scoped
from bot.settings import BotSettings
from index import (
    LabelledQuestion,
    LabelledSet,
    Progress,
    Ranks,
    Reader,
    Retriever,
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
    sets, retriever, reader = open_sets(folders, settings, languages)
    built = time.perf_counter() - started
    with progress_bar("asking") as progress:
        measurement = measure(sets, retriever, reader, today, progress, part)
    measurement.seconds["index"] = built
    measurement.seconds["total"] = time.perf_counter() - started
    return measurement


def measure(
    sets: Sequence[LabelledSet],
    retriever: Retriever,
    reader: Reader,
    today: date,
    progress: Progress,
    part: Part | None = None,
) -> Measurement:
    """Ask every question of every set.

    Args:
        sets: All of them are in the retriever's index.
        retriever: Searches that index.
        reader: Tells which sentences answer.
        today: The day on which the questions are asked.
        progress: Told how many questions are done.
        part: Which questions count; all if left out.
    """
    asker = _Asker(retriever, reader, today)
    measurement = Measurement()
    started = time.perf_counter()
    tasks = [
        (work, labelled, question)
        for labelled in sets
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
    """Asks questions of the sets that each is meant for."""

    def __init__(self, retriever: Retriever, reader: Reader, today: date) -> None:
        self._retriever = retriever
        self._reader = reader
        self._today = today
        self._answerers: dict[tuple[str, ...], Answerer] = {}

    def ask(self, question: LabelledQuestion) -> Answer:
        """The answer to a question with its history."""
        return self.say(question, question.text, question.earlier_turns)

    def say(self, question: LabelledQuestion, text: str, history: Sequence[str] = ()) -> Answer:
        """The answer to another text that stands for a question."""
        against = question.against
        if against not in self._answerers:
            self._answerers[against] = Answerer(
                scoped(self._retriever, against), NO_NAMES, self._reader
            )
        return self._answerers[against].answer(
            text, today=self._today, history=history, language=question.language
        )


def _measure_question(
    measurement: Measurement, labelled: LabelledSet, question: LabelledQuestion, asker: _Asker
) -> None:
    if not question.answerable:
        kind = question.unanswerable_kind or "not-in-corpus"
        measurement.unanswerable[kind].append(_outcome(asker.ask(question)))
        return
    relevant = labelled.relevant_documents(question)
    if not relevant:
        return
    answer = asker.ask(question)
    row = measurement.rows[labelled.name, question.language, _language_of(labelled, relevant)]
    ranks = _ranks(answer, relevant)
    row.ranks.append(ranks)
    if labelled.parallel:  # headlines, no questions: nothing to answer or refuse
        return
    measurement.answerable.append(_outcome(answer))
    if question.answers and question.answer_type == "verbatim" and ranks.hit_at(HITS):
        quoted = letters_of(" ".join(citation.quote for citation in answer.citations))
        row.quoted.append(any(letters_of(gold) in quoted for gold in question.answers))


def _measure_follow_up(
    measurement: Measurement, labelled: LabelledSet, question: LabelledQuestion, asker: _Asker
) -> None:
    if not question.relevant or not question.earlier_turns:
        return
    relevant = labelled.relevant_documents(question)
    for name, answer in (
        ("with history", asker.ask(question)),
        ("gold rewrite", asker.say(question, question.rewrite or question.text)),
        ("last turn alone", asker.say(question, question.text)),
    ):
        measurement.follow_ups[name].append(_ranks(answer, relevant).hit_at(5))


def _ranks(answer: Answer, relevant: frozenset[str]) -> Ranks:
    return Ranks.of([hit.document for hit in answer.hits], relevant)


def _outcome(answer: Answer) -> tuple[float, bool]:
    """How confident an answer is, and whether it answers; 0 where something else refused."""
    is_answered = bool(answer.citations)
    return (float(is_answered) if answer.confidence is None else answer.confidence), is_answered


def _language_of(labelled: LabelledSet, relevant: frozenset[str]) -> str:
    return next(d.metadata.language for d in labelled.documents if d.id in relevant)
