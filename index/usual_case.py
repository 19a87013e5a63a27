"""How words in Latin letters are mostly written within sentences: EAC, Minsk, stamp."""

import re
from collections import Counter
from collections.abc import Iterable

_WITHIN = re.compile(r"(?<=[A-Za-z0-9,] )[A-Za-z]+(?:-[A-Za-z]+)*")
"""A word that does not begin a sentence."""


def within_sentences(text: str) -> list[str]:
    """The words of a text that begin no sentence, as it writes them."""
    return _WITHIN.findall(text)


def usual_case(words: Iterable[str]) -> dict[str, str]:
    """Words in lower case -> how they are mostly written; the first way where two are as many."""
    usual: dict[str, str] = {}
    for word, _ in Counter(words).most_common():
        usual.setdefault(word.lower(), word)
    return usual
