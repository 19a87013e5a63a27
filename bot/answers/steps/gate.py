"""Drops hits whose typed facts contradict what the question names."""

from dataclasses import replace

from bot.answers.abstention import without_near_misses
from bot.answers.case import Case, Outcome, Tools
from bot.answers.naming import asks_of_unknown, unknown_names
from bot.answers.values import Dropped, Reason


def gate(case: Case, tools: Tools) -> Case | Outcome:
    """Drop hits about another year, edition, code, place or thing; end if none is left."""
    question = case.question
    kept = without_near_misses(question, case.found, tools.retriever, tools.glossary)
    left = {hit.passage.id for hit in kept.hits}
    case = replace(
        case,
        found=kept,
        changed=f"{len(kept.hits)} hits left",
        dropped=tuple(
            Dropped(what=hit.passage.id, because="about another year, place or thing")
            for hit in case.found.hits
            if hit.passage.id not in left
        ),
    )
    if not kept.hits:
        return case.ends(Reason.NAMES_ANOTHER)
    if unknown_names(question, tools.retriever, tools.glossary) or asks_of_unknown(
        question, kept, tools.retriever
    ):
        return case.ends(Reason.NAMES_UNKNOWN)
    return case
