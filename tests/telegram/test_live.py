"""The answerer in service: what is not served any more is gone, all of it."""

import gc
import weakref
from datetime import date

import pytest

from bot.answers.answerer import Answerer
from bot.chat.live import LiveAnswerer
from index import Retriever
from index.readers.word_reader import WordReader

GLOSSARY = "- {id: canton-fair, kind: event, zh: 广交会, en: Canton Fair}\n"
QUESTIONS = (
    "Where is the Canton Fair held?",
    "保单融资贷款最高多少？",
    "Where lies the suzhu park?",
    "which fairs are there in Guangzhou",
    "Compare the Canton Fair and the park in Suzhou",
    "guangjiaohui",
    "hello",
)


@pytest.fixture
def live(workspace):
    """Answers from the small corpus, as the program wires it."""
    workspace.corpus.write_raw("glossary.yaml", GLOSSARY)
    workspace.build(override="a test")

    def make() -> Answerer:
        retriever = workspace.retriever()
        return Answerer(retriever, retriever.snapshot.glossary, WordReader())

    return LiveAnswerer(workspace.store, make)


@pytest.fixture
def uncollected():
    """Python frees only what nothing refers to, as it does with what `gc.freeze` put aside."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def ask(live: LiveAnswerer) -> list[str]:
    return [live.current().answer(each, today=date(2026, 2, 15)).text for each in QUESTIONS]


def test_after_each_swap_nothing_is_left_of_what_was_served(live, workspace, uncollected):
    for number in range(5):
        before = ask(live)
        retriever: Retriever = live.current().retriever
        of_old = {
            "answerer": weakref.ref(live.current()),
            "retriever": weakref.ref(retriever),
            "snapshot": weakref.ref(retriever.snapshot),
            "glossary": weakref.ref(retriever.snapshot.glossary),
            "words": weakref.ref(retriever.snapshot.lexical),
        }
        del retriever
        workspace.corpus.write("zones/park.en.md", f"The jade park has {number} halls.")
        workspace.build(override="a test")

        live.follow()

        assert [name for name, alive in of_old.items() if alive() is not None] == []
        assert ask(live)[0] == before[0]
