"""Words a question without an answer in another way, once."""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools
from bot.answers.clauses import asking_part
from bot.answers.question import analysed
from bot.answers.reasons import Reason


def reword(case: Case, tools: Tools) -> Case | Outcome:  # noqa: ARG001 - a step
    """A story by what it asks alone, a part with the whole message."""
    question, part = case.question, asking_part(case.question.text)
    asked = analysed(part, "", question.language, case.today, was_cut=False)
    less_told = replace(question, countries=asked.countries, years=asked.years)
    if part != question.text and less_told != question:
        changed = "countries and years that are only told may be beside the question"
        return replace(case, question=less_told, readings=(less_told,), changed=changed)
    if not case.is_only_part:
        whole = analysed(case.text, "", case.language, case.today, was_cut=case.was_cut)
        changed = "with the whole message"
        return replace(
            case, question=whole, readings=(whole,), is_whole_message=True, changed=changed
        )
    return replace(case, changed="no other wording").ends(Reason.NOT_READ)
