"""Answers "which events, zones, financing are there" from the typed facts of all documents."""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools
from bot.answers.evidence import Evidence
from bot.answers.reasons import Reason
from index import Document, Kind, units


def answer_from_lists(case: Case, tools: Tools) -> Case | Outcome:
    """End the message with the documents that a list request selects; any other goes on."""
    text = case.question.search_text if case.is_only_part else case.text
    request = tools.lists.request(text, case.today)
    if request is None:
        return case
    documents = tools.lists.requested(request, case.language, case.today)
    if not documents:
        return replace(case, changed="a list, but nothing fits it")
    case = replace(
        case, quotes=tuple(map(_lead_of, documents)), changed=f"a list: {len(documents)} fit"
    )
    outcome = case.ends(Reason.LISTED, command=request.kind.command)
    return replace(outcome, ends_message=True)


def _lead_of(document: Document) -> Evidence:
    """The first sentence of a document: the answer to "what is it"."""
    spans = ((u.quote_start, u.end) for u in units(document.text) if u.kind is not Kind.HEADING)
    start, end = next(spans, (0, len(document.text)))
    return Evidence(
        document=document,
        start=start,
        end=end,
        language=document.metadata.language,
    )
