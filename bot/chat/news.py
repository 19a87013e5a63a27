"""What is new on the topics that somebody watches, once a week."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.chat.lists_view import ListsView
from bot.chat.replies import Button
from bot.lists.kinds import CHANGES, ListKind
from bot.lists.listing import Entry
from bot.lists.watched import entries_on
from bot.store import now
from bot.store.models import Notice, Watch, Watcher
from bot.texts import interface

_SHOWN = 5
_SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Digest:
    """The message, if there is anything new, and what each topic has been told of, by id."""

    notice: Notice | None
    told: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class _Item:
    """A document that is new, or a rule that starts soon.

    `start` is kept so that the same start is not told again; "" if nothing starts soon.
    """

    kind: ListKind[Any]
    stem: str
    is_new: bool
    start: str
    title: str

    @property
    def identity(self) -> str:
        """Equal for what is one thing to a reader, on whatever topic it is found."""
        return self.stem if self.is_new else self.start


def news(
    view: ListsView, watcher: Watcher, topics: Sequence[Watch], since: Mapping[str, datetime]
) -> Digest:
    """What was not told before: documents first served since the last digest, rules that start.

    Args:
        view: The lists, in somebody's language and on their day.
        watcher: Who they are.
        topics: What they watch.
        since: When each document was first served.
    """
    told: dict[str, list[str]] = {}
    fresh: dict[str, list[str]] = {}
    found: dict[str, _Item] = {}
    buttons: dict[str, str] = {}
    for watch in topics:
        kept = [key for key in watch.told if key[:10] >= view.today.isoformat()]
        items = list(_items(view, watch, max(watcher.digested, watch.created), since))
        fresh[watch.id] = [item.start for item in items if item.start]
        told[watch.id] = [*dict.fromkeys([*kept, *fresh[watch.id]])]
        for item in items:
            if item.identity not in found:
                found[item.identity] = item
                name = interface(f"command_{item.kind.name}", view.language)
                buttons[f"n:l:{watch.id}:{item.kind.letter}"] = f"{watch.words} · {name}"
    if not found:
        return Digest(None, told)
    notice = Notice(
        user_id=watcher.user_id,
        text="\n".join(_lines(view.language, list(found.values()))),
        buttons=[[Button(label, data).label, data] for data, label in buttons.items()],
        told=fresh,
        is_begun=False,
        created=now(),
    )
    return Digest(notice, told)


def _items(
    view: ListsView, watch: Watch, last: datetime, since: Mapping[str, datetime]
) -> Iterator[_Item]:
    for kind, entry in entries_on(view.lists, watch.words, view.language, view.today):
        stem = entry.item.document.stem
        is_new = last < since[stem]
        start = _start(view, kind, entry)
        if is_new or (start and start not in watch.told):
            period = view.lists.when(kind, entry.item, view.today)
            title = kind.called(entry.item) + (view.days(period) if period else "")
            yield _Item(kind, stem, is_new, start, title)


def _start(view: ListsView, kind: ListKind[Any], entry: Entry) -> str:
    """The day on which a rule starts soon, and the rule; "" if it does not."""
    if kind is not CHANGES or not entry.item.facts.begins:
        return ""
    day = entry.item.facts.day.first
    is_soon = view.today < day <= view.today + _SOON
    return f"{day.isoformat()} {entry.item.document.stem}" if is_soon else ""


def _lines(language: str, items: Sequence[_Item]) -> Iterator[str]:
    yield interface("digest_heading", language)
    for item in items[:_SHOWN]:
        key = "digest_new" if item.is_new else "digest_starts"
        yield interface(key, language, title=item.title)
    if len(items) > _SHOWN:
        yield interface("digest_more", language, count=len(items) - _SHOWN)
