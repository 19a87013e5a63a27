"""What tests of the steps need: a case, the tools, and a case as far as a step has it."""

from collections.abc import Callable

import pytest

from bot.answers.answerer import tools_of, until
from bot.answers.case import Case, Outcome, Tools
from index import Glossary
from index.readers.word_reader import WordReader
from tests.bot.conftest import TODAY
from tests.bot.handmade_fits import decision_fit


@pytest.fixture(scope="session")
def tools(desk) -> Tools:
    """Of the small corpus."""
    return tools_of(desk, Glossary(), WordReader(), decision_fit())


@pytest.fixture(scope="session")
def before(tools) -> Callable[..., Case]:
    """`before(step, message, *history)`: the first part as that step of the list gets it."""

    def run_until(step: object, message: str, *history: str) -> Case:
        result = until(step, Case(message=message, today=TODAY, history=history), tools)
        assert isinstance(result, Case), result
        return result

    return run_until


@pytest.fixture(scope="session")
def outcome(before, tools) -> Callable[..., Outcome]:
    """`outcome(step, message, *history)`: how that step ends the first part."""

    def end(step: object, message: str, *history: str) -> Outcome:
        result = step(before(step, message, *history), tools)
        assert isinstance(result, Outcome), result
        return result

    return end
