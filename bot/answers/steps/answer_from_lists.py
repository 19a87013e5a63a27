"""Answers "which events, zones, financing are there" from the typed facts of all documents."""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools
from bot.answers.evidence import Evidence
from bot.answers.reasons import Reason
from bot.dates import EventStatus, written_days
from bot.lists.filters import Filter
from bot.lists.request import ListRequest
from bot.texts import text
from index import Document, Kind, units

_NEXT = 3
"""So many of what comes next are named where nothing is known for the time asked about."""


def answer_from_lists(case: Case, tools: Tools) -> Case | Outcome:
    """End the message with the documents that a list request selects; any other goes on."""
    asked = case.question.search_text if case.is_only_part else case.text
    request = tools.lists.request(asked, case.today)
    if request is None:
        return case
    documents = tools.lists.requested(request, case.language, case.today)
    if not documents and _looks_ahead(request, case):
        details = {
            "question": text("then", case.language),
            "note": _next_ones(request, case, tools),
        }
        case = replace(case, changed="a list, and nothing is known for that time")
        return replace(case.ends(Reason.NOT_COVERED, **details), ends_message=True)
    if not documents:
        return replace(case, changed="a list, but nothing fits it")
    case = replace(
        case, quotes=tuple(map(_lead_of, documents)), changed=f"a list: {len(documents)} fit"
    )
    outcome = case.ends(Reason.LISTED, command=request.kind.command)
    return replace(outcome, ends_message=True)


def _looks_ahead(request: ListRequest, case: Case) -> bool:
    """Whether it asks for what comes: then nothing else can answer it."""
    months = request.wanted["month"]
    this_month = f"{case.today:%Y-%m}"
    return "upcoming" in request.wanted["standing"] or bool(
        months and all(this_month <= month for month in months if month[0].isdigit())
    )


def _next_ones(request: ListRequest, case: Case, tools: Tools) -> str:
    """What comes next instead, with its days; nothing if nothing is known to come."""
    language, today, kind = case.language, case.today, request.kind
    upcoming = ListRequest(kind, Filter({"standing": frozenset({"upcoming"})}))
    entries = []
    for document in tools.lists.requested(upcoming, language, today):
        period = tools.lists.when(kind, document, today)
        if period and period.start and period.start.first > today:
            is_expected = period.status is EventStatus.EXPECTED
            days = written_days(period.start, period.end, language)
            key = "next_one_expected" if is_expected else "next_one"
            entries.append(text(key, language, title=document.metadata.title, days=days))
    if not entries:
        return ""
    listed = text("semicolon", language).join(entries[:_NEXT])
    return text("next_ones", language, entries=listed)


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
