"""What tests of the steps need: a case, the tools, and a case as far as a step has it."""

from collections.abc import Callable

import pytest

from bot.answers.abstention import shipped_fit
from bot.answers.answerer import STEPS
from bot.answers.case import Case, Outcome, Tools
from bot.answers.pipeline import EachPart, run
from bot.lists.listing import Lists
from index import Glossary
from tests.bot.conftest import TODAY


@pytest.fixture(scope="session")
def tools(desk) -> Tools:
    """Of the small corpus."""
    return Tools(desk, Glossary(), Lists(desk, Glossary()), shipped_fit())


@pytest.fixture(scope="session")
def before(tools) -> Callable[..., Case]:
    """`before(step, message, *history)`: the first part as that step of the list gets it."""
    (each,) = (step for step in STEPS if isinstance(step, EachPart))

    def run_until(step: object, message: str, *history: str) -> Case:
        case = Case(message=message, today=TODAY, history=history)
        if step in STEPS:
            result = run(STEPS[: STEPS.index(step)], case, tools)
        else:
            whole = run(STEPS[: STEPS.index(each)], case, tools)
            result = run(each.steps[: each.steps.index(step)], whole.case.parts[0], tools)
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
