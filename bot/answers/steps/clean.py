"""Takes away what carries no meaning: invisible characters, shouting, repetitions, lead-ins."""

from dataclasses import replace

from bot.answers.case import Case, Tools
from bot.answers.clauses import as_questions
from bot.answers.cleaning import cleaned, in_usual_case
from bot.stopwords import stopwords


def clean(case: Case, tools: Tools) -> Case:
    """Clean the message, lists of questions as well, and cut it to the longest length read."""
    usual, names = tools.retriever.usual_case, tools.glossary.in_capitals
    result = cleaned(in_usual_case(as_questions(case.message), usual, stopwords(), names))
    changed = [f"read as {result.text!r}"] if result.text != case.message else []
    changed += ["cut"] if result.was_cut else []
    return replace(
        case,
        text=result.text,
        was_cut=result.was_cut,
        starts_anew=result.starts_anew,
        changed="; ".join(changed),
    )
