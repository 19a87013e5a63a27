"""The encoder's tokenizer: Unigram over NFKC text, a word's start marked by U+2581.

Cuts as the library `tokenizers` does with the same pieces. That one takes most of a second to take
in 250,000 of them, and holds the interpreter meanwhile; a dictionary of them is ready in a tenth.
"""

import math
import re
import unicodedata
from dataclasses import dataclass

REMOVED = r"[\u0001-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f]"
SPACES = r"[\t\n\u000c\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"
"""Patterns of characters that are taken out, and that count as spaces."""
WAVE, STAND_IN = "\uff5e", "\ufdd0"
"""NFKC turns the full-width tilde into "~", the model's own rules keep it; U+FDD0 is no character,
so no text has it."""
_WORD_START = "\u2581"
_UNKNOWN_PENALTY = 10.0
"""How much less likely than the least likely piece a character is that no piece has."""
_removed, _spaces = re.compile(REMOVED), re.compile(SPACES)
_words = re.compile(rf"{_WORD_START}?[^{_WORD_START}]+|{_WORD_START}").findall


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces of a Unigram tokenizer and their log probabilities; ids are positions."""

    pieces: list[str]
    scores: list[float]
    begin: int
    end: int
    pad: int
    unknown: int


class UnigramTokenizer:
    """Cuts texts into the pieces of a vocabulary. Holds no state of any text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._ids = {piece: position for position, piece in enumerate(vocabulary.pieces)}
        self._scores = vocabulary.scores
        self._longest = {piece[:2]: len(piece) for piece in sorted(self._ids, key=len)}
        """By their first two characters, how long pieces are at most."""
        self._unknown = vocabulary.unknown
        self._unknown_score = min(vocabulary.scores) - _UNKNOWN_PENALTY

    def ids(self, text: str) -> list[int]:
        """The pieces of a text by their ids, without marks of its begin and end."""
        return [piece for word in _words(_normalized(text)) for piece in self._pieces(word)]

    def _pieces(self, word: str) -> list[int]:
        """The most likely pieces that make up a word (Viterbi)."""
        size, best = len(word), [-math.inf] * (len(word) + 1)
        begins, chosen = [0] * (size + 1), [self._unknown] * (size + 1)
        best[0] = 0.0
        for start in range(size):
            so_far = best[start]
            piece = self._ids.get(word[start])
            score = so_far + (self._unknown_score if piece is None else self._scores[piece])
            if score > best[start + 1]:
                best[start + 1], begins[start + 1] = score, start
                chosen[start + 1] = self._unknown if piece is None else piece
            longest = start + self._longest.get(word[start : start + 2], 0)
            for end in range(start + 2, min(longest, size) + 1):
                piece = self._ids.get(word[start:end])
                if piece is not None and (score := so_far + self._scores[piece]) > best[end]:
                    best[end], begins[end], chosen[end] = score, start, piece
        found: list[int] = []
        while size > 0:
            if chosen[size] != self._unknown or found[-1:] != [self._unknown]:
                found.append(chosen[size])
            size = begins[size]
        return found[::-1]


def _normalized(text: str) -> str:
    text = _spaces.sub(" ", _removed.sub("", text)).replace(WAVE, STAND_IN)
    text = unicodedata.normalize("NFKC", text).replace(STAND_IN, WAVE)
    text = re.sub(" {2,}", " ", text).replace(" ", _WORD_START)
    return text if not text or text.startswith(_WORD_START) else _WORD_START + text
