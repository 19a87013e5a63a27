"""`/events`, `/zones`, `/financing`: pages of exact lists, and the cards behind the entries."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from bot.answers.cleaning import clean
from bot.answers.dates import event_days, event_status, written
from bot.answers.list_places import Tie
from bot.answers.lists import Label, Listing, Lists
from bot.answers.rendering import who_says_so_source
from bot.answers.values import EventStatus
from bot.chat.calendar import calendar_file
from bot.chat.replies import Button, Reply
from bot.chat.rich_text import RichText, Style, bold
from bot.texts import interface, text
from index import Document, PartialDate, country_name

_PAGE = 6
_LONG_PAGE = 30
"""Entries of a list that is narrowed to more words than its buttons can carry."""
_SUBJECTS = {"e": "events", "z": "zones", "f": "financing"}
_BEGAN = (EventStatus.OPENED, EventStatus.PAST)
_WORDS_BYTES = 54
"""So much of what a list was narrowed to goes into its buttons, beside `l:e:999:`.

Source: Telegram Bot API, InlineKeyboardButton: 64 bytes.
"""
_SHOWN_CHARS = 40
_SHOWN_PHRASES = 5
"""So much is shown of words that were not understood, and so many of them."""


@dataclass(frozen=True, slots=True)
class ListsView:
    """Lists and cards of one snapshot, in one language, on one day."""

    lists: Lists
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
        words = clean(words.replace(":", " "))
        name = _SUBJECTS[subject]
        listing = self.lists.narrowed(words, name, self.language, self.today)
        if not listing.entries:
            empty = interface("list_empty", self.language, filter=self._shown(listing.labels))
            notes = [RichText(empty), *map(RichText, self._notes(listing, name))]
            return Reply(text=_lines(notes), edits=edits)
        carried = _carried(words, listing)
        size = _PAGE if carried is not None else _LONG_PAGE
        number = max(0, min(number, (len(listing.entries) - 1) // size))
        total = sum(entry.tie <= Tie.FOR for entry in listing.entries)
        heading = interface(
            f"list_{name}", self.language, filter=self._shown(listing.labels), total=total
        )
        body = _lines([bold(heading), *map(RichText, self._notes(listing, name))]) + "\n"
        rows: list[tuple[Button, ...]] = []
        for entry in listing.entries[number * size : (number + 1) * size]:
            document = entry.document
            remark = self._remark(document) or self._usual(document)
            place = self._place(document) if entry.tie in (Tie.FOR, Tie.LINKED) else ""
            body += f"\n· {document.metadata.title}{remark}{place}"
            rows.append((Button(document.metadata.title, f"c:{subject}:{_key(document)}"),))
        body += f"\n\n{interface('list_hint', self.language)}"
        if carried is not None:
            rows.append(self._turning(subject, carried, number, len(listing.entries)))
        return Reply(text=body, rows=tuple(row for row in rows if row), edits=edits)

    def _shown(self, labels: Sequence[Label]) -> str:
        """What the list is narrowed to, in brackets."""
        if not labels:
            return ""
        is_chinese = self.language.startswith("zh")
        shown = ("、" if is_chinese else ", ").join(map(self._label, labels))
        return f"（{shown}）" if is_chinese else f" ({shown})"

    def _label(self, label: Label) -> str:
        if label.is_mention:
            return interface("list_mention", self.language, words=label.words)
        if not label.meaning:
            return label.words
        meaning = written(PartialDate.parse(label.meaning), self.language)
        return interface("list_meaning", self.language, words=label.words, meaning=meaning)

    def _notes(self, listing: Listing, subject: str) -> list[str]:
        """What else is listed, and what was not understood."""
        counts = Counter(entry.tie for entry in listing.entries)
        keys = {
            Tie.FOR: "list_for",
            Tie.LINKED: f"list_linked_{subject}",
            Tie.UNBOUND: "list_unbound",
        }
        notes = [
            interface(key, self.language, count=counts[tie])
            for tie, key in keys.items()
            if counts[tie]
        ]
        if listing.unread:
            first = listing.unread[:_SHOWN_PHRASES]
            said = (w if len(w) <= _SHOWN_CHARS else f"{w[:_SHOWN_CHARS]}…" for w in first)
            comma = "、" if self.language.startswith("zh") else ", "
            words = comma.join(f"“{word}”" for word in said)
            usable = interface(f"usable_{subject}", self.language)
            notes.append(interface("list_unread", self.language, words=words, usable=usable))
        return notes

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

    def _by_key(self, key: str) -> Document | None:
        return next(
            (d for d in self.lists.retriever.documents(self.language) if _key(d) == key), None
        )

    def _remark(self, document: Document) -> str:
        event = document.metadata.event
        status = event_status(event, self.today) if event else None
        if event is None or event.start is None or status in (None, EventStatus.USUAL):
            return ""
        states = {
            EventStatus.PAST: "over",
            EventStatus.RUNNING: "running",
            EventStatus.PLANNED: "planned",
            EventStatus.OPENED: "opened",
            EventStatus.DUE: "due",
            EventStatus.UPCOMING: "upcoming",
            EventStatus.TENTATIVE: "tentative",
            EventStatus.UNCONFIRMED: "unconfirmed",
        }
        days = event_days(event, self.language)
        if event.end is None and event.start.is_day and status in _BEGAN:
            days = interface("from_day", self.language, date=days)
        comma = interface("remark_comma", self.language)
        return f" — {days}{comma}{interface(states[status], self.language)}"

    def _usual(self, document: Document) -> str:
        """The usual calendar of an event without dates of its own."""
        event = document.metadata.event
        spans = [
            interface(
                "usual_span",
                self.language,
                first=_month_day(dates.start, self.language),
                last=_month_day(dates.end, self.language),
            )
            for dates in (event.usual if event else ())
        ]
        days = ("、" if self.language.startswith("zh") else ", ").join(spans)
        return interface("usual_dates", self.language, days=days) if days else ""

    def _place(self, document: Document) -> str:
        """Where something is: the country, in China the city."""
        facts = document.metadata.event or document.metadata.zone
        if facts is None or not facts.country:
            return interface("entry_nowhere", self.language)
        place = country_name(facts.country, self.language)
        entry = self.lists.glossary.by_english_name(facts.city or "")
        if entry and facts.country == "CN":
            place = entry.zh if self.language.startswith("zh") else entry.en
        return interface("entry_elsewhere", self.language, place=place)

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


def _carried(words: str, listing: Listing) -> str | None:
    """What the buttons carry to narrow the next page alike; None if that is too long."""
    filters = " ".join(label.words for label in listing.labels)
    return next((w for w in (words, filters) if len(w.encode()) <= _WORDS_BYTES), None)


def _lines(lines: Sequence[RichText]) -> RichText:
    body = RichText()
    for number, line in enumerate(lines):
        body = body + "\n" + line if number else line
    return body


def _month_day(written_as: str, language: str) -> str:
    """A day of every year, `04-15`, as people write it."""
    month, day = map(int, written_as.split("-"))
    if language.startswith("zh"):
        return f"{month}月{day}日"
    return str(format_date(date(2000, month, day), format="d MMMM", locale="en_GB"))


def _without_headings(document: Document) -> RichText:
    """The document's text, its headings bold instead of marked."""
    body = RichText()
    for position, line in enumerate(document.text.strip().split("\n")):
        heading = line.lstrip("#").strip() if line.startswith("#") else ""
        if heading and position == 0:
            continue  # the title stands above
        body += bold(heading) + "\n" if heading else f"{line}\n"
    return body.part(0, len(body.text))
