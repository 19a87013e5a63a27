"""Several people ask one process at once."""

import threading
import time
from dataclasses import replace

import pytest

from bot.bench.serving import measure_clients
from index.encoder import no_progress
from index.readers.word_reader import WordReader


class CountingReader(WordReader):
    """Notes how many are read for at once."""

    def __init__(self):
        super().__init__()
        self._lock = threading.Lock()
        self._now = self.most = self.calls = 0

    def score(self, question, texts):
        with self._lock:
            self._now += 1
            self.calls += 1
            self.most = max(self.most, self._now)
        time.sleep(0.02)
        with self._lock:
            self._now -= 1
        return super().score(question, texts)


@pytest.mark.parametrize("clients", [1, 8])
def test_people_ask_anew_when_they_have_their_answer(answerer_with, questions, clients):
    reader = CountingReader()
    asked = [replace(questions[0], text=f"How many booths has tea fair {n}?") for n in range(12)]

    served = measure_clients(answerer_with(reader), asked, clients, no_progress)

    assert (served.clients, served.questions) == (clients, 12)
    assert reader.calls >= 12
    assert reader.most == 1 if clients == 1 else reader.most > 1
    assert served.questions_per_s > 0
    assert served.wait_ms.least >= 20


def test_who_waits_for_a_turn_waits_longer(answerer_with, questions):
    asked = [replace(questions[0], text=f"How many booths has tea fair {n}?") for n in range(16)]

    alone = measure_clients(answerer_with(CountingReader()), asked, 1, no_progress)
    crowd = measure_clients(answerer_with(CountingReader()), asked, 16, no_progress)

    assert crowd.wait_ms.most > 2 * alone.wait_ms.p50
