"""Completes a follow-up from what was asked before."""

from dataclasses import replace

from bot.answers.case import Case, Tools
from bot.answers.history import resolve_history as read_in_conversation


def resolve_history(case: Case, tools: Tools) -> Case:
    """Read the question in its conversation; in doubt both readings are kept."""
    case = replace(case, as_asked=case.question.text)
    if case.starts_anew:
        return replace(case, changed="has nothing to do with earlier turns")
    reading = read_in_conversation(case.question, case.history, case.today, tools.glossary)
    is_completed = reading.question is not case.question
    return replace(
        case,
        question=reading.question,
        otherwise=reading.otherwise,
        changed=f"completed to {reading.question.search_text!r}" if is_completed else "",
    )
