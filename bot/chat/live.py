"""The answerer in service: it follows what is published, without a restart."""

import logging
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from bot.answers.answerer import Answerer
from bot.answers.values import Answer, Timings
from index import CorpusIndexError, SnapshotStore
from index.keeping import kept_with

logger = logging.getLogger(__name__)

_ANSWERS_KEPT = 256


class LiveAnswerer:
    """Hands out the answerer of the served snapshot; whoever holds one keeps it."""

    def __init__(self, store: SnapshotStore, make: Callable[[], Answerer]) -> None:
        """Open the served snapshot.

        Args:
            store: Tells which snapshot is served.
            make: Opens it.

        Raises:
            CorpusIndexError: It cannot be opened.
        """
        self._store = store
        self._make = make
        self._lock = threading.Lock()
        self._served = store.current_id()
        self._answerer = make()

    def current(self) -> Answerer:
        """The answerer of what is served now; the old one until the new one is ready to answer.

        Opening and warming take seconds: they are done aside, and nobody's question waits.
        """
        try:
            served = self._store.current_id()
        except CorpusIndexError:
            return self._answerer
        if served != self._served and not self._lock.locked():
            threading.Thread(target=self._follow_aside, name="follow", daemon=True).start()
        return self._answerer

    def answer(
        self,
        message: str,
        *,
        today: date,
        history: Sequence[str] = (),
        language: str | None = None,
        usual_language: str = "zh",
    ) -> Answer:
        """Answer one message from what is served now; see `Answerer.answer`.

        What was asked before word for word, on the same day and behind the same turns, gets the
        same answer under an id of its own, without a trace: no step was taken.
        """
        started = time.perf_counter()
        answer = _answered(
            self.current(), message, today, tuple(history), language, usual_language
        )
        took_ms = 1000 * (time.perf_counter() - started)
        if took_ms < answer.timings_ms.total:
            timings = Timings(compose=took_ms, total=took_ms)
            answer = replace(answer, timings_ms=timings, trace=())
        return replace(answer, answer_id=uuid.uuid4().hex)

    def _follow_aside(self) -> None:
        with suppress(CorpusIndexError, OSError):  # the next question tries it again
            self.follow()

    def follow(self) -> None:
        """Serve what is published now; returns when it is served, whoever is opening it."""
        with self._lock:
            served = self._store.current_id()
            if served != self._served:
                self._swap(served)

    def _swap(self, served: str) -> None:
        try:
            self._answerer = self._make()
            logger.info("now serving %s", served)
        except (CorpusIndexError, OSError) as error:
            logger.error("cannot serve %s: %s", served, error)  # noqa: TRY400
        self._served = served  # a damaged one is not tried again for every question


@kept_with("answerer", _ANSWERS_KEPT)
def _answered(
    answerer: Answerer,
    message: str,
    today: date,
    history: tuple[str, ...],
    language: str | None,
    usual_language: str,
) -> Answer:
    return answerer.answer(
        message,
        today=today,
        history=history,
        language=language,
        usual_language=usual_language,
    )
