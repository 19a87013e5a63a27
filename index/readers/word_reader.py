"""A reader without a model: how many of a question's words does a text have?"""

from collections.abc import Sequence

import numpy as np

from index.lexical import words
from index.reader import Probabilities

_LEAST_SHARE = 0.4
"""From this share of the question's words on, a text rather answers than not."""
_STEEPNESS = 10.0
_EMPTY = frozenset(
    "a an and are be did do does for has have how in is it many much of on or the to was were "
    "what when where which who why with".split()
)


class WordReader:
    """For tests, and for platforms on which the bundled reader cannot be had."""

    @property
    def knows_conversations(self) -> bool:
        return False

    @property
    def reads_across_languages(self) -> bool:
        return False

    @property
    def name(self) -> str:
        return "words"

    def score(self, question: str, texts: Sequence[str]) -> Probabilities:
        asked = frozenset(words(question)) - _EMPTY
        shares = [len(asked & frozenset(words(text))) / max(1, len(asked)) for text in texts]
        log_odds = _STEEPNESS * (np.array(shares, np.float32) - _LEAST_SHARE)
        return np.asarray(1 / (1 + np.exp(-log_odds)), np.float32)
