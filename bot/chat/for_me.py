"""`/forme`: what fits somebody's profile, each entry with the reason."""

from collections.abc import Sequence

from bot.chat.lists_view import ListsView
from bot.chat.person import INTERFACES
from bot.chat.profile_words import names_of, why
from bot.chat.replies import Button, Reply
from bot.chat.rich_text import RichText, bold
from bot.lists.fitting import Fitting, best_fitting, known_countries
from bot.lists.kinds import CHANGES, EVENTS, FINANCING, ZONES
from bot.texts import interface
from index.glossary import fold

_KINDS = (EVENTS, ZONES, FINANCING, CHANGES)
_MOST = 4
"""So many entries of a list."""
_MOST_MARKETS = 5
_MARKS = " .。!！?？~～★"
"""What may stand around the words of the button."""


def asks_for_me(said: str) -> bool:
    """Whether somebody typed what stands on the button, in any language of the interface."""
    wanted = fold(said).strip(_MARKS)
    return any(wanted == fold(interface("for_me", each)).strip(_MARKS) for each in INTERFACES)


def for_me(view: ListsView) -> Reply:
    """What of each list fits best; where nothing does, what there would be."""
    language = view.language
    body = bold(interface("for_me_heading", language))
    rows: list[tuple[Button, ...]] = []
    for kind in _KINDS:
        found = best_fitting(view.lists, kind, view.profile, language, view.today, _MOST)
        if found:
            name = interface(f"command_{kind.name}", language)
            body = body + "\n\n" + bold(name) + _entries(view, found)
            rows.append((Button(name, f"u:l:{kind.letter}"),))
    if rows:
        hint = interface("for_me_hint", language)
    else:
        countries = known_countries(view.lists, language)[:_MOST_MARKETS]
        names = names_of(countries, language)
        hint = interface("for_me_nothing", language, markets=names)
    rows.append((Button(interface("profile_change", language), "u:o"),))
    return Reply(text=body + f"\n\n{hint}", rows=tuple(rows))


def _entries(view: ListsView, found: Sequence[Fitting]) -> RichText:
    body = RichText()
    for each in found:
        because = why(each.reasons, view.language)
        body += f"\n· {view.entry(each.kind, each.item)}\n"
        body += interface("for_me_because", view.language, reasons=because)
    return body
