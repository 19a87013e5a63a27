"""BM25 over words. Chinese is segmented and turned to simplified characters first."""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from unicodedata import normalize

import numpy as np
import numpy.typing as npt

from index.language import half_width, to_simplified
from index.records import Dictionary, write_dictionary

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
_WORDS, _STARTS, _ROWS, _SCORES = "words.txt", "columns.npy", "rows.npy", "scores.npy"
_K1, _B = 1.2, 0.75
"""How fast more of a word counts less, and how much a text's length matters."""
_NO_WORD = " "
"""Stands for the words of a text that has none."""
_ENGLISH_ENDING = re.compile(r"(?<=[a-z]{3})(?:ies|es|s|'s|’s)$")


WordCounts = tuple[str, Sequence[int]]
"""The words of a text, each on a line once, as they first occur; how often each does."""


def words(text: str) -> list[str]:
    """The words of a text as they are indexed: lower case, simplified, English plurals cut."""
    from rjieba import cut_for_search  # reads its dictionary, a fifth of a second

    found: list[str] = []
    for match in _WORD.finditer(to_simplified(half_width(normalize("NFC", text))).lower()):
        word = match[0]
        if _HAN.match(word):
            found.extend(cut_for_search(word))
        elif _PAIRED.match(word):
            found.extend(_pairs(word))
        elif word[0].isdigit():
            found.append(word.replace(",", ""))
        else:
            found.append(_without_plural(word))
    return found


def count_words(text: str) -> WordCounts:
    """The words of a text, as they are indexed, and how often it has each."""
    counts = Counter(words(text) or [_NO_WORD])
    return "\n".join(counts), list(counts.values())


def _without_plural(word: str) -> str:
    if not word.isascii() or word.endswith(("ss", "us", "is")):
        return word
    return _ENGLISH_ENDING.sub(
        lambda end: "y" if end[0] == "ies" else "e" * end[0].startswith("e"), word
    )


def _bm25(
    columns: npt.NDArray[np.int32],
    rows: npt.NDArray[np.int32],
    times: npt.NDArray[np.int32],
    size: int,
) -> npt.NDArray[np.float32]:
    """What each word of each text adds to the text's score.

    Args:
        columns: Numbers of words.
        rows: Numbers of the texts that have them; both of shape (n,).
        times: How often each text has the word, of shape (n,).
        size: How many texts there are.
    """
    lengths = np.bincount(rows, weights=times, minlength=size)
    having = np.bincount(columns)
    weights = np.log1p((size - having + 0.5) / (having + 0.5)).astype(np.float32)
    usual = _K1 * (1 - _B + _B * lengths / lengths.mean())
    return np.asarray(weights[columns] * (times / (usual[rows] + times)), np.float32)


def _pairs(word: str) -> Iterable[str]:
    return [word] if len(word) == 1 else (word[i : i + 2] for i in range(len(word) - 1))


class LexicalIndex:
    """BM25 (Lucene's variant, k1 1.2, b 0.75) over the words of passages; rows as given.

    What each word adds to the score of each row that has it is worked out when it is built, and
    lies word by word on the disk.
    """

    def __init__(
        self,
        columns: Mapping[str, int] | Mapping[str, str],
        starts: npt.NDArray[np.int64],
        rows: npt.NDArray[np.int32],
        scores: npt.NDArray[np.float32],
        size: int,
    ) -> None:
        """An index of what `build` worked out.

        Args:
            columns: Word -> its number.
            starts: (words + 1,); word i has rows[starts[i]] to rows[starts[i + 1]].
            rows: That have the word, ascending.
            scores: What the word adds to them.
            size: How many rows there are.
        """
        self._columns = columns
        self._starts = starts
        self._rows = rows
        self._scores = scores
        self._size = size

    @classmethod
    def build(cls, texts: Iterable[WordCounts]) -> "LexicalIndex":
        """Index texts; row i is the i-th of them."""
        columns: defaultdict[str, int] = defaultdict()
        columns.default_factory = columns.__len__  # a new word gets the next number
        numbers, times, distinct = array("i"), array("i"), array("q")
        for lines, counts in texts:
            numbers.extend(map(columns.__getitem__, lines.split("\n")))
            times.extend(counts)
            distinct.append(len(counts))
        size = len(distinct)
        column_of = np.frombuffer(numbers, np.int32)
        rows = np.repeat(np.arange(size, dtype=np.int32), np.frombuffer(distinct, np.int64))
        scores = _bm25(column_of, rows, np.frombuffer(times, np.int32), size)
        order = np.argsort(column_of, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(column_of))]).astype(np.int64)
        return cls(dict(columns), starts, rows[order], scores[order], size)

    @classmethod
    def load(cls, folder: Path, size: int) -> "LexicalIndex":
        """Open what `save` wrote; all of it stays on the disk until a word is looked up.

        Raises:
            ValueError: The files do not belong together.
            OSError: One of them cannot be read.
        """
        columns = Dictionary.load(folder / _WORDS)
        arrays = [np.load(folder / name, mmap_mode="r") for name in (_STARTS, _ROWS, _SCORES)]
        starts, rows, scores = arrays
        if not len(starts) == len(columns) + 1 or not len(rows) == len(scores) == starts[-1]:
            raise ValueError(f"{_WORDS} has {len(columns)} words, {_STARTS} others")
        return cls(columns, starts, rows, scores, size)

    def save(self, folder: Path) -> None:
        """Write the index into a folder of its own."""
        folder.mkdir()
        write_dictionary(folder / _WORDS, self._columns)
        for name, values in (
            (_STARTS, self._starts),
            (_ROWS, self._rows),
            (_SCORES, self._scores),
        ):
            np.save(folder / name, values)

    def scores(self, question: Iterable[str]) -> npt.NDArray[np.float32]:
        """BM25 score of every row for a question's words, shape (rows,); 0 where none occurs."""
        scores = np.zeros(self._size, np.float32)
        for word in question:
            start, end = self._place(word)
            scores[self._rows[start:end]] += self._scores[start:end]
        return scores

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
        return tuple(w for w in self._columns if len(w) >= 5 and w.isascii() and w.isalpha())

    def _rows_with(self, word: str) -> int:
        start, end = self._place(word)
        return end - start

    def _place(self, word: str) -> tuple[int, int]:
        """Where the rows that have a word begin and end, and what it adds to their scores."""
        column = self._columns.get(word)
        if column is None:
            return 0, 0
        return int(self._starts[int(column)]), int(self._starts[int(column) + 1])
