"""What an answer must not miss is read from the question."""

from bot.answers.case import Case
from bot.answers.steps.read_constraints import read_constraints


def test_years_and_editions_stand_in_the_trace(before, tools):
    case = before(read_constraints, "How many booths had the 12th tea fair in 2025?")

    read = read_constraints(case, tools)

    assert isinstance(read, Case)
    assert (read.question.years, read.question.editions) == ({2025}, {12})
    assert "years 2025; editions 12" in read.changed
