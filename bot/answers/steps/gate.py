"""Drops hits whose typed facts contradict what the question names, and what was replaced."""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools
from bot.answers.gaps import names_time, nearest_gap
from bot.answers.gates import reasons_against
from bot.answers.reasons import Reason
from bot.answers.values import Dropped


def gate(case: Case, tools: Tools) -> Case | Outcome:
    """Drop hits about another year, edition, code, place, thing or day; end if none is left."""
    question, retriever, glossary = case.question, tools.retriever, tools.glossary
    reasons = reasons_against(question, case.found, retriever, glossary, case.today)
    kept = case.found.keep([n for n, reason in enumerate(reasons) if not reason])
    case = replace(
        case,
        found=kept,
        changed=f"{len(kept.hits)} hits left",
        dropped=tuple(
            Dropped(what=hit.passage.id, because=reason)
            for hit, reason in zip(case.found.hits, reasons, strict=True)
            if reason
        ),
    )
    if not kept.hits:
        # that next year's dates are not held is told although all hits are of this year
        gap = nearest_gap(question, case.all_found, retriever, glossary)
        if gap and names_time(question, gap.entry.question):
            return case.ends(Reason.NOT_COVERED, **gap.details)
        return case.ends(Reason.NAMES_ANOTHER)
    return case
