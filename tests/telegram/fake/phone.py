"""Messages as a phone shows them: forty columns, long quotations folded, buttons cut short.

A Chinese character is two columns wide. Text from right to left is written as it is stored:
whatever shows the transcript lays it out.
"""

from collections.abc import Iterator

import regex
from rich.cells import cell_len, set_cell_size

from tests.telegram.fake.model import Message
from tests.telegram.fake.transcript import media_line
from tests.telegram.fake.utf16 import starts16

COLUMNS = 40
_QUOTE = "│ "
_FOLDED_LINES = 3
"""What is seen of a quotation that can be unfolded."""
_NEVER_FIRST = frozenset("，。、；：？！）》”’】…%,.;:?!)]")
_NEVER_LAST = frozenset("（《“‘【([")
"""Signs that stand in no line by themselves: no line begins or ends with them."""


def on_phone(message: Message) -> list[str]:
    """The lines of a message as it is now, its buttons last."""
    media = media_line(message)
    lines = wrapped(media) if media else []
    lines += [line for part in _parts(message) for line in part]
    return lines + [_buttons([button.text for button in row]) for row in message.rows]


def wrapped(text: str, columns: int = COLUMNS) -> list[str]:
    """The lines of a text, none wider than so many columns."""
    return [line for paragraph in text.split("\n") for line in _lines(paragraph, columns)]


def _parts(message: Message) -> Iterator[list[str]]:
    """The text, cut where a quotation begins or ends."""
    text = message.text
    places = {offset: place for place, offset in enumerate(starts16(text))}
    done = 0
    for entity in message.entities:
        if entity["type"].endswith("blockquote"):
            first = places[entity["offset"]]
            last = places[entity["offset"] + entity["length"]]
            if text[done:first].strip("\n"):
                yield wrapped(text[done:first].removesuffix("\n").removeprefix("\n"))
            quoted = wrapped(text[first:last], COLUMNS - len(_QUOTE))
            folds = entity["type"].startswith("expandable") and len(quoted) > _FOLDED_LINES
            shown = [*quoted[:_FOLDED_LINES], "⌄"] if folds else quoted
            yield [f"{_QUOTE}{line}" for line in shown]
            done = last
    if text[done:].strip("\n"):
        yield wrapped(text[done:].removeprefix("\n") if done else text)


def _lines(paragraph: str, columns: int) -> Iterator[str]:
    line = ""
    for piece in _pieces(paragraph, columns):
        if line and cell_len(line + piece.rstrip()) > columns:
            yield line.rstrip()
            line = ""
        line += piece
    yield line.rstrip()


def _pieces(paragraph: str, columns: int) -> Iterator[str]:
    """What is not broken: words, and Chinese characters with the signs that stand by them."""
    piece = ""
    for sign in regex.findall(r"\X", paragraph):
        if piece and (_may_break(piece, sign) or cell_len(piece + sign) > columns):
            yield piece
            piece = ""
        piece += sign
    yield piece


def _may_break(before: str, sign: str) -> bool:
    if sign.isspace() or sign in _NEVER_FIRST or before[-1] in _NEVER_LAST:
        return False
    return before[-1].isspace() or cell_len(before[-1]) == 2 or cell_len(sign) == 2


def _buttons(labels: list[str]) -> str:
    """A row, each button cut to its share of the width."""
    room = COLUMNS // len(labels) - len("[] ") + 1
    return " ".join(f"[{_cut(label, room)}]" for label in labels)


def _cut(label: str, columns: int) -> str:
    if cell_len(label) <= columns:
        return label
    return set_cell_size(label, columns - 1).rstrip() + "…"
