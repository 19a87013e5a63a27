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

DAY = date(2026, 2, 15)


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
    return [live.answer(each, today=DAY).text for each in QUESTIONS]


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


def test_what_is_asked_again_is_not_found_again(live):
    first = live.answer("Where is the Canton Fair held?", today=DAY)
    again = live.answer("Where is the Canton Fair held?", today=DAY)

    assert first.citations
    assert (again.text, again.citations) == (first.text, first.citations)
    assert again.answer_id != first.answer_id
    assert again.timings_ms.encode == 0 < first.timings_ms.encode
    assert again.timings_ms.total < first.timings_ms.total
    assert first.trace
    assert not again.trace


@pytest.mark.parametrize(
    "differing",
    [
        {"today": date(2026, 2, 16)},
        {"history": ["Where is the Canton Fair held?"]},
        {"language": "zh"},
    ],
)
def test_another_day_conversation_or_language_is_another_question(live, differing):
    first = live.answer("And in Suzhou?", today=DAY)

    other = live.answer("And in Suzhou?", **{"today": DAY, **differing})

    assert other.as_of == differing.get("today", first.as_of)
    assert other.timings_ms.encode > 0


def test_a_new_snapshot_answers_anew(live, workspace):
    question = "How many halls has the jade park?"
    before = live.answer(question, today=DAY)
    workspace.corpus.write("zones/park.en.md", "The jade park has 7 halls.")
    workspace.build(override="a test")

    live.follow()

    assert "7 halls" in live.answer(question, today=DAY).text
    assert "7 halls" not in before.text
