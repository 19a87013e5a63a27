"""What is said below an answer: expired, in another language, over or still to come."""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter

from bot.answers.reasons import AnswerStatus
from bot.answers.values import Citation
from bot.dates import EventStatus, event_note, written, written_days
from bot.lists.kinds import EVENTS
from bot.lists.listing import Lists
from bot.texts import in_script_of, text
from index import Document, Glossary
from index.dates import dates_in
from index.glossary import EntryKind, fold
from index.language import primary

_NAMED_LANGUAGES = frozenset({"zh", "zh-Hant", "en"})
_MOST_TERMS = 6
_OLD_DAYS = 365
_MONTH_DAYS = 31
_GROWS_NO_OLDER = frozenset({EventStatus.PAST, EventStatus.USUAL})
_NOT_SURE = frozenset({EventStatus.TENTATIVE, EventStatus.PLANNED, EventStatus.UNCONFIRMED})
"""What lists, too, must not leave unsaid."""


def key_terms(citations: Sequence[Citation], language: str, glossary: Glossary) -> tuple[str, ...]:
    """The names and terms of quotes in another language, each with what the reader calls it.

    Args:
        citations: What is quoted.
        language: Of the reader.
        glossary: Has the terms in both languages.
    """
    quoted = fold(" ".join(citation.quote for citation in citations))
    found: dict[str, str] = {}
    for citation in citations:
        if primary(citation.language) == primary(language):
            continue
        for mention in glossary.mentions(citation.quote):
            entry = mention.entry
            said = next(iter(entry.forms_in(primary(citation.language))), "")
            own = next(iter(entry.forms_in(primary(language))), "")
            if entry.kind is not EntryKind.WORD and own and said and fold(own) not in quoted:
                found[said] = in_script_of(language, own)
    return tuple(f"{said} – {own}" for said, own in found.items())[:_MOST_TERMS]


def notices_for(
    language: str,
    citations: Sequence[Citation],
    status: AnswerStatus,
    *,
    with_events: bool,
    with_unsure: bool = True,
    lists: Lists,
    today: date,
) -> list[str]:
    """The lines below an answer.

    Args:
        language: Of the reader.
        citations: What is quoted.
        status: Of the answer.
        with_events: Whether to tell of each event if it is over, running or to come.
        with_unsure: Whether to tell of those that were only announced; a table says it itself.
        lists: Tell what comes next, and of which documents; their glossary translates terms.
        today: The day of the answer.
    """
    notes: list[str] = []
    if status is AnswerStatus.OUT_OF_DATE:
        notes += _on_expiry(citations[0].document, language, lists)
    notes += _on_language(citations, language, lists.glossary)
    events = {
        c.document.stem: c
        for c in citations
        if (with_events and c.event_status is not EventStatus.USUAL)
        or (with_unsure and c.event_status in _NOT_SURE)
    }
    for stem in {c.document.stem for c in citations if _says_it_is_over(c)}:
        events.pop(stem, None)
    for citation in events.values():
        note = event_note(citation.document, citation.event_status, language)
        if note:
            notes.append(note)
    if with_events:
        notes += _on_next(citations, language, lists, today)
    caveats = dict.fromkeys(
        said for c in citations for said in c.document.caveats_for(c.start, c.end)
    )
    notes += [text("caveat", language, caveat=caveat) for caveat in caveats]
    known = [str(c.number) for c in citations if c.is_general_knowledge]
    if known:
        numbers = text("comma", language).join(known)
        notes.append(text("general_knowledge", language, numbers=numbers))
    return notes + _on_age(citations, language, today)


def _says_it_is_over(citation: Citation) -> bool:
    """Whether a quote has the days of its event, which is over: no note need say so."""
    event = citation.document.metadata.event
    day = (event.end or event.start) if event else None
    if day is None or citation.event_status is not EventStatus.PAST:
        return False
    return any(
        first <= day.last and day.first <= last and (last - first).days < _MONTH_DAYS
        for first, last in dates_in(citation.quote)
    )


def _on_expiry(document: Document, language: str, lists: Lists) -> list[str]:
    """Until when a document held, and what holds now."""
    until, new = document.metadata.valid_until, document.metadata.replaced_by
    notes = [text("out_of_date", language, until=written(until, language))] if until else []
    replacing = lists.retriever.version(new, language) if new else None
    if replacing:
        notes.append(text("replaced_by", language, title=replacing.metadata.title))
    return notes


def _on_next(
    citations: Sequence[Citation], language: str, lists: Lists, today: date
) -> Iterator[str]:
    """When the next edition of a series is, of which the usual calendar is quoted."""
    usual = {c.document.stem: c.document for c in citations if c.event_status is EventStatus.USUAL}
    for document in usual.values():
        for item in EVENTS.items(document):
            next_one = lists.announced(EVENTS, item.facts.series, language, today)
            period = lists.when(EVENTS, next_one or item, today)
            if period and period.start:
                key = "next_announced" if next_one else "next_expected"
                days = written_days(period.start, period.end, language)
                title = EVENTS.called(next_one or item)
                yield text(key, language, title=title, date=days)


def _on_age(citations: Sequence[Citation], language: str, today: date) -> list[str]:
    """Of when the newest source is, if that is more than a year ago.

    What is known of an event that is over does not change any more; of what a usual calendar says
    it is told that nothing is announced.
    """
    changing = [c for c in citations if c.event_status not in _GROWS_NO_OLDER]
    days = [s.published for c in changing for s in c.sources if s.published]
    newest = max(days, key=attrgetter("last"), default=None)
    if newest is None or (today - newest.last).days <= _OLD_DAYS:
        return []
    return [text("newest_source", language, date=written(newest, language))]


def _on_language(
    citations: Sequence[Citation], language: str, glossary: Glossary
) -> Iterator[str]:
    others = {c.language for c in citations if primary(c.language) != primary(language)}
    names = [text(f"language_{code}", language) for code in sorted(others & _NAMED_LANGUAGES)]
    if names:
        named = text("comma", language).join(names)
        yield text("other_language", language, language=named)
    terms = key_terms(citations, language, glossary)
    if terms:
        yield text("key_terms", language, terms=text("semicolon", language).join(terms))
