"""Splits a message into the questions that it asks."""

from dataclasses import replace

from bot.answers.case import Case, Tools
from bot.answers.parts import compared, focused
from bot.answers.question import analysed


def split_parts(case: Case, tools: Tools) -> Case:
    """One part for each question, and for each year, edition or thing that one compares."""
    whole = analysed(case.text, "", case.language, case.today, was_cut=case.was_cut)
    parts = focused(whole, case.today)
    if len(parts) == 1:
        parts = compared(whole, tools.glossary, case.today)
    cases = tuple(
        replace(
            case,
            part=number,
            is_only_part=len(parts) == 1,
            label=part.label,
            question=part,
        )
        for number, part in enumerate(parts, 1)
    )
    asked = " | ".join(part.search_text for part in parts)
    changed = f"{len(parts)} parts: {asked}" if len(parts) > 1 else "one part"
    return replace(case, question=whole, parts=cases, changed=changed)
