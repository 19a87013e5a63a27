"""The parts that an answerer works with, each writing down how long it takes."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.answers.answerer import Answerer
from bot.bench.wrapped import WrappedEncoder
from index import Encoder, Found, Reader, Retriever
from index.encoder import Vectors
from index.reader import Probabilities


@dataclass
class Clock:
    """Seconds that were spent since it was set to zero, and what the models were given."""

    encode_s: float = 0.0
    search_s: float = 0.0
    """Encoding left out."""
    read_s: float = 0.0
    encoded: list[Sequence[str]] = field(default_factory=list)
    read: list[tuple[str, Sequence[str]]] = field(default_factory=list)

    def reset(self) -> None:
        """Set it to zero."""
        self.encode_s = self.search_s = self.read_s = 0.0
        self.encoded.clear()
        self.read.clear()

    @contextmanager
    def encoding(self) -> Iterator[None]:
        """What is done here is encoding."""
        started = time.perf_counter()
        yield
        self.encode_s += time.perf_counter() - started

    @contextmanager
    def searching(self) -> Iterator[None]:
        """What is done here is searching, but for what is encoding."""
        started, encoded = time.perf_counter(), self.encode_s
        yield
        self.search_s += time.perf_counter() - started - (self.encode_s - encoded)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """What is done here is reading."""
        started = time.perf_counter()
        yield
        self.read_s += time.perf_counter() - started


def timed(answerer: Answerer, clock: Clock) -> Answerer:
    """The same answerer, with a clock in it and nothing in its caches."""
    retriever = _TimedRetriever(
        answerer.retriever.snapshot, _TimedEncoder(answerer.retriever.encoder, clock), clock=clock
    )
    return answerer.over(retriever, answerer.glossary, _TimedReader(answerer.reader, clock))


@dataclass(frozen=True)
class _TimedRetriever(Retriever):
    clock: Clock = field(default_factory=Clock)

    def search(self, question: str, language: str, k: int = 10) -> Found:
        with self.clock.searching():
            return super().search(question, language, k)


class _TimedEncoder(WrappedEncoder):
    def __init__(self, encoder: Encoder, clock: Clock) -> None:
        super().__init__(encoder)
        self._clock = clock

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self._clock.encoded.append(texts)
        with self._clock.encoding():
            return self._encoder.encode_queries(texts)


class _TimedReader:
    def __init__(self, reader: Reader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock

    @property
    def name(self) -> str:
        return self._reader.name

    @property
    def knows_conversations(self) -> bool:
        return self._reader.knows_conversations

    @property
    def reads_across_languages(self) -> bool:
        return self._reader.reads_across_languages

    def score(self, question: str, texts: Sequence[str]) -> Probabilities:
        self._clock.read.append((question, texts))
        with self._clock.reading():
            return self._reader.score(question, texts)
