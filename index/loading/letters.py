"""Which letters a text in some language is made of: by them an encoding is known to be right."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

_COMMON = 0.9
"""Share of a text's letters that must be common ones of its language."""
_FREQUENT_HANGUL = frozenset("이다는을의에가를은로한하고도지기서사자대인리어시정해과일부수장제나")
_LEAST_FREQUENT_HANGUL = 0.15
_FREQUENT_CYRILLIC = frozenset("оеаинтсрвл")
_FOREIGN_LETTER = re.compile(r"[^\W\d_\x00-\x7f]")
_FOREIGN_WORD = re.compile(r"(?<![a-zA-Z])[^\W\d_\x00-\x7f]{2,}(?![a-zA-Z])")


def frequent_cyrillic(text: str) -> float:
    """The share of frequent Russian small letters, in words of their own, among all not ASCII."""
    letters = _FOREIGN_LETTER.findall(text)
    in_words = "".join(_FOREIGN_WORD.findall(text))
    return sum(map(_FREQUENT_CYRILLIC.__contains__, in_words)) / max(1, len(letters))


def foreign_share(text: str) -> float:
    """The share of letters that are not ASCII among all letters."""
    return len(_FOREIGN_LETTER.findall(text)) / max(1, sum(map(str.isalpha, text)))


def _share(letters: Sequence[str], is_one: Callable[[str], bool]) -> float:
    return sum(map(is_one, letters)) / len(letters)


def _is_hangul(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3"


def _is_korean(letters: list[str]) -> bool:
    frequent = _share(letters, _FREQUENT_HANGUL.__contains__)
    return _share(letters, _is_hangul) >= _COMMON and frequent >= _LEAST_FREQUENT_HANGUL


def _is_kana(char: str) -> bool:
    return "\u3041" <= char <= "\u30fe"


def _is_japanese(letters: list[str]) -> bool:
    """Japanese has kana in every sentence; other bytes seldom make any."""
    known = _share(letters, lambda char: _is_kana(char) or "\u4e00" <= char <= "\u9fff")
    return known >= _COMMON and _share(letters, _is_kana) >= 1 / 5


def _is_in(encoding: str, first: int, last: int) -> Callable[[str], bool]:
    """Whether a character's lead byte in an encoding lies in its block of common ones."""

    def is_one(char: str) -> bool:
        try:
            code = char.encode(encoding)
        except UnicodeEncodeError:
            return False
        return len(code) == 2 and first <= code[0] <= last

    return lru_cache(maxsize=2**14)(is_one)


_is_simplified = _is_in("gb2312", 0xB0, 0xD7)
_is_traditional = _is_in("big5", 0xA4, 0xC6)


def _is_known_han(char: str) -> bool:
    return _is_simplified(char) or _is_traditional(char)


RIGHT: tuple[tuple[str, Callable[[list[str]], bool]], ...] = (
    ("cp949", _is_korean),
    ("johab", _is_korean),
    ("euc_jp", _is_japanese),
    ("cp932", _is_japanese),
    ("gb18030", lambda letters: _share(letters, _is_simplified) >= _COMMON),
    ("big5hkscs", lambda letters: _share(letters, _is_traditional) >= _COMMON),
    ("gb18030", lambda letters: _share(letters, _is_known_han) >= _COMMON),  # traditional
)
"""Encodings of East Asia, each with a test of the letters that a text has in it."""


def is_plausible(text: str) -> bool:
    """Whether nearly all characters are ones that people write."""
    hangul = [char for char in text if _is_hangul(char)]
    if hangul and _share(hangul, _FREQUENT_HANGUL.__contains__) < _LEAST_FREQUENT_HANGUL:
        return False  # two bytes of Chinese often look like one Korean syllable
    return sum(map(_is_common, text)) >= _COMMON * len(text)


def _is_common(char: str) -> bool:
    return (
        char in "\t\r\n"
        or any(first <= char <= last for first, last in _COMMON_RANGES)
        or _is_known_han(char)
    )


_COMMON_RANGES = (
    *((" ", "~"), ("\xa0", "\u024f"), ("\u0400", "\u04ff"), ("\u2010", "\u2026")),
    *(("\u20a0", "\u20bf"), ("\u3000", "\u30ff"), ("\uac00", "\ud7a3"), ("\uff01", "\uff5e")),
)
"""Latin, Cyrillic, dashes and quotes, currencies, kana with their marks, Hangul, full width."""
