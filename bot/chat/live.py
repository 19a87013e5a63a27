"""The answerer in service: it follows what is published, without a restart."""

import logging
import threading
from collections.abc import Callable

from bot.answers.answerer import Answerer
from index import CorpusIndexError, SnapshotStore

logger = logging.getLogger(__name__)


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
        """The answerer of what is served now; the old one if the new cannot be opened."""
        try:
            served = self._store.current_id()
        except CorpusIndexError:
            return self._answerer
        if served != self._served and self._lock.acquire(blocking=False):
            try:  # meanwhile the others are answered from the old one
                if served != self._served:
                    self._swap(served)
            finally:
                self._lock.release()
        return self._answerer

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
        except CorpusIndexError as error:
            logger.error("cannot serve %s: %s", served, error)  # noqa: TRY400
        self._served = served  # a damaged one is not tried again for every question
