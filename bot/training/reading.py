"""Labelled questions as the steps read them, as far as the decision whether to answer."""

from datetime import date

from bot.answers.answerer import until
from bot.answers.case import Case, Tools
from bot.answers.steps.decide import decide
from index.evaluation import LabelledQuestion


def read_case(question: LabelledQuestion, tools: Tools, today: date) -> Case | None:
    """The case as the step `decide` gets it; None if it ended before, whatever is fitted.

    Args:
        question: Labelled, with its earlier turns.
        tools: Search the index of its documents.
        today: The day on which it is asked.
    """
    case = Case(
        message=question.text,
        today=today,
        history=tuple(question.earlier_turns),
        language=question.language,
    )
    read = until(decide, case, tools)
    return read if isinstance(read, Case) else None
