"""What only compares things is answered with what documents record of each."""

import pytest

from bot.answers.answerer import tools_of, until
from bot.answers.case import Case
from bot.answers.reasons import Reason
from bot.answers.steps.compare import compare
from bot.answers.steps.compose import compose
from bot.texts import text
from index import Glossary
from index.glossary import Entry
from index.readers.word_reader import WordReader
from tests.bot.conftest import TODAY
from tests.bot.handmade_fits import decision_fit

NAMES = Glossary(
    [
        Entry(id="tea-fair", kind="event", zh="茶叶博览会", en="tea fair"),
        Entry(id="spice-fair", kind="event", zh="香料展", en="Spice fair"),
        Entry(id="moon-fair", kind="event", zh="月亮展", en="Moon fair"),
        Entry(id="silk", kind="zone", zh="丝绸园", en="Silk park"),
        Entry(id="labels", kind="term", zh="玩具标签", en="Toy labels"),
    ]
)


@pytest.fixture
def compared(desk):
    """`compared(message)`: what comes of the step."""
    tools = tools_of(desk, NAMES, WordReader(), decision_fit())

    def run(message):
        case = until(compare, Case(message=message, today=TODAY), tools)
        assert isinstance(case, Case), case
        return compare(case, tools), tools

    return run


def test_things_are_told_of_one_after_the_other_and_set_side_by_side(compared):
    ended, tools = compared("Compare the tea fair and the Spice fair")

    assert (ended.reason, ended.ends_message) == (Reason.COMPARED, True)
    stems = [quote.document.stem for quote in ended.case.quotes]
    assert stems == ["events/tea-fair-12", "events/spice-fair"]
    answer = compose(
        Case(message="Compare", today=TODAY, language="en", ended=(ended,)), tools
    ).answer
    lines = answer.text.splitlines()
    assert text("side_by_side", "en") in lines
    assert "tea fair — 12th tea fair" in lines
    assert "· When: 15 October – 4 November 2025, over" in lines
    assert "· When: 20–24 May 2026, dates tentative" in lines
    assert answer.text.count("tentative") == 1


@pytest.mark.parametrize(
    "message",
    [
        "How many booths have the tea fair and the Spice fair?",  # asks for something of both
        "Tea fair and Spice fair",  # compares nothing
        "Compare the tea fair and the Moon fair",  # of one nothing is told
        "Compare the Silk park and Toy labels",  # nothing is recorded of either
        "Compare the tea fair",
        "哪个茶叶博览会玩具标签",  # a fair and what may lie there are no two of a sort
    ],
)
def test_anything_else_goes_on(compared, message):
    result, _ = compared(message)

    assert isinstance(result, Case)
    assert result.quotes == ()
