"""`/watch` and its buttons: what somebody watches, and when they are told about it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chat.lists_view import ListsView, quoted
from bot.chat.person import Person
from bot.chat.replies import Button, Reply, Rows, plain
from bot.chat.time_zones import MORNING_HOUR, ZONES, usual_zone, zone_name, zone_rows
from bot.dates import written
from bot.lists.watched import Coming, coming, entries_on, read_topic
from bot.store import MOST_WATCHES, Watches
from bot.store.models import Watch, Watcher
from bot.texts import interface
from index import PartialDate

_LEADS = (1, 7, 30)
"""Days before, to choose from."""
_USUAL_LEAD, _SHORT_LEAD = 7, 1
_SAID_CHARS = 200
_COLUMNS = 5


class Watching:
    """One method for each thing that people can do about what they watch.

    Everything is between the bot and one person: in groups nothing is watched.
    """

    def __init__(self, watches: Watches) -> None:
        self._watches = watches

    def command(self, person: Person, view: ListsView, words: str) -> Reply:
        """`/watch`: what is watched, or one topic more."""
        if not person.can_be_reminded:
            return plain(interface("watch_private", view.language))
        if words.strip():
            return self._watch_topic(person, view, words[:_SAID_CHARS])
        return self._overview(person, view)

    def press(self, person: Person, view: ListsView, data: str) -> list[Reply] | None:
        """A button was pressed; None if it is too old."""
        action, _, rest = data.partition(":")
        handler = {
            "a": self._watch_document,
            "t": self._set_lead,
            "d": self._drop,
            "x": self._drop_from_overview,
            "l": self._list,
            "z": self._choose_zone,
        }.get(action)
        reply = handler(person, view, rest) if handler and person.can_be_reminded else None
        return [reply] if reply else None

    def _watch_document(self, person: Person, view: ListsView, rest: str) -> Reply | None:
        letter, _, key = rest.partition(":")
        document, kind = view.document(key), view.kind(letter)
        if document is None or kind is None:
            return None
        found = coming(view.lists, kind, document.stem, view.language, view.today)
        if not found:
            return None
        is_near = found[0].day.first <= view.today + timedelta(days=_USUAL_LEAD)
        watch = self._watches.add(
            watcher_of(person, view.language),
            document.metadata.title,
            letter=letter,
            stem=document.stem,
            lead_days=_SHORT_LEAD if is_near else _USUAL_LEAD,
            days=[each.key for each in found],
        )
        return _confirmed(watch, found, view) if watch else _full(view)

    def _set_lead(self, person: Person, view: ListsView, rest: str) -> Reply | None:
        watch_id, _, days = rest.partition(":")
        if days not in map(str, _LEADS):
            return None
        self._watches.set_lead(person.user_id, watch_id, int(days))
        watch = self._watches.get(person.user_id, watch_id)
        found = _coming(watch, view) if watch else []
        return _confirmed(watch, found, view, edits=True) if watch and found else None

    def _watch_topic(self, person: Person, view: ListsView, said: str) -> Reply:
        topic = read_topic(view.lists, said.replace(":", " "), view.language, view.today)
        unread = ""
        if topic.unread:
            words = quoted(topic.unread, view.language)
            unread = interface("watch_unread", view.language, words=words)
        if not topic.words:
            return plain(unread or interface("watch_hint", view.language))
        watch = self._watches.add(watcher_of(person, view.language), topic.words)
        if watch is None:
            return _full(view)
        found = [
            kind for kind, _ in entries_on(view.lists, watch.words, view.language, view.today)
        ]
        said = interface(
            "watch_topic_added",
            view.language,
            words=quoted([watch.words], view.language),
            count=len(found),
        )
        rows = [
            (
                Button(
                    interface(f"command_{kind.name}", view.language),
                    f"n:l:{watch.id}:{kind.letter}",
                ),
            )
            for kind in view.lists.kinds
            if kind in found
        ]
        rows.append((_drop_button(watch, view.language),))
        return plain("\n".join(filter(None, (said, unread))), tuple(rows))

    def _list(self, person: Person, view: ListsView, rest: str) -> Reply | None:
        """The list that a topic narrows."""
        watch_id, _, letter = rest.partition(":")
        watch, kind = self._watches.get(person.user_id, watch_id), view.kind(letter)
        return view.page(kind, watch.words, 0) if watch and kind else None

    def _drop(self, person: Person, view: ListsView, watch_id: str) -> Reply | None:
        watch = self._watches.get(person.user_id, watch_id)
        if watch is None:
            return None
        self._watches.drop(person.user_id, watch_id)
        return plain(interface("watch_dropped", view.language, words=_title(watch, view)))

    def _drop_from_overview(self, person: Person, view: ListsView, watch_id: str) -> Reply:
        self._watches.drop(person.user_id, watch_id)
        return self._overview(person, view, edits=True)

    def _choose_zone(self, person: Person, view: ListsView, zone: str) -> Reply:
        if zone in ZONES:
            self._watches.move(watcher_of(person, view.language, zone))
            return self._overview(person, view, edits=True)
        rows = [
            tuple(Button(name, f"n:z:{each}") for each, name in row)
            for row in zone_rows(view.language)
        ]
        text = interface("watch_choose_zone", view.language)
        return Reply(text=plain(text).text, rows=tuple(rows), edits=True)

    def _overview(self, person: Person, view: ListsView, *, edits: bool = False) -> Reply:
        """All that somebody watches, each with a button to end it, and their time zone."""
        watches = self._watches.of(person.user_id)
        language = view.language
        watcher = self._watches.watcher(person.user_id) or watcher_of(person, view.language)
        zone = zone_name(watcher.zone, language)
        lines = [
            interface("watch_list", language, count=len(watches))
            if watches
            else interface("watch_none", language),
            *(f"{number}. {_entry(watch, view)}" for number, watch in enumerate(watches, 1)),
            "",
            interface("watch_hint", language),
        ]
        ends = [Button(f"✕ {n}", f"n:x:{watch.id}") for n, watch in enumerate(watches, 1)]
        rows: list[tuple[Button, ...]] = [
            tuple(ends[first : first + _COLUMNS]) for first in range(0, len(ends), _COLUMNS)
        ]
        rows.append((Button(interface("watch_zone", language, zone=zone), "n:z"),))
        return Reply(text=plain("\n".join(lines)).text, rows=tuple(rows), edits=edits)


def watcher_of(person: Person, language: str, zone: str | None = None) -> Watcher:
    """Somebody as they would be known from now on, their morning of today over or to come."""
    own = "zh" if language.startswith("zh") else person.telegram_language
    zone = zone or usual_zone(own, language)
    there = datetime.now(ZoneInfo(zone))
    return Watcher(
        user_id=person.user_id,
        language=language,
        zone=zone,
        looked_on=there.date() if there.hour >= MORNING_HOUR else None,
    )


def _full(view: ListsView) -> Reply:
    return plain(interface("watch_full", view.language, most=MOST_WATCHES))


def _coming(watch: Watch, view: ListsView) -> list[Coming]:
    kind = view.kind(watch.letter)
    return coming(view.lists, kind, watch.stem, view.language, view.today) if kind else []


def _title(watch: Watch, view: ListsView) -> str:
    """What is watched, as it is called now and in this language."""
    return view.title(watch.stem) or watch.words


def _entry(watch: Watch, view: ListsView) -> str:
    if not watch.stem:
        return interface("watch_topic", view.language, words=watch.words)
    found = _coming(watch, view)
    when = view.days(found[0].period) if found else ""
    comma = interface("remark_comma", view.language)
    lead = interface(f"watch_lead_{watch.lead_days}", view.language)
    return f"{_title(watch, view)}{when}{comma}{lead}"


def _confirmed(
    watch: Watch, found: list[Coming], view: ListsView, *, edits: bool = False
) -> Reply:
    """What will be reminded of and when, with buttons for another time."""
    language = view.language
    first = found[0].day.first - timedelta(days=watch.lead_days)
    lines = [
        _promise(first, view),
        *(f"· {each.title}{view.days(each.period)}" for each in found),
    ]
    rows: Rows = (
        tuple(_lead_buttons(watch, language)),
        (_drop_button(watch, language),),
    )
    return Reply(text=plain("\n".join(lines)).text, rows=rows, edits=edits)


def _promise(day: date, view: ListsView) -> str:
    if day <= view.today:
        return interface("watch_soon", view.language)
    shown = written(PartialDate.parse(day), view.language)
    return interface("watch_on", view.language, date=shown)


def _lead_buttons(watch: Watch, language: str) -> Iterator[Button]:
    for days in _LEADS:
        mark = "✓ " if days == watch.lead_days else ""
        label = interface(f"watch_lead_{days}", language)
        yield Button(mark + label, f"n:t:{watch.id}:{days}")


def _drop_button(watch: Watch, language: str) -> Button:
    return Button(interface("watch_drop", language), f"n:d:{watch.id}")
