"""How many questions a second one process answers when several people ask at once."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Semaphore

from bot.answers.answerer import Answerer
from bot.bench.figures import Spread
from bot.bench.questions import Question
from bot.warming import warm
from index import Progress, Retriever
from index.processors import cores

CLIENTS = (1, 8, 64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What so many people got who each ask anew as soon as they have their answer."""

    clients: int
    questions: int
    questions_per_s: float
    wait_ms: Spread
    """From asking to the answer, waiting for a turn included."""


def measure_clients(
    answerer: Answerer, questions: Sequence[Question], clients: int, progress: Progress
) -> Served:
    """Let people ask, as many answered at once as the bot does: one on each core.

    Args:
        answerer: What it keeps of questions that were asked is not used.
        questions: Asked once each.
        clients: How many people ask.
        progress: Told how many are answered.
    """
    retriever = Retriever(answerer.retriever.snapshot, answerer.retriever.encoder)
    fresh = answerer.over(retriever, answerer.glossary, answerer.reader)
    warm(fresh, questions[0].today)
    free, waits = Semaphore(clients), list[float]()

    def answer(question: Question, asked: float) -> None:
        try:
            question.ask(fresh)
        finally:
            waits.append(time.perf_counter() - asked)
            free.release()

    began = time.perf_counter()
    with ThreadPoolExecutor(max(2, cores())) as threads:
        answers = []
        for done, question in enumerate(questions, 1):
            free.acquire()
            answers.append(threads.submit(answer, question, time.perf_counter()))
            progress(done, len(questions))
    took_s = time.perf_counter() - began
    for each in answers:
        each.result()  # raises what went wrong
    return Served(
        clients=clients,
        questions=len(questions),
        questions_per_s=len(questions) / took_s,
        wait_ms=Spread.of([1000 * wait for wait in waits]),
    )
