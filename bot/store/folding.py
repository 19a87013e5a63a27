"""A text as personal data are looked for in it, with the way back to the text as it was typed."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Folded:
    """A text with ASCII digits, dashes and spaces, without what cannot be seen."""

    text: str
    starts: tuple[int, ...]
    """Where in the original each character of `text` comes from."""

    def replaced(self, original: str, found: Iterable[tuple[int, int, str]]) -> str:
        """The original with stand-ins at (start, end) of the folded text; none may overlap."""
        parts: list[str] = []
        done = 0
        for start, end, stand_in in sorted(found):
            parts += [original[done : self.starts[start]], stand_in]
            done = self.starts[end - 1] + 1
        return "".join([*parts, original[done:]])


def folded(text: str) -> Folded:
    """Fold a text, character by character, so that places can be traced back."""
    characters: list[str] = []
    starts: list[int] = []
    for position, character in enumerate(text):
        if unicodedata.category(character) == "Cf" or unicodedata.combining(character):
            continue
        for part in unicodedata.normalize("NFKC", character):
            characters.append(_plain(part))
            starts.append(position)
    return Folded("".join(characters), tuple(starts))


def _plain(character: str) -> str:
    if character.isdigit():
        return str(unicodedata.digit(character))
    category = unicodedata.category(character)
    if category == "Pd" or character == "\u2212":
        return "-"
    return " " if category in ("Zs", "Cc") else character
