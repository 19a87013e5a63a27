"""Completes a follow-up from what was asked before."""

from dataclasses import replace

from bot.answers.case import Case, Tools
from bot.answers.history import Reading, readings_of


def resolve_history(case: Case, tools: Tools) -> Case:
    """Read the question in its conversation; what else it may mean is kept for the retry."""
    if case.starts_anew:
        return replace(
            case, reading=Reading(case.question), changed="has nothing to do with earlier turns"
        )
    reading, other = readings_of(case.question, case.history, case.today, tools.glossary)
    question = replace(reading.question, label=case.label, told=case.question.told)
    is_completed = question.search_text != case.question.search_text
    return replace(
        case,
        question=question,
        reading=reading,
        other_reading=other,
        changed=f"completed to {question.search_text!r}" if is_completed else "",
    )
