"""`/events`, `/zones`, `/financing`: pages of exact lists, and the cards behind the entries."""

import hashlib
from dataclasses import dataclass
from datetime import date

from bot.answers.dates import event_days, event_status, written
from bot.answers.lists import Filter, events, filter_of, financing, zones
from bot.answers.rendering import who_says_so_source
from bot.answers.values import EventStatus
from bot.chat.calendar import calendar_file
from bot.chat.replies import Button, Reply
from bot.chat.rich_text import RichText, Style, bold
from bot.texts import interface, text
from index import Document, Retriever

_PAGE = 6
_SUBJECTS = {"e": "events", "z": "zones", "f": "financing"}
_BEGAN = (EventStatus.OPENED, EventStatus.PAST)
_WORDS_BYTES = 40
"""So much of what a list was narrowed to goes into its buttons."""


@dataclass(frozen=True, slots=True)
class ListsView:
    """Lists and cards of one snapshot, in one language, on one day."""

    retriever: Retriever
    language: str
    today: date

    def page(self, subject: str, words: str, number: int, *, edits: bool = False) -> Reply:
        """One page of a list.

        Args:
            subject: `e`, `z` or `f`.
            words: What it is narrowed to, as typed after the command.
            number: The page, from 0.
            edits: Whether it replaces the page before.
        """
        words = _shortened(words.strip())
        documents = self._documents(subject, filter_of(words, self.today))
        shown = (
            f"（{words}）"
            if words and self.language.startswith("zh")
            else f" ({words})"
            if words
            else ""
        )
        if not documents:
            empty = interface("list_empty", self.language, filter=shown)
            return Reply(text=RichText(empty), edits=edits)
        number = max(0, min(number, (len(documents) - 1) // _PAGE))
        heading = interface(
            f"list_{_SUBJECTS[subject]}", self.language, filter=shown, total=len(documents)
        )
        body = bold(heading) + "\n"
        rows: list[tuple[Button, ...]] = []
        for document in documents[number * _PAGE : (number + 1) * _PAGE]:
            body += f"\n· {document.metadata.title}{self._remark(document)}"
            rows.append((Button(document.metadata.title, f"c:{subject}:{_key(document)}"),))
        body += f"\n\n{interface('list_hint', self.language)}"
        rows.append(self._turning(subject, words, number, len(documents)))
        return Reply(text=body, rows=tuple(row for row in rows if row), edits=edits)

    def card(self, key: str) -> Reply | None:
        """All that a document says about one thing; None if it is gone."""
        document = self._by_key(key)
        if document is None:
            return None
        body = bold(document.metadata.title) + self._remark(document) + "\n\n"
        body += _without_headings(document)
        body += "\n\n"
        body += RichText(self._sources(document)).styled(Style.QUOTE)
        rows: list[tuple[Button, ...]] = []
        if document.metadata.event and calendar_file(document, self.language):
            rows.append((Button(interface("add_to_calendar", self.language), f"i:{key}"),))
        return Reply(text=body, rows=tuple(rows))

    def calendar(self, key: str) -> Reply | None:
        """The calendar file of an event; None if the event is gone."""
        document = self._by_key(key)
        if document is None:
            return None
        file = calendar_file(document, self.language)
        if file is None:
            return Reply(text=RichText(interface("calendar_unknown", self.language)))
        return Reply(text=RichText(document.metadata.title), file=file)

    def _documents(self, subject: str, wanted: Filter) -> list[Document]:
        if subject == "e":
            return events(self.retriever, self.language, wanted, self.today)[::-1]
        if subject == "z":
            return zones(self.retriever, self.language, wanted)
        return financing(self.retriever, self.language, wanted)

    def _by_key(self, key: str) -> Document | None:
        return next((d for d in self.retriever.documents(self.language) if _key(d) == key), None)

    def _remark(self, document: Document) -> str:
        event = document.metadata.event
        status = event_status(event, self.today) if event else None
        if event is None or event.start is None or status in (None, EventStatus.USUAL):
            return ""
        states = {
            EventStatus.PAST: "over",
            EventStatus.RUNNING: "running",
            EventStatus.OPENED: "opened",
            EventStatus.DUE: "due",
            EventStatus.UPCOMING: "upcoming",
            EventStatus.TENTATIVE: "tentative",
            EventStatus.UNCONFIRMED: "unconfirmed",
        }
        days = event_days(event, self.language)
        if event.end is None and event.start.is_day and status in _BEGAN:
            days = interface("from_day", self.language, date=days)
        return f" — {days}, {interface(states[status], self.language)}"

    def _turning(self, subject: str, words: str, number: int, total: int) -> tuple[Button, ...]:
        buttons = []
        if number:
            buttons.append(
                Button(interface("previous", self.language), f"l:{subject}:{number - 1}:{words}")
            )
        if (number + 1) * _PAGE < total:
            buttons.append(
                Button(interface("next", self.language), f"l:{subject}:{number + 1}:{words}")
            )
        return tuple(buttons)

    def _sources(self, document: Document) -> str:
        lines = [who_says_so_source(source, self.language) for source in document.metadata.sources]
        as_of = document.metadata.as_of
        if as_of:
            lines.append(text("document_as_of", self.language, date=written(as_of, self.language)))
        return "\n".join(dict.fromkeys(lines))


def _key(document: Document) -> str:
    return hashlib.sha256(document.stem.encode()).hexdigest()[:16]


def _shortened(words: str) -> str:
    while len(words.encode()) > _WORDS_BYTES:
        words = words[:-1]
    return words.replace(":", " ")


def _without_headings(document: Document) -> RichText:
    """The document's text, its headings bold instead of marked."""
    body = RichText()
    for position, line in enumerate(document.text.strip().split("\n")):
        heading = line.lstrip("#").strip() if line.startswith("#") else ""
        if heading and position == 0:
            continue  # the title stands above
        body += bold(heading) + "\n" if heading else f"{line}\n"
    return body.part(0, len(body.text))
