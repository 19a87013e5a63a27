"""RTF as a stream: what it shows, and the words that make paragraphs and tables of it.

striprtf, whose tables are used here, gives a text without the ends of cells, hidden words among
the others, and takes a font's code page for another's where not every font names one.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from striprtf.striprtf import charset_map, destinations, specialchars

_TOKEN = (
    rb"\\(?P<word>[A-Za-z]+)(?P<number>-?\d{1,10})? ?|\\'(?P<code>[0-9A-Fa-f]{2})"
    rb"|\\(?P<symbol>.)|(?P<brace>[{}])|(?P<plain>(?:%s[^\\{}\r\n\0])+)"
)
_BY_BYTE = re.compile(_TOKEN % b"", re.DOTALL)
_BY_PAIR = re.compile(_TOKEN % rb"[\x81-\xfe][\x40-\xfe]|", re.DOTALL)
"""For code pages whose characters may end with the byte of a brace or backslash."""
_OF_PAIRS = ("gbk", "cp932", "cp949", "cp950")
_NOT_SHOWN = destinations - {"pntext"}
"""`pntext` holds a list's number or bullet, as WordPad writes it."""
_HIDING = ("v", "deleted")
_CODE_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_STRUCTURE = frozenset("par sect page line cell nestcell row trowd cellx clvmrg".split())
_PARAGRAPH_ENDS = (b"\r", b"\n")


class Piece(NamedTuple):
    """A text, or a word that orders texts: `word` is empty for a text."""

    word: str
    text: str
    """The text; of a word its number, if it has one."""
    in_table: bool
    """Whether the paragraph belongs to a table."""


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds until the brace that closes."""

    is_skipped: bool = False
    hidden_by: frozenset[str] = frozenset()
    font: str = ""
    replaced: int = 1
    """How many bytes stand behind a character of Unicode for programs that know none."""
    in_table: bool = False


class Pieces:
    """The pieces of one file, in order."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._group = _Group()
        self._outer: list[_Group] = []
        self._code_page = "cp1252"
        self._token = _BY_BYTE
        self._encoding_of: dict[str, str] = {}
        self._usual_font = ""
        self._bytes = bytearray()
        self._to_skip = 0

    def __iter__(self) -> Iterator[Piece]:
        at = 0
        while token := self._token.search(self._content, at):
            at = token.end()
            if (said := _bytes_of(token)) is not None:
                self._say(said)
                continue
            yield from self._said()
            self._to_skip = 0
            word, number = (token[name] or b"" for name in ("word", "number"))
            if brace := token["brace"]:
                self._brace(brace)
                if not self._outer:  # what comes after the file's own group is not of it
                    break
            elif word == b"bin":  # bytes of a picture
                at += max(0, int(number or 0))
            elif word:
                yield from self._word(word.decode(), number.decode())
            else:
                yield from self._symbol(token["symbol"])
        yield from self._said()

    def _say(self, said: bytes) -> None:
        skipped = min(self._to_skip, len(said))
        self._to_skip -= skipped
        if self._is_shown():
            self._bytes += said[skipped:]

    def _said(self) -> Iterator[Piece]:
        """What was said up to here; a character may be of several bytes, some of them letters."""
        if self._bytes:
            yield self._piece("", self._bytes.decode(self._encoding(), "replace"))
            self._bytes.clear()

    def _encoding(self) -> str:
        if font := self._group.font:
            return self._encoding_of.get(font, self._code_page)
        usual = self._encoding_of.get(self._usual_font, "")
        return self._code_page if usual in ("", "cp1252") else usual

    def _is_shown(self) -> bool:
        return not self._group.is_skipped and not self._group.hidden_by

    def _piece(self, word: str, text: str) -> Piece:
        return Piece(word, text, self._group.in_table)

    def _brace(self, brace: bytes) -> None:
        if brace == b"{":
            self._outer.append(self._group)
        elif self._outer:
            self._group = self._outer.pop()

    def _symbol(self, symbol: bytes) -> Iterator[Piece]:
        if symbol == b"*":  # of a group that a program may skip
            self._group = replace(self._group, is_skipped=True)
        elif symbol in _PARAGRAPH_ENDS:
            yield from self._word("par", "")
        elif self._is_shown():
            yield self._piece("", specialchars.get(symbol.decode("latin-1"), ""))

    def _word(self, word: str, number: str) -> Iterator[Piece]:
        if word in _NOT_SHOWN:
            self._group = replace(self._group, is_skipped=True)
        elif word in _STRUCTURE:
            if not self._group.is_skipped:
                yield self._piece(word, number)
        elif word == "u" and number:
            self._to_skip = self._group.replaced
            if self._is_shown():
                yield self._piece("", chr(int(number) % 0x10000))
        elif word in specialchars:
            if self._is_shown():
                yield self._piece("", specialchars[word])
        else:
            self._group = self._formatted(word, number)
            self._note(word, number)

    def _formatted(self, word: str, number: str) -> _Group:
        """The group after a word that says how its text looks."""
        group = self._group
        if word == "f":
            return replace(group, font=number)
        if word in ("intbl", "pard"):
            return replace(group, in_table=word == "intbl")
        if word == "plain":
            return replace(group, font="", hidden_by=frozenset())
        if word in _HIDING:
            shown = group.hidden_by - {word}
            return replace(group, hidden_by=shown if number == "0" else shown | {word})
        if word == "uc":
            return replace(group, replaced=max(0, int(number or 1)))
        return group

    def _note(self, word: str, number: str) -> None:
        """Keep what a word says about the whole file: its code page and those of its fonts."""
        if word in _CODE_PAGES:
            self._code_page = _CODE_PAGES[word]
        elif word == "ansicpg":
            self._code_page = _known("mac_roman" if number == "10000" else f"cp{number}")
            self._token = _BY_PAIR if self._code_page in _OF_PAIRS else _BY_BYTE
        elif word == "deff":
            self._usual_font = number
        elif word == "fcharset" and int(number or 1) in charset_map:
            known = _known(charset_map[int(number)], self._code_page)
            self._encoding_of[self._group.font] = known


def _bytes_of(token: re.Match[bytes]) -> bytes | None:
    """What a token says, in the code page of its font; None if it says something else."""
    if token["code"]:
        return bytes.fromhex(token["code"].decode())
    if token["symbol"] and token["symbol"] in b"\\{}":
        return token["symbol"]
    return token["plain"]


def _known(encoding: str, otherwise: str = "cp1252") -> str:
    """Python's name of an encoding, or of another where it has none."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return otherwise
