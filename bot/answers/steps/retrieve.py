"""Searches the index for a question."""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools
from bot.answers.finding import searched
from bot.answers.question import Question
from bot.answers.reasons import Reason
from index import Found, Retriever

_MANY = 3
"""A single word that finds so many documents among the first hits may mean any of them."""
_FIRST = 5


def retrieve(case: Case, tools: Tools) -> Case | Outcome:
    """Find hits; end if the question is one word that may mean any of several documents."""
    case = searched(case, tools)
    found = case.found
    case = replace(
        case,
        changed=f"{len(found.hits)} hits",
        scores={hit.passage.id: hit.score for hit in found.hits[:_FIRST]},
    )
    if _may_mean_many(case.question, found, tools.retriever):
        return case.ends(Reason.UNCLEAR)
    return case if found.hits else case.ends(Reason.NOT_FOUND)


def _may_mean_many(question: Question, found: Found, retriever: Retriever) -> bool:
    if len(question.words) > 1 or question.years or question.editions or question.codes:
        return False
    documents = [retriever.document(hit.passage) for hit in found.hits]
    names_one = any(
        document.metadata.title.casefold().startswith(question.text.casefold())
        for document in documents
    )
    return len({document.stem for document in documents[:_FIRST]}) >= _MANY and not names_one
