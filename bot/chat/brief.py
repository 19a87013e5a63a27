"""A list of documents as a brief to hand on: all of them, by topic, the newest first, quoted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.answers.composing import cite
from bot.answers.evidence import beginning
from bot.answers.notices import notices_for
from bot.answers.reasons import AnswerStatus
from bot.answers.rendering import authors
from bot.answers.values import Citation
from bot.answers.verification import one_line
from bot.chat.lists_view import ListsView
from bot.dates import has_expired, written
from bot.lists.kinds import DOCUMENTS, Item
from bot.texts import interface, text
from index import Document, PartialDate, Topic

_NAME_CHARS = 60
"""Longest name of a file, without its day and ending."""


@dataclass(frozen=True, slots=True)
class BriefEntry:
    """One document: what it is called, how it opens, who says so, what to be careful about."""

    heading: str
    citation: Citation
    authors: Sequence[tuple[str, str | None]]
    """(name and date, address)."""
    as_of: str
    notes: Sequence[str]

    @property
    def quote(self) -> str:
        """Word for word, in one line."""
        return one_line(self.citation.quote)


@dataclass(frozen=True, slots=True)
class Brief:
    """What stands in the file."""

    language: str
    day: date
    title: str
    line: str
    """Its day, and how many documents there are."""
    note: str
    """How the quotes are to be read."""
    sections: Sequence[tuple[str, Sequence[BriefEntry]]]
    """Topics, and what there is on each."""

    @property
    def file_name(self) -> str:
        """Its title and day, without characters that file systems refuse."""
        name = "-".join(re.findall(r"\w+", self.title))[:_NAME_CHARS]
        return f"{name}-{self.day.isoformat()}.docx"


def brief_of(view: ListsView, words: str) -> Brief | None:
    """The brief of what `/documents` lists after some words; None if that is nothing, or all."""
    lists, language, today = view.lists, view.language, view.today
    listing = lists.narrowed(words, DOCUMENTS, language, today)
    if not listing.entries or not listing.labels:
        return None
    items = sorted((entry.item for entry in listing.entries), key=lambda i: _newness(i, today))
    day = written(PartialDate.parse(today), language)
    return Brief(
        language=language,
        day=today,
        title=interface("brief_title", language, words=listing.words),
        line=interface("brief_line", language, date=day, count=len(items)),
        note=interface("brief_note", language),
        sections=list(_sections([item.document for item in items], view)),
    )


def _newness(item: Item[Any], today: date) -> int:
    """Sort key: the newest first, at last what has no date."""
    period = DOCUMENTS.when(item, today)
    return -period.start.first.toordinal() if period and period.start else 0


def _sections(
    documents: Sequence[Document], view: ListsView
) -> Iterator[tuple[str, list[BriefEntry]]]:
    number = 1
    for topic in (*Topic, None):
        found = [document for document in documents if document.metadata.topic is topic]
        key = f"topic_{topic}" if topic else "brief_other"
        entries = [_entry(place, document, view) for place, document in enumerate(found, number)]
        number += len(found)
        if entries:
            yield interface(key, view.language), entries


def _entry(number: int, document: Document, view: ListsView) -> BriefEntry:
    language, metadata = view.language, document.metadata
    (cited,) = cite([beginning(document)], view.today)
    citation = replace(cited, number=number)
    is_over = has_expired(document, view.today)
    as_of = written(metadata.as_of, language) if metadata.as_of else ""
    return BriefEntry(
        heading=f"{number}. {metadata.title}",
        citation=citation,
        authors=authors(citation, language),
        as_of=text("document_as_of", language, date=as_of) if as_of else "",
        notes=notices_for(
            language,
            [citation],
            AnswerStatus.OUT_OF_DATE if is_over else AnswerStatus.ANSWERED,
            with_events=True,
            lists=view.lists,
            today=view.today,
        ),
    )
