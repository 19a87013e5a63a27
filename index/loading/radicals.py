"""Signs that look like Chinese characters and are none: programs that write PDFs leave them.

Where a font draws a character and a radical with one shape, the file may name the radical: it
reads alike, and is found by no search.
"""

import unicodedata

_KANGXI = range(0x2F00, 0x2FD6)
# The simplified ones among the supplementary radicals. Source: EquivalentUnifiedIdeograph.txt
_SIMPLIFIED = dict(
    zip(
        "⻅⻆⻉⻋⻓⻔⻙⻚⻛⻜⻢⻥⻦⻧⻨⻩⻬⻮⻰",
        "见角贝车长门韦页风飞马鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)
_CHARACTERS = str.maketrans(
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI} | _SIMPLIFIED
)


def with_characters(text: str) -> str:
    """The text, as long as before, with characters in place of radicals."""
    return text.translate(_CHARACTERS)
