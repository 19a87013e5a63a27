"""Telegram counts text in UTF-16 code units; Python in code points."""

from itertools import accumulate


def length16(text: str) -> int:
    """UTF-16 code units of a text."""
    return sum(width16(char) for char in text)


def width16(char: str) -> int:
    """1 or 2: characters beyond U+FFFF are a surrogate pair."""
    return 2 if ord(char) > 0xFFFF else 1


def starts16(text: str) -> list[int]:
    """Offset of every character, and at the end that of the end: len(text) + 1 numbers."""
    return [0, *accumulate(width16(char) for char in text)]


def cut16(text: str, offset: int, length: int) -> str:
    """The part of a text that an entity covers."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    return encoded[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def bytes_before(text: str, position: int) -> int:
    """UTF-8 offset of a character: what parse errors name."""
    return len(text[:position].encode("utf-8", "surrogatepass"))
