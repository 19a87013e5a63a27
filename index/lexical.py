"""BM25 over words. Chinese is segmented and turned to simplified characters first."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.language import half_width, to_simplified

if TYPE_CHECKING:
    import bm25s

    from index.segmenter import Segmenter

_CJK = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0e7f"
_WORD = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff]+"  # Chinese characters: segmented
    r"|[\u3040-\u30ff\u0e00-\u0e7f]+"  # kana, Thai: pairs of characters
    r"|[\uac00-\ud7af]+"  # Korean: pairs of syllables
    r"|\d+(?:[.,]\d+)*"
    rf"|[^\W\d_{_CJK}]+(?:['’][^\W\d_{_CJK}]+)?"
)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_PAIRED = re.compile(r"[\u3040-\u30ff\u0e00-\u0e7f\uac00-\ud7af]")
_ENGLISH_ENDING = re.compile(r"(?<=[a-z]{3})(?:ies|es|s|'s|’s)$")


def words(text: str) -> list[str]:
    """The words of a text as they are indexed: lower case, simplified, English plurals cut."""
    found: list[str] = []
    for match in _WORD.finditer(to_simplified(half_width(text)).lower()):
        word = match[0]
        if _HAN.match(word):
            found.extend(_segmenter().cut_for_search(word))
        elif _PAIRED.match(word):
            found.extend(_pairs(word))
        elif word[0].isdigit():
            found.append(word.replace(",", ""))
        else:
            found.append(_without_plural(word))
    return found


def _without_plural(word: str) -> str:
    if not word.isascii() or word.endswith(("ss", "us", "is")):
        return word
    return _ENGLISH_ENDING.sub(
        lambda end: "y" if end[0] == "ies" else "e" * end[0].startswith("e"), word
    )


def _pairs(word: str) -> Iterable[str]:
    return [word] if len(word) == 1 else (word[i : i + 2] for i in range(len(word) - 1))


@cache
def _segmenter() -> "Segmenter":
    from index.segmenter import Segmenter

    return Segmenter()


class LexicalIndex:
    """BM25 (Lucene's variant, k1 1.2, b 0.75) over the words of passages; rows as given."""

    def __init__(self, bm25: "bm25s.BM25", size: int) -> None:
        self._bm25 = bm25
        self._size = size

    @classmethod
    def build(cls, texts: Sequence[str]) -> "LexicalIndex":
        """Index texts; row i is texts[i]."""
        import bm25s  # and with it scipy

        bm25 = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        tokens = [words(text) or [" "] for text in texts]
        bm25.index(tokens, show_progress=False)
        return cls(bm25, len(texts))

    @classmethod
    def load(cls, folder: Path, size: int) -> "LexicalIndex":
        """Open what `save` wrote."""
        import bm25s

        return cls(bm25s.BM25.load(str(folder), show_progress=False), size)

    def save(self, folder: Path) -> None:
        """Write the index into a folder of its own."""
        self._bm25.save(str(folder), show_progress=False)

    def scores(self, question: Sequence[str]) -> npt.NDArray[np.float32]:
        """BM25 score of every row for a question's words, shape (rows,); 0 where none occurs."""
        known = [word for word in question if word in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self._size, np.float32)
        return np.asarray(self._bm25.get_scores(known), np.float32)

    def matches(self, question: Sequence[str]) -> npt.NDArray[np.float32]:
        """The share of a question's word weight that each row matches, about 0 to 1."""
        weight = sum(self._weight(word) for word in question)
        return self.scores(question) / max(weight, 1e-6)

    def _weight(self, word: str) -> float:
        """The most that a word can add to a BM25 score: its inverse document frequency."""
        rows = self._rows_with(word)
        return float(np.log1p((self._size - rows + 0.5) / (rows + 0.5)))

    def knows(self, word: str) -> bool:
        """Whether the word occurs in any row."""
        return self._rows_with(word) > 0

    def latin_words(self) -> tuple[str, ...]:
        """All words of at least five letters, Latin letters only."""
        known = self._bm25.vocab_dict
        return tuple(w for w in known if len(w) >= 5 and w.isascii() and w.isalpha())

    def _rows_with(self, word: str) -> int:
        token = self._bm25.vocab_dict.get(word)
        if token is None:
            return 0
        pointers = self._bm25.scores["indptr"]
        return int(pointers[token + 1] - pointers[token])
