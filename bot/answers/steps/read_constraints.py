"""Reads what an answer must not miss: years, editions, codes, places."""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools
from bot.answers.naming import names_a_class_only
from bot.answers.reasons import Reason


def read_constraints(case: Case, tools: Tools) -> Case | Outcome:
    """End if only a class of things is named, and not which of them."""
    question = case.question
    named: dict[str, frozenset[int] | frozenset[str]] = {
        "years": question.years,
        "months": question.months,
        "editions": question.editions,
        "codes": question.codes,
        "countries": question.countries,
    }
    told = (f"{name} {', '.join(sorted(map(str, of)))}" for name, of in named.items() if of)
    case = replace(case, changed="; ".join(told))
    if names_a_class_only(question, tools.glossary):
        return case.ends(Reason.UNCLEAR)
    return case
