"""Answers "which events, zones, financing are there" from the typed facts of all documents."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.answers.case import Case, Outcome, Tools
from bot.answers.evidence import Evidence, opening, quotable
from bot.answers.question import content_words
from bot.answers.reasons import Reason
from bot.dates import EventStatus, event_status, has_expired, written, written_days
from bot.lists.filters import Filter
from bot.lists.kinds import DOCUMENTS, Item
from bot.lists.request import ListRequest
from bot.texts import text
from index import Glossary
from index.facts import facts_of

_NEXT = 3
"""So many of what comes next are named where nothing is known for the time asked about."""


def answer_from_lists(case: Case, tools: Tools) -> Case | Outcome:
    """End with the documents that a list request selects; any other goes on.

    A message is one request, unless it is several questions: then each may be one.
    """
    whole = case.question.text if case.is_only_part else case.text
    before = () if case.starts_anew else case.history
    request = tools.lists.request(case.asked or whole, case.today, before)
    if request is None:
        return case
    items = tools.lists.requested(request, case.language, case.today)
    if not items and not request.wanted["name"] and _looks_ahead(request, case):
        details = {
            "question": text(f"then_{request.kind.name}", case.language),
            "note": _next_ones(request, case, tools),
        }
        case = replace(case, changed="a list, and nothing is known for that time")
        return replace(case.ends(Reason.NOT_COVERED, **details), ends_message=not case.asked)
    if not items:
        return replace(case, changed="a list, but nothing fits it")
    listed = dict.fromkeys(_quote_of(request, item, case, tools.glossary) for item in items)
    quotes = [*listed]
    if request.kind is DOCUMENTS and request.places:
        quotes.sort(key=lambda quote: _distance(quote, request.places, case.today, tools.glossary))
    case = replace(case, quotes=tuple(quotes), changed=f"a list: {len(quotes)} fit")
    details = {"command": f"{request.kind.command} {request.words}"}
    if request.kind is DOCUMENTS:
        details["brief"] = request.words
    outcome = case.ends(Reason.LISTED, **details)
    return replace(outcome, ends_message=not case.asked)


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
    for item in tools.lists.requested(upcoming, language, today):
        period = tools.lists.when(kind, item, today)
        if period and period.start and period.start.first > today:
            is_expected = period.status is EventStatus.EXPECTED
            days = written_days(period.start, period.end, language)
            key = "next_one_expected" if is_expected else "next_one"
            entries.append(text(key, language, title=kind.called(item), days=days))
    if not entries:
        return ""
    listed = text("semicolon", language).join(entries[:_NEXT])
    return text("next_ones", language, entries=listed)


def _quote_of(request: ListRequest, item: Item[Any], case: Case, glossary: Glossary) -> Evidence:
    """The sentence of an item: of those that have its day, the one that has most of its words.

    Where none has its day, of all; of a whole document the first, the answer to "what is it"; in
    a brief of a place the one that names it.
    """
    kind, places = request.kind, request.places
    period = kind.when(item, case.today) if kind.title else None
    language = item.document.metadata.language
    day = written(period.start, language) if period and period.start else ""
    sentences = [*quotable(item.document)] if kind.title else []
    dated = [s for s in sentences if day and day in s.quote]
    title = kind.called(item)
    first = _about(title, dated) or _about(title, sentences) or opening(item.document)
    if kind is not DOCUMENTS or not places or _names(first, places, glossary):
        return first
    return next((s for s in quotable(item.document) if _names(s, places, glossary)), first)


def _about(title: str, sentences: Sequence[Evidence]) -> Evidence | None:
    """The first of the sentences that share most words with a title; None if there are none."""
    if not sentences:
        return None
    wanted = set(content_words(title))
    return max(sentences, key=lambda s: len(wanted.intersection(content_words(s.quote))))


def _distance(
    quote: Evidence, places: frozenset[str], today: date, glossary: Glossary
) -> tuple[bool, bool, int]:
    """Sort key: what names a place before what holds there too, and what is over behind it.

    The fewer others a document is about, the nearer it is.
    """
    metadata = quote.document.metadata
    status = event_status(metadata.event, today) if metadata.event else None
    is_over = bool(status and status.has_passed) or has_expired(quote.document, today)
    others = len(metadata.countries) + len(metadata.provinces)
    return not _names(quote, places, glossary), is_over, others


def _names(sentence: Evidence, places: frozenset[str], glossary: Glossary) -> bool:
    """Whether a sentence names one of these countries, provinces and cities."""
    named = facts_of(sentence.quote, glossary)
    return not places.isdisjoint(
        named.countries | named.provinces | named.provinces_of_cities | named.cities
    )
