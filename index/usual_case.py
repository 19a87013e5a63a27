"""How words in Latin letters are mostly written within sentences: EAC, Minsk, stamp."""

import re
from collections import Counter
from collections.abc import Iterable

_WITHIN = re.compile(r"(?<=[A-Za-z0-9,] )[A-Za-z]+(?:-[A-Za-z]+)*")
"""A word that does not begin a sentence."""


def usual_case(texts: Iterable[str]) -> dict[str, str]:
    """Words in lower case -> how the texts mostly write them."""
    written = Counter(word for text in texts for word in _WITHIN.findall(text))
    usual: dict[str, str] = {}
    for word, _ in written.most_common():
        usual.setdefault(word.lower(), word)
    return usual
