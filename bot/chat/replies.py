"""What the bot says, before it is Telegram: text, buttons, a file."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from unicodedata import east_asian_width

from bot.chat.rich_text import RichText
from bot.texts import interface, remark
from index.terminal import remark_of

CALLBACK_BYTES = 64
"""Longest data of a button. Source: Bot API, InlineKeyboardButton."""
BUTTON_COLUMNS = 40
"""So much of a title is seen on a phone's button: 20 Chinese characters."""
_BEGINNING_CHARS = 160


@dataclass(frozen=True, slots=True)
class Button:
    """One button: `data` comes back when it is pressed, `url` opens a page."""

    label: str
    data: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if (self.data is None) == (self.url is None):
            raise ValueError("a button has either data or a url")
        if self.data is not None and not 1 <= len(self.data.encode()) <= CALLBACK_BYTES:
            raise ValueError(f"{self.data!r}: button data has 1 to {CALLBACK_BYTES} bytes")
        if not any(c.isprintable() and not c.isspace() for c in self.label):
            object.__setattr__(self, "label", "…")
        object.__setattr__(self, "label", shortened(self.label))


Rows = tuple[tuple[Button, ...], ...]


def shortened(label: str) -> str:
    """A label as a button has room for it."""
    widths = (2 if east_asian_width(character) in "WF" else 1 for character in label)
    ends = list(accumulate(widths))
    if not ends or ends[-1] <= BUTTON_COLUMNS:
        return label
    return label[: bisect_right(ends, BUTTON_COLUMNS - 1)].rstrip() + "…"


def beginning(message: str) -> str:
    """The beginning of an answer, for whoever types inline; it ends in the middle of no number."""
    said = message.partition("\n\n")[0]
    if len(said) <= _BEGINNING_CHARS:
        return said
    return said[:_BEGINNING_CHARS].rstrip("0123456789.,") + "…"


def in_full(labels: Sequence[str]) -> str:
    """A line each for labels of which a button has to cut one; nothing where all have room."""
    if all(shortened(label) == label for label in labels):
        return ""
    return "".join(f"\n· {label}" for label in labels)


@dataclass(frozen=True, slots=True)
class File:
    """A file to download, or a picture that is seen at once."""

    name: str
    content: bytes
    is_picture: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One thing said; a long text becomes several messages, buttons below the last."""

    text: RichText
    """Empty in one that edits the buttons alone."""
    rows: Rows = ()
    file: File | None = None
    edits: bool = False
    """Replaces the message whose button was pressed, instead of following it."""
    is_question: bool = False
    """Its buttons answer a question: they go when the next one stands below it."""
    toast: str = ""
    """Shown for a moment to whoever pressed a button."""
    answer_id: str | None = None
    """Of the turn that it answers; its messages are remembered with that."""


def plain(text: str, rows: Rows = ()) -> Reply:
    """A reply without styles."""
    return Reply(text=RichText(text), rows=rows)


def not_done(
    error: Exception, language: str, rows: Rows = (), *, key: str = "staff_failed"
) -> Reply:
    """Tells staff that something was not done, why, and what to do.

    Args:
        error: Why.
        language: Of the reply.
        rows: Buttons below it.
        key: Of the sentence, which has room for a `{reason}`.
    """
    return plain(interface(key, language, reason=remark(remark_of(error), language)), rows)
