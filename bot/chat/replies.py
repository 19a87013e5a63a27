"""What the bot says, before it is Telegram: text, buttons, a file."""

from dataclasses import dataclass

from bot.chat.rich_text import RichText

CALLBACK_BYTES = 64
"""Longest data of a button. Source: Bot API, InlineKeyboardButton."""
_BUTTON_CHARS = 60


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
        if len(self.label) > _BUTTON_CHARS:
            object.__setattr__(self, "label", self.label[: _BUTTON_CHARS - 1] + "…")


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class File:
    """A file to download."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One thing said; a long text becomes several messages, buttons below the last."""

    text: RichText
    rows: Rows = ()
    file: File | None = None
    edits: bool = False
    """Replaces the message whose button was pressed, instead of following it."""
    answer_id: str | None = None
    """Of the turn that it answers; its messages are remembered with that."""


def plain(text: str, rows: Rows = ()) -> Reply:
    """A reply without styles."""
    return Reply(text=RichText(text), rows=rows)
