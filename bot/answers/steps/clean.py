"""Takes away what carries no meaning: invisible characters, repetitions, lead-ins."""

from dataclasses import replace

from bot.answers.case import Case, Tools
from bot.answers.question import cleaned


def clean(case: Case, _tools: Tools) -> Case:
    """Clean the message, and cut it to the longest length that is read."""
    result = cleaned(case.message)
    changed = [f"read as {result.text!r}"] if result.text != case.message else []
    changed += ["cut to the longest length that is read"] if result.was_cut else []
    return replace(
        case,
        text=result.text,
        was_cut=result.was_cut,
        starts_anew=result.starts_anew,
        changed="; ".join(changed),
    )
