"""`/events` and other lists: pages of them, and the cards behind the entries."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.answers.cleaning import clean
from bot.answers.rendering import document_sources
from bot.chat.answer_view import BRIEF
from bot.chat.calendar import calendar_file
from bot.chat.profile_words import why
from bot.chat.replies import Button, Reply
from bot.chat.rich_text import RichText, Style, bold, joined
from bot.dates import EventStatus, written, written_days, written_each_year
from bot.lists.filters import HOME
from bot.lists.fitting import Profile, fitting_first, reasons_for
from bot.lists.kinds import DOCUMENTS, Item, ListKind, Tie
from bot.lists.listing import Label, Listing, Lists
from bot.lists.periods import Period
from bot.lists.watched import coming
from bot.texts import in_script_of, interface, isolated, text
from index import Document, PartialDate
from index.places import country_name

_PAGE = 6
_LONG_PAGE = 30
"""Entries of a list that is narrowed to more words than its buttons can carry."""
_WORDS_BYTES = 54
"""So much of what a list was narrowed to goes into its buttons, beside `l:e:999:`.

Source: Telegram Bot API, InlineKeyboardButton: 64 bytes.
"""
_OVER = {"zh": "已结束", "en": "past"}
"""A word for each interface language that narrows a list to what is over; see `words.yaml`."""
_SHOWN_CHARS = 40
_SHOWN_PHRASES = 5
"""So much is shown of words that were not understood, and so many of them."""
_NOTHING_SAID = Profile()


@dataclass(frozen=True, slots=True)
class ListsView:
    """Lists and cards of one snapshot, in one language, on one day."""

    lists: Lists
    language: str
    today: date
    can_remind: bool = False
    """Whether whoever looks at them can be reminded of their days."""
    profile: Profile = _NOTHING_SAID
    """Of whoever looks at them: what fits comes first."""

    def kind(self, letter: str) -> ListKind[Any] | None:
        """The list whose buttons carry this letter."""
        return next((kind for kind in self.lists.kinds if kind.letter == letter), None)

    def page(self, kind: ListKind[Any], words: str, number: int, *, edits: bool = False) -> Reply:
        """One page of a list.

        Args:
            kind: What is listed.
            words: What it is narrowed to, as typed after the command.
            number: The page, from 0.
            edits: Whether it replaces the page before.
        """
        words = clean(words.replace(":", " "))
        listing = self.lists.narrowed(words, kind, self.language, self.today)
        if not listing.entries:
            empty = interface("list_empty", self.language, filter=self._shown(listing.labels))
            notes = [RichText(empty), *map(RichText, self._notes(listing, kind))]
            return Reply(text=joined(notes, "\n"), edits=edits)
        listing = fitting_first(self.lists, kind, listing, self.profile, self.today)
        carried = _carried(words, listing)
        size = _PAGE if carried is not None else _LONG_PAGE
        number = max(0, min(number, (len(listing.entries) - 1) // size))
        total = sum(entry.tie <= Tie.FOR for entry in listing.entries)
        heading = interface(
            f"list_{kind.name}", self.language, filter=self._shown(listing.labels), total=total
        )
        shown = listing.entries[number * size : (number + 1) * size]
        reasons = [reasons_for(entry.item, self.profile) for entry in shown]
        notes = [bold(heading), *map(RichText, self._notes(listing, kind))]
        if any(reasons):
            said = why([reason for each in reasons for reason in each], self.language)
            notes.append(RichText(interface("list_fits", self.language, reasons=said)))
        body = joined(notes, "\n") + "\n"
        cards: dict[str, str] = {}
        for entry, fits in zip(shown, reasons, strict=True):
            place = self._place(entry.item, kind) if entry.tie in (Tie.FOR, Tie.LINKED) else ""
            body += f"\n{'★' if fits else '·'} {self.entry(kind, entry.item)}{place}"
            cards.setdefault(document_key(entry.item.document), self._called(kind, entry.item))
        rows: list[tuple[Button, ...]] = [
            (Button(label, f"c:{kind.letter}:{key}"),) for key, label in cards.items()
        ]
        may_come = kind.period and kind is not DOCUMENTS and not listing.all_is_over
        hint = "list_hint_remind" if self.can_remind and may_come else "list_hint"
        body += f"\n\n{interface(hint, self.language)}"
        if carried is not None:
            rows.append(self._turning(kind, carried, number, len(listing.entries)))
            rows.append(self._over(kind, words, listing))
            if kind is DOCUMENTS and listing.labels:
                label = interface("brief_button", self.language)
                rows.append((Button(label, f"{BRIEF}{self.language}:{carried}"),))
        return Reply(text=body, rows=tuple(row for row in rows if row), edits=edits)

    def entry(self, kind: ListKind[Any], item: Item[Any]) -> str:
        """What something is called, and when it takes place."""
        period = self.lists.when(kind, item, self.today)
        when = (self.days(period) or self._usual_days(period)) if period else ""
        return f"{isolated(self._called(kind, item), self.language)}{when}"

    def _called(self, kind: ListKind[Any], item: Item[Any]) -> str:
        return in_script_of(self.language, kind.called(item))

    def _shown(self, labels: Sequence[Label]) -> str:
        """What the list is narrowed to, in brackets."""
        if not labels:
            return ""
        shown = text("comma", self.language).join(map(self._label, labels))
        return f"（{shown}）" if self.language.startswith("zh") else f" ({shown})"

    def _label(self, label: Label) -> str:
        if label.is_mention:
            return interface("list_mention", self.language, words=label.words)
        if not label.meaning:
            return label.words
        meaning = written(PartialDate.parse(label.meaning), self.language)
        return interface("list_meaning", self.language, words=label.words, meaning=meaning)

    def _notes(self, listing: Listing, kind: ListKind[Any]) -> list[str]:
        """What else is listed, and what was not understood."""
        counts = Counter(entry.tie for entry in listing.entries)
        keys = {
            Tie.FOR: "list_for",
            Tie.LINKED: f"list_linked_{kind.name}",
            Tie.UNBOUND: "list_unbound",
        }
        notes = [
            interface(key, self.language, count=counts[tie])
            for tie, key in keys.items()
            if counts[tie]
        ]
        if listing.all_is_over:
            notes.insert(0, interface("list_all_over", self.language))
        if listing.unread:
            words = quoted(listing.unread, self.language)
            usable = interface(f"usable_{kind.name}", self.language)
            notes.append(interface("list_unread", self.language, words=words, usable=usable))
        return notes

    def card(self, letter: str, key: str) -> Reply | None:
        """All that a document says about one thing; None if it is gone."""
        document, kind = self.document(key), self.kind(letter)
        if document is None or kind is None:
            return None
        items = list(kind.items(document))
        period = self.lists.when(kind, items[0], self.today) if len(items) == 1 else None
        title = in_script_of(self.language, document.metadata.title)
        body = bold(title) + (self.days(period) if period else "") + "\n\n"
        body += _without_headings(document)
        body += "\n\n"
        body += RichText("\n".join(document_sources(document, self.language))).styled(Style.QUOTE)
        rows: list[tuple[Button, ...]] = []
        if calendar_file(document, self.language):
            rows.append((Button(interface("add_to_calendar", self.language), f"i:{key}"),))
        found = coming(self.lists, kind, document.stem, self.language, self.today)
        if self.can_remind and any(self.today < each.day.first for each in found):
            rows.append((Button(interface("watch_button", self.language), f"n:a:{letter}:{key}"),))
        return Reply(text=body, rows=tuple(rows))

    def calendar(self, key: str) -> Reply | None:
        """The calendar file of an event; None if the event is gone."""
        document = self.document(key)
        if document is None:
            return None
        file = calendar_file(document, self.language)
        if file is None:
            return Reply(text=RichText(interface("calendar_unknown", self.language)))
        return Reply(text=RichText(document.metadata.title), file=file)

    def document(self, key: str) -> Document | None:
        """The document that a button carries; None if it is gone."""
        return next(
            (d for d in self.lists.retriever.documents(self.language) if document_key(d) == key),
            None,
        )

    def title(self, stem: str) -> str:
        """What a document is called in this language; "" if it is gone."""
        document = self.lists.retriever.version(stem, self.language)
        return in_script_of(self.language, document.metadata.title) if document else ""

    def days(self, period: Period) -> str:
        """When something takes place, and whether that is over, running or to come."""
        if period.start is None or period.status is EventStatus.USUAL:
            return ""
        days = written_days(period.start, period.end, self.language)
        if period.day_key:
            days = interface(period.day_key, self.language, date=days)
        if not period.stands:
            return f" — {days}"
        comma = interface("remark_comma", self.language)
        stands = interface(f"stands_{period.stands}", self.language)
        return f" — {days}{comma}{stands}"

    def _usual_days(self, period: Period) -> str:
        """The usual calendar of something without dates of its own."""
        spans = [
            interface(
                "usual_span",
                self.language,
                first=written_each_year(first, self.language),
                last=written_each_year(last, self.language),
            )
            for first, last in period.usual
        ]
        days = text("comma", self.language).join(spans)
        return interface("usual_dates", self.language, days=days) if days else ""

    def _place(self, item: Item[Any], kind: ListKind[Any]) -> str:
        """Where something is: the country, in China the city."""
        country, city = kind.place(item.facts)
        if not country:
            return interface("entry_nowhere", self.language)
        place = country_name(country, self.language)
        entry = self.lists.glossary.by_english_name(city or "")
        if entry and country == HOME:
            own = entry.zh if self.language.startswith("zh") else entry.en
            place = in_script_of(self.language, own)
        return interface("entry_elsewhere", self.language, place=place)

    def _turning(
        self, kind: ListKind[Any], words: str, number: int, total: int
    ) -> tuple[Button, ...]:
        pages = (("previous", number - 1), ("next", number + 1))
        return tuple(
            Button(interface(key, self.language), f"l:{kind.letter}:{page}:{words}")
            for key, page in pages
            if 0 <= page * _PAGE < total
        )

    def _over(self, kind: ListKind[Any], words: str, listing: Listing) -> tuple[Button, ...]:
        """What is over, behind a button.

        Words that narrow nothing are not carried: "not in Guangzhou" would turn round this, too.
        """
        over = _OVER["zh" if self.language.startswith("zh") else "en"]
        carried = _carried(words if listing.labels else "", listing, over)
        if not listing.past or carried is None:
            return ()
        label = interface(f"past_{kind.name}", self.language, count=listing.past)
        return (Button(label, f"l:{kind.letter}:0:{carried}"),)


def quoted(words: Sequence[str], language: str) -> str:
    """The first of some words as people typed them, in quotation marks, cut short."""
    first = words[:_SHOWN_PHRASES]
    said = (w if len(w) <= _SHOWN_CHARS else f"{w[:_SHOWN_CHARS]}…" for w in first)
    return text("comma", language).join(text("quoted", language, words=word) for word in said)


def document_key(document: Document) -> str:
    """What a button carries of a document, whatever its language."""
    return hashlib.sha256(document.stem.encode()).hexdigest()[:16]


def _carried(words: str, listing: Listing, more: str = "") -> str | None:
    """What the buttons carry to narrow the next page alike, and by one more word if given.

    None if that is too long.
    """
    said = (f"{narrowed} {more}".strip() for narrowed in (words, listing.words))
    return next((w for w in said if len(w.encode()) <= _WORDS_BYTES), None)


def _without_headings(document: Document) -> RichText:
    """The document's text, its headings bold instead of marked."""
    body = RichText()
    for position, line in enumerate(document.text.strip().split("\n")):
        heading = line.lstrip("#").strip() if line.startswith("#") else ""
        if heading and position == 0:
            continue  # the title stands above
        body += bold(heading) + "\n" if heading else f"{line}\n"
    return body.part(0, len(body.text))
