"""Text with styles, cut into messages that Telegram takes.

Styles are ranges of characters; they become `MessageEntity` objects in UTF-16 units at the very
end. No markup is ever parsed, so no text of a document or user can break a message.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, takewhile
from urllib.parse import urlsplit

import regex

MESSAGE_UNITS = 4096
"""Longest text message, counted in UTF-16 units to be safe. Source: Bot API, sendMessage."""
MOST_STYLES = 100
"""More entities than this are dropped by Telegram. Source: Bot API, MessageEntity."""

_GOOD_CUTS = (
    re.compile(r"\n\n"),
    re.compile(r"\n"),
    re.compile(r"[。！？!?؟][”’」』）)]*|\.(?=\s)"),
    re.compile(r"\s"),
)
_SEEN_AS_ONE = regex.compile(r"\X")
"""What people see as one character: emoji sequences, letters with their accents."""


class Style(StrEnum):
    """How a range looks; the values are Telegram's names."""

    BOLD = "bold"
    ITALIC = "italic"
    QUOTE = "expandable_blockquote"
    LINK = "text_link"


@dataclass(frozen=True, slots=True)
class Range:
    """Characters start to end in one style."""

    start: int
    end: int
    style: Style
    url: str | None = None


@dataclass(frozen=True, slots=True)
class RichText:
    """Text and its styles; `+` puts two one after the other."""

    text: str = ""
    ranges: tuple[Range, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)

    def __add__(self, other: "RichText | str") -> "RichText":
        if isinstance(other, str):
            other = RichText(other)
        moved = (
            Range(r.start + len(self.text), r.end + len(self.text), r.style, r.url)
            for r in other.ranges
        )
        return RichText(self.text + other.text, (*self.ranges, *moved))

    def styled(self, style: Style, url: str | None = None) -> "RichText":
        """The same, all of it in one more style."""
        return RichText(self.text, (Range(0, len(self.text), style, url), *self.ranges))

    def part(self, start: int, end: int) -> "RichText":
        """Characters start to end with what styles they have, white space at the ends left out."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        ranges = tuple(
            Range(max(r.start, start) - start, min(r.end, end) - start, r.style, r.url)
            for r in self.ranges
            if r.start < end and start < r.end
        )
        return RichText(self.text[start:end], ranges)

    def messages(self, limit: int = MESSAGE_UNITS) -> Iterator["RichText"]:
        """Parts that fit a message each, cut at the end of paragraphs, sentences or words."""
        start = 0
        while start < len(self.text):
            end = self._end_of_part(start, limit)
            part = self.part(start, end)
            if not _is_blank(part.text):
                yield RichText(part.text, part.ranges[:MOST_STYLES])
            start = end

    def _most_styles(self, start: int) -> int:
        """Where a part from `start` must end to have no more styles than Telegram takes."""
        starts = sorted(r.start for r in self.ranges if r.end > start)
        if len(starts) <= MOST_STYLES:
            return len(self.text)
        return max(start + 1, starts[MOST_STYLES])

    def _end_of_part(self, start: int, limit: int) -> int:
        end = min(start + _characters_within(self.text[start:], limit), self._most_styles(start))
        if end == len(self.text):
            return end
        for cut in _GOOD_CUTS:
            ends = [m.end() for m in cut.finditer(self.text, start, end) if m.end() > start]
            if ends and ends[-1] > start + (end - start) // 3:
                return ends[-1]
        ends = [start + match.end() for match in _SEEN_AS_ONE.finditer(self.text[start : end + 8])]
        return max((e for e in ends if e <= end), default=end)


def _characters_within(text: str, limit: int) -> int:
    """How many of a text's first characters have no more than so many units."""
    if utf16_units(text) <= limit:
        return len(text)
    sums = accumulate(map(utf16_units, text))
    return sum(1 for _ in takewhile(lambda units: units <= limit, sums))


def _is_blank(text: str) -> bool:
    """Whether nothing of it can be seen; Telegram calls such a text empty."""
    return all(c.isspace() or unicodedata.category(c) in ("Cc", "Cf", "Mn") for c in text)


def utf16_units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_link(url: str) -> bool:
    """Whether Telegram takes an address for a link; others are shown as plain text."""
    parts = urlsplit(url)
    return "." in (parts.hostname or "") and parts.username is None


def joined(parts: Iterable[RichText], between: str) -> RichText:
    """Texts one after the other, as `str.join`."""
    body = RichText()
    for position, part in enumerate(parts):
        body = body + between + part if position else part
    return body


def bold(text: str) -> RichText:
    """A heading or a name."""
    return RichText(text).styled(Style.BOLD)
