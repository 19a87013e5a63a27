"""The font that pictures are drawn in: what it has, and how a text is laid into lines.

Noto Sans CJK has Chinese in both scripts, Japanese, Korean, Latin with Vietnamese, and Cyrillic;
it has no script whose letters join or change places, such as Arabic.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from fontTools.ttLib import TTFont
from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

from index.language import primary

_PATH = str(files("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc")
_FACES = {"ja": 0, "ko": 1, "zh": 2, "zh-Hant": 3}
"""Position of each language's shapes in the collection. All have the same characters."""
_OPENING = "（“‘《〈「『【"
_CLOSING = "，。、；：！？）”’》〉」』】…"
"""No line begins with these, nor ends with the ones above."""
_WIDE = rf"(?![{_OPENING}{_CLOSING}])[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_PIECE = re.compile(
    rf"[{_OPENING}]*(?:(?:(?!{_WIDE})[^\s{_OPENING}{_CLOSING}])+(?:{_WIDE})?|{_WIDE})"
    rf"[{_CLOSING}]*\s*|\S\s*"
)
"""What stays together: a Chinese character, or a word, with the signs that belong to it. A number
stays with what it counts: 2021年."""


def can_draw(texts: Iterable[str]) -> bool:
    """Whether the font has every character of some texts."""
    return _characters().issuperset(map(ord, "".join(texts)))


@cache
def _characters() -> frozenset[int]:
    with TTFont(_PATH, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())


def font_for(language: str, size: int, *, is_bold: bool = False) -> FreeTypeFont:
    """The font with a language's shapes of Chinese characters.

    Args:
        language: BCP 47.
        size: Height of a character, in pixels.
        is_bold: For headings.
    """
    face = _FACES.get(language) or _FACES.get(primary(language), _FACES["zh"])
    font = ImageFont.truetype(_PATH, size, face, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_name("Bold" if is_bold else "Regular")
    return font


def lines_of(text: str, font: FreeTypeFont, width: int) -> Iterator[str]:
    """A text in lines that are no wider than so many pixels."""
    line = ""
    for piece in _PIECE.findall(text.strip()):
        if line and font.getlength((line + piece).rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece
        while font.getlength(line.rstrip()) > width and len(line.rstrip()) > 1:
            cut = _fitting(line, font, width)
            yield line[:cut]
            line = line[cut:]
    if line.strip():
        yield line.rstrip()


def _fitting(word: str, font: FreeTypeFont, width: int) -> int:
    """How many characters of a word have room in a line, at least one."""
    lengths = range(len(word), 1, -1)
    return next((n for n in lengths if font.getlength(word[:n]) <= width), 1)
