"""Words a question without an answer in another way, once."""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools
from bot.answers.question import analysed
from bot.answers.reasons import Reason
from bot.answers.story import what_is_asked, without_whereabouts
from index import Found, Retriever

_LOOKED_AT = 3
"""How many hits tell whether the documents know a country."""


def reword(case: Case, tools: Tools) -> Case | Outcome:
    """A follow-up as it stands, the asking part of a story, or a part with the rest."""
    is_known = _concerns(case.question.countries, case.all_found, tools.retriever)
    if case.otherwise:
        return replace(
            case,
            question=case.otherwise,
            otherwise=case.question,
            changed=f"read as {case.otherwise.search_text!r}",
        )
    elsewhere = without_whereabouts(case.question, case.today)
    if elsewhere and not is_known:
        return replace(
            case, question=elsewhere, changed=f"without places: {elsewhere.search_text!r}"
        )
    asked = what_is_asked(case.question, tools.glossary, case.today)
    if asked:
        if is_known:
            asked = replace(asked, countries=case.question.countries)
        return replace(
            case,
            question=asked,
            among=frozenset(hit.passage.document for hit in case.all_found.hits),
            changed=f"only what is asked: {asked.search_text!r}",
        )
    if not case.is_only_part:
        whole = analysed(case.text, "", case.language, case.today, was_cut=case.was_cut)
        return replace(
            case,
            question=whole,
            is_whole_message=True,
            changed="with the whole message",
        )
    return replace(case, changed="no other wording").ends(Reason.NOT_READ)


def _concerns(countries: frozenset[str], found: Found, retriever: Retriever) -> bool:
    """Whether one of the best hits is about one of the countries."""
    documents = (retriever.document(hit.passage) for hit in found.hits[:_LOOKED_AT])
    return any(countries & set(document.metadata.countries) for document in documents)
