"""Reads what an answer must not miss: years, editions, codes, places, names."""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools
from bot.answers.naming import names_a_class_only
from bot.answers.reasons import Reason
from bot.answers.spelling import mended


def read_constraints(case: Case, tools: Tools) -> Case | Outcome:
    """Correct the spelling; end if only a class of things is named, and not which of them."""
    question = mended(case.question, tools.retriever, tools.glossary)
    corrected = question.search_text != case.question.search_text
    named: dict[str, frozenset[int] | frozenset[str]] = {
        "years": question.years,
        "months": question.months,
        "editions": question.editions,
        "codes": question.codes,
        "countries": question.countries,
    }
    told = [f"corrected to {question.search_text!r}"] if corrected else []
    told += [f"{name} {', '.join(sorted(map(str, of)))}" for name, of in named.items() if of]
    case = replace(case, question=question, language=question.language, changed="; ".join(told))
    if names_a_class_only(question, tools.glossary):
        return case.ends(Reason.UNCLEAR)
    return case
