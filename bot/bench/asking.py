"""Where the time of a question goes, and how much of it the two models take by themselves."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.answerer import Answerer
from bot.bench.figures import Spread
from bot.bench.questions import Question
from bot.bench.timing import Clock, timed
from bot.warming import warm
from index import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Milliseconds of questions that were asked one after the other.

    The means of the four parts add up to the mean of the total; other figures do not.
    """

    questions: int
    encode_ms: Spread
    search_ms: Spread
    read_ms: Spread
    compose_ms: Spread
    """Everything else."""
    total_ms: Spread
    encoder_alone_ms: float
    """Mean of a question: the encoder on the very same texts, with nothing around it."""
    reader_alone_ms: float
    models_share: float
    """The share of the whole time that the two take by themselves, 0 to 1."""
    cpu_ms: float
    """Processor time of a question, of all cores together: other programs change it far less."""
    models_cpu_ms: float
    """The same of the two models by themselves."""


@dataclass(frozen=True, slots=True)
class _Once:
    """Seconds of one question."""

    encode: float
    search: float
    read: float
    total: float
    encoder_alone: float
    reader_alone: float
    cpu: float
    models_cpu: float

    @property
    def compose(self) -> float:
        return self.total - self.encode - self.search - self.read


def measure_questions(
    answerer: Answerer, questions: Sequence[Question], progress: Progress
) -> Asked:
    """Ask questions, each followed by what its models were given, given to them alone.

    As both happen in turn, their ratio holds where other programs take the processor as well.

    Args:
        answerer: That would be asked; what is asked is the same with a clock in it.
        questions: At least one.
        progress: Told how many are asked.
    """
    clock = Clock()
    watched = timed(answerer, clock)
    warm(watched, questions[0].today)
    rows = []
    for done, question in enumerate(questions, 1):
        rows.append(_asked(question, watched, answerer, clock))
        progress(done, len(questions))
    total = sum(row.total for row in rows)
    alone = sum(row.encoder_alone + row.reader_alone for row in rows)
    return Asked(
        questions=len(rows),
        encode_ms=_in_ms([row.encode for row in rows]),
        search_ms=_in_ms([row.search for row in rows]),
        read_ms=_in_ms([row.read for row in rows]),
        compose_ms=_in_ms([row.compose for row in rows]),
        total_ms=_in_ms([row.total for row in rows]),
        encoder_alone_ms=_in_ms([row.encoder_alone for row in rows]).mean,
        reader_alone_ms=_in_ms([row.reader_alone for row in rows]).mean,
        models_share=alone / total,
        cpu_ms=_in_ms([row.cpu for row in rows]).mean,
        models_cpu_ms=_in_ms([row.models_cpu for row in rows]).mean,
    )


def _asked(question: Question, watched: Answerer, answerer: Answerer, clock: Clock) -> _Once:
    clock.reset()
    cpu, started = time.process_time(), time.perf_counter()
    question.ask(watched)
    answered, cpu_answered = time.perf_counter(), time.process_time()
    for texts in clock.encoded:
        answerer.retriever.encoder.encode_queries(texts)
    encoded = time.perf_counter()
    for asked, texts in clock.read:
        answerer.reader.score(asked, texts)
    return _Once(
        encode=clock.encode_s,
        search=clock.search_s,
        read=clock.read_s,
        total=answered - started,
        encoder_alone=encoded - answered,
        reader_alone=time.perf_counter() - encoded,
        cpu=cpu_answered - cpu,
        models_cpu=time.process_time() - cpu_answered,
    )


def _in_ms(seconds: Sequence[float]) -> Spread:
    return Spread.of([1000 * value for value in seconds])
