"""Characters that no reader sees: they part words for a search, and may turn a number round."""

import re

_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Zero-width spaces and marks of direction; joiners that shape letters (U+200C, U+200D) stay."""
_LINE_HYPHEN = re.compile(r"\u00ad(?=[ \t]*\n)")


def without_invisible(text: str) -> str:
    """The text without them; a soft hyphen is seen where a line ends with it, and only there."""
    seen = _INVISIBLE.sub("", text)
    return _LINE_HYPHEN.sub("\u2010", seen).replace("\u00ad", "") if "\u00ad" in seen else seen
