"""What somebody is told in the morning about all that they watch."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chat.lists_view import ListsView
from bot.chat.news import news
from bot.chat.replies import Button
from bot.dates import written
from bot.lists.watched import Coming, coming, day_of
from bot.store import Morning, now
from bot.store.models import Notice, Watch, Watcher
from bot.texts import interface

_LINES = 10
"""Of one message of reminders."""


@dataclass(frozen=True, slots=True)
class _Thing:
    """What is told of one document that is watched.

    Attributes:
        watch: As it was.
        title: What the document is called now.
        lines: To be sent.
        days: Still to come; none if they are over, or the document is gone.
        told: Of these what the person has been reminded of, now or before.
    """

    watch: Watch
    title: str
    lines: tuple[str, ...]
    days: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def has_ended(self) -> bool:
        """Whether nothing is left to be reminded of."""
        return not self.days


def look(
    view: ListsView, watcher: Watcher, watches: Sequence[Watch], since: Mapping[str, datetime]
) -> Morning:
    """What to send on the day of the view, and what to remember of it.

    Args:
        view: The lists, in somebody's language and on their day.
        watcher: Who they are.
        watches: All that they watch.
        since: When each document was first served.
    """
    things = [_look_at(view, watch) for watch in watches if watch.stem]
    states = {thing.watch.id: ([*thing.days], [*thing.told]) for thing in things}
    notices = list(_reminders(view.language, watcher.user_id, things))
    monday = view.today - timedelta(days=view.today.weekday())
    digested = watcher.digested.replace(tzinfo=UTC).astimezone(ZoneInfo(watcher.zone))
    is_digested = digested.date() < monday
    if is_digested:
        topics = [watch for watch in watches if not watch.stem]
        digest = news(view, watcher, topics, since)
        states |= {watch.id: ([], digest.told[watch.id]) for watch in topics}
        notices += [digest.notice] if digest.notice else []
    return Morning(
        day=view.today,
        is_digested=is_digested,
        states=states,
        ended=[thing.watch.id for thing in things if thing.has_ended],
        notices=notices,
    )


def _look_at(view: ListsView, watch: Watch) -> _Thing:
    """Which days of a document are near, were moved, or are not known any more."""
    kind = view.kind(watch.letter)
    found = coming(view.lists, kind, watch.stem, view.language, view.today) if kind else []
    days = tuple(each.key for each in found)
    before = [day_of(key) for key in watch.days if key not in days]
    lost = [day for day in before if day.last >= view.today]
    lines: list[str] = []
    told: list[str] = []
    for each in found:
        is_near = each.day.first - timedelta(days=watch.lead_days) <= view.today
        if lost and each.key not in watch.days:
            shown = ", ".join(written(day, view.language) for day in lost)
            lines.append(
                interface("watch_moved", view.language, title=_shown(view, each), days=shown)
            )
        elif is_near and each.key not in watch.told:
            lines.append(f"· {_shown(view, each)}")
        if is_near:
            told.append(each.key)
    title = view.title(watch.stem) or watch.words
    if lost and not found:
        lines.append(interface("watch_gone", view.language, title=title))
    return _Thing(watch, title, tuple(lines), days, tuple(told))


def _shown(view: ListsView, each: Coming) -> str:
    return each.title + view.days(each.period)


def _reminders(language: str, user_id: int, things: Sequence[_Thing]) -> Iterator[Notice]:
    """Messages of a few lines each; what belongs to one watch is not parted."""
    group: list[_Thing] = []
    for thing in [each for each in things if each.lines]:
        if group and sum(len(each.lines) for each in (*group, thing)) > _LINES:
            yield _reminder(language, user_id, group)
            group = []
        group.append(thing)
    if group:
        yield _reminder(language, user_id, group)


def _reminder(language: str, user_id: int, group: Sequence[_Thing]) -> Notice:
    lines = [line for thing in group for line in thing.lines]
    buttons = [
        Button(interface("watch_stop", language, title=thing.title), f"n:d:{thing.watch.id}")
        for thing in group
        if not thing.has_ended
    ]
    return Notice(
        user_id=user_id,
        text="\n".join([interface("watch_heading", language), *lines]),
        buttons=[[button.label, button.data] for button in buttons],
        told={
            thing.watch.id: [key for key in thing.told if key not in thing.watch.told]
            for thing in group
        },
        is_begun=False,
        created=now(),
    )
