"""`/profile`: four questions about somebody's firm, answered with taps in one message."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.chat.for_me import for_me
from bot.chat.lists_view import ListsView
from bot.chat.person import Person
from bot.chat.profile_words import ITEMS, code_name, names_of, said_of
from bot.chat.replies import Button, Reply, plain
from bot.chat.rich_text import RichText
from bot.lists.fitting import (
    DIRECTIONS,
    INDUSTRIES,
    MARKET_REGIONS,
    Profile,
    known_countries,
    known_provinces,
)
from bot.store import Profiles
from bot.texts import interface

_MARKETS = "markets"
_PAGE = 18
"""Choices of one page: all provinces take two."""
_COLUMNS = 3
_FOLLOWS, _NOTHING, _DONE = "+", "-", "="
"""What buttons carry: the next question follows; nothing is said; enough is chosen."""


class ProfileQuestions:
    """One method for each thing that people can do with their profile.

    It is between the bot and one person: in groups there is none. Each answer is kept at once,
    so that nothing depends on the last question.
    """

    def __init__(self, profiles: Profiles, retention_days: int) -> None:
        """The questions of one bot.

        Args:
            profiles: Keeps the answers.
            retention_days: How long those that nobody uses are kept.
        """
        self._profiles = profiles
        self._retention_days = retention_days

    def command(self, person: Person, view: ListsView) -> Reply:
        """`/profile`: the profile or, of who has none, the first question."""
        if not person.is_private:
            return plain(interface("profile_private", view.language))
        return replace(self._overview(view), edits=False)

    def for_me(self, person: Person, view: ListsView) -> Reply:
        """`/forme`: what fits the profile, or the way to one."""
        if not person.is_private:
            return plain(interface("profile_private", view.language))
        if not view.profile:
            begin = Button(interface("profile_begin", view.language), "u:o")
            return plain(interface("for_me_unknown", view.language), ((begin,),))
        return for_me(view)

    def press(self, person: Person, view: ListsView, data: str) -> list[Reply] | None:
        """A button was pressed; None if it is too old."""
        action, _, rest = data.partition(":")
        reply = self._pressed(person, view, action, rest) if person.is_private else None
        return [reply] if reply else None

    def _pressed(self, person: Person, view: ListsView, action: str, rest: str) -> Reply | None:
        if action == "o":
            return self._overview(view)
        if action == "f":
            return self.for_me(person, view)
        if action == "l":
            kind = view.kind(rest)
            return view.page(kind, "", 0) if kind else None
        if action == "x":
            self._profiles.keep(person.user_id, Profile())
            return _edited(interface("profile_erased", view.language))
        item = next((each for each in ITEMS if each[0] == action), None)
        return self._answer(person, view, item, rest) if item else None

    def _answer(self, person: Person, view: ListsView, item: str, rest: str) -> Reply | None:
        """One question was answered, or is to be asked: for a change, or with its other page."""
        follows, _, value = rest.partition(":")
        if not value or value.isdecimal():
            return _question(view, item, follows, int(value or 0))
        if value == _DONE:
            return self._go_on(view, item, follows)
        if value != _NOTHING and value not in _choices(view, item):
            return None
        view = replace(view, profile=_answered(view.profile, item, value))
        self._profiles.keep(person.user_id, view.profile)
        if item == _MARKETS and value != _NOTHING:  # of these there may be several
            return _question(view, item, follows)
        return self._go_on(view, item, follows)

    def _go_on(self, view: ListsView, item: str, follows: str) -> Reply:
        left = ITEMS[ITEMS.index(item) + 1 :]
        if follows and left:
            return _question(view, left[0], follows)
        if not view.profile:
            return _edited(interface("profile_none", view.language))
        return self._overview(view)

    def _overview(self, view: ListsView) -> Reply:
        """All that a profile says; where there is none, the first question."""
        if not view.profile:
            return _question(view, ITEMS[0], _FOLLOWS)
        language = view.language
        names = {item: interface(f"profile_item_{item}", language) for item in ITEMS}
        lines = [interface("profile_heading", language)]
        for item, name in names.items():
            said = names_of(said_of(view.profile, item), language)
            said = said or interface("profile_unsaid", language)
            lines.append(interface("profile_line", language, name=name, said=said))
        lines += ["", interface("profile_use", language, days=self._retention_days)]
        changes = [Button(f"✎ {name}", f"u:{item[0]}:") for item, name in names.items()]
        return _edited(
            "\n".join(lines),
            tuple(changes[:2]),
            tuple(changes[2:]),
            (Button(f"★ {interface('for_me', language)}", "u:f"),),
            (Button(interface("profile_erase", language), "u:x"),),
        )


def _question(view: ListsView, item: str, follows: str, page: int = 0) -> Reply:
    """A question in the place of the one before, with a button for each answer."""
    language, choices = view.language, _choices(view, item)
    chosen = said_of(view.profile, item)
    page = min(page, (len(choices) - 1) // _PAGE)
    start = f"u:{item[0]}:{follows}:"
    buttons = [
        Button(f"{'✓ ' if code in chosen else ''}{code_name(code, language)}", f"{start}{code}")
        for code in choices[page * _PAGE : (page + 1) * _PAGE]
    ]
    pages = (("previous", page - 1), ("next", page + 1))
    turning = (
        Button(interface(key, language), f"{start}{number}")
        for key, number in pages
        if 0 <= number * _PAGE < len(choices)
    )
    lines = [interface(f"profile_ask_{item}", language)]
    if follows:
        lines[0] = f"{ITEMS.index(item) + 1}/{len(ITEMS)} · {lines[0]}"
        if item == ITEMS[0]:
            lines.insert(0, interface("profile_intro", language) + "\n")
    rows = (*_rows(buttons, item), tuple(turning), (_ending(view, item, follows),))
    return _edited("\n".join(lines), *filter(None, rows))


def _ending(view: ListsView, item: str, follows: str) -> Button:
    """The button below all answers."""
    start = f"u:{item[0]}:{follows}:"
    if item == _MARKETS and view.profile.markets:
        return Button(interface("profile_done", view.language), start + _DONE)
    key = "profile_skip" if follows else "profile_unsaid"
    return Button(interface(key, view.language), start + _NOTHING)


def _choices(view: ListsView, item: str) -> Sequence[str]:
    if item == "industry":
        return INDUSTRIES
    if item == "direction":
        return DIRECTIONS
    if item == "province":
        return known_provinces(view.lists, view.language)
    known = (*MARKET_REGIONS, *known_countries(view.lists, view.language))
    return [*dict.fromkeys((*known, *view.profile.markets))]


def _answered(profile: Profile, item: str, value: str) -> Profile:
    """A profile with one answer more, or less."""
    code = "" if value == _NOTHING else value
    if item == "industry":
        return replace(profile, industry=code)
    if item == "province":
        return replace(profile, province=code)
    if item == "direction":
        return replace(profile, direction=code)
    if not code:
        return replace(profile, markets=())
    others = tuple(market for market in profile.markets if market != code)
    return replace(profile, markets=others if code in profile.markets else (*others, code))


def _rows(buttons: Sequence[Button], item: str) -> Iterator[tuple[Button, ...]]:
    columns = 1 if item == "industry" else _COLUMNS
    for first in range(0, len(buttons), columns):
        yield tuple(buttons[first : first + columns])


def _edited(said: str, *rows: tuple[Button, ...]) -> Reply:
    return Reply(text=RichText(said), rows=rows, edits=True)
