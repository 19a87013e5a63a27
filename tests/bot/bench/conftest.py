"""What tests of `smebot bench` need: questions about the small corpus, and its answerer."""

import pytest

from bot.answers.answerer import Answerer
from bot.bench.questions import Question
from index import Glossary
from index.readers.word_reader import WordReader
from tests.bot.handmade_fits import decision_fit

TEXTS = (
    "How many booths has the 12th tea fair?",
    "Where is the spice fair planned?",
    "监管代码9810用于什么？",
    "What does the lamp fair show?",
    "你好",
)


@pytest.fixture(scope="session")
def questions(today):
    """Three that search, a code and a greeting."""
    return [Question(text=text, today=today) for text in TEXTS]


@pytest.fixture(scope="session")
def answerer_with(desk):
    """`answerer_with(reader)`: answers from the small corpus."""

    def make(reader=None):
        return Answerer(desk, Glossary(), reader or WordReader(), decision_fit())

    return make
