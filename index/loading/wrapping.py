"""Joins the lines that were wrapped at a fixed width, as text copied from a PDF is."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import groupby, pairwise

from index.loading.lines import (
    CJK,
    LABEL,
    LEAST_WIDTH,
    MARKER,
    PROSE,
    PROSE_WIDTH,
    RAGGED,
    SENTENCE_END,
    Line,
    begins_with_label,
    columns,
    is_cut_number,
    measured,
)
from index.loading.page_marks import without_page_marks

_LEAST_LATIN_WIDTH = 40
"""The same for text in letters; lines of an address are narrower."""
_FULL_LINES = 3
_FULL_SHARE = 0.2
"""So many lines, and this share of all, end near one column where text is wrapped there."""
_RAGGED_CJK = 4
"""How far before that column a full line may end: the next sign did not fit."""
_LONGEST_SENTENCE = 6
"""So many lines are looked at for its end."""
_GOES_ON = re.compile(r"[，,、—–\-（(《「『“]$")
_HYPHEN = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_CUT = re.compile(r"((?:[^\W\d_]+-)+)\n([^\W\d_]+(?:-[^\W\d_]+)*)")
"""A word with a hyphen at the end of a line, and what the next one begins with; not U+2010, as
soft hyphens become that.
"""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FIRST_HALF = re.compile(
    r"\b(?:\w|self|non|cross|re|co|pre|ex|well|long|short|high|low|ill|all|sino|anti|multi|sub|small"
    r"|medium|large)-$",
    re.IGNORECASE,
)
_SECOND_HALF = re.compile(
    r"sized|based|owned|scale|term|free|level|oriented|intensive", re.IGNORECASE
)
"""What a hyphen parts from a word wherever it stands; none is cut after its first letter."""
_LONGEST_WORD = 60
Words = frozenset[str]


def words_in(text: str) -> Words:
    """The words of a text in small letters: they tell whether a hyphen belongs to one."""
    return frozenset(_WORD.findall(text.lower()))


def unwrapped(text: str) -> str:
    """The same text with the lines of each paragraph joined.

    What looks like a line of its own (a heading, an item, an address) stays one; no letter is
    lost or moved but the numbers and heads of pages, which stand between a paragraph's lines.
    """
    rows = text.replace("\f", "\n").split("\n")
    lines = [measured(row) for row in rows]
    column = _column(lines)
    words = words_in(text)
    lines = without_page_marks(lines, column)
    parts: list[str] = []
    for has_text, run in groupby(lines, key=lambda line: bool(line.text)):
        members = list(run)
        if has_text:
            parts.append(_paragraph(members, column, words))
        else:
            parts += [""] * len(members)
    return "\n".join(parts)


def _paragraph(lines: list[Line], column: int | None, words: Words) -> str:
    """A run of lines without a blank one between them."""
    is_prose = any(PROSE.search(line.text) for line in lines)
    parts = [lines[0].row.rstrip()]
    for number, (before, line) in enumerate(pairwise(lines), 1):
        following = lines[number : number + _LONGEST_SENTENCE]
        if not is_prose or not _is_wrapped(before, following, column):
            parts += [_break_between(before, line, column), line.row.rstrip()]
        elif _is_only_hyphenated(before.text, line.text, words):
            parts += [parts.pop()[:-1], line.text]
        else:
            parts += [seam(before.text, line.text), line.text]
    return "".join(parts)


def seam(before: str, after: str) -> str:
    """What joins two lines: nothing beside Chinese or Japanese, or in a number, else a space."""
    if not before or not after:
        return ""
    if is_cut_number(before, after):
        return ""
    is_hyphenated = before[-1] in "-\u2010" and len(before) > 1 and before[-2].isalpha()
    if is_hyphenated and after[0].isalnum():
        return ""
    return "" if CJK.match(before[-1]) or CJK.match(after[0]) else " "


def joined(lines: Sequence[str], words: Words) -> str:
    """The lines of one paragraph in one; no space parts Chinese, and no hyphen a cut word.

    Args:
        lines: One or more.
        words: Those of the whole text.
    """
    text = lines[0]
    for before, line in pairwise(lines):
        if _is_only_hyphenated(before, line, words):
            text = text[:-1] + line
        else:
            text += seam(before, line) + line
    return text


def _column(lines: list[Line]) -> int | None:
    """The width at which the text is wrapped; None where no one width stands out."""
    widths = sorted(line.width for line in lines if line.text)
    needed = max(_FULL_LINES, int(_FULL_SHARE * len(widths)))
    for width in reversed(widths):
        if width < LEAST_WIDTH:
            return None
        if bisect_right(widths, width) - bisect_left(widths, width - RAGGED) >= needed:
            return width
    return None


def _is_wrapped(before: Line, following: Sequence[Line], column: int | None) -> bool:
    """Whether the first of the lines that follow goes on the one before."""
    line = following[0]
    if _begins_anew(before, line):
        return False
    if _is_hyphenated(before.text, line.text):
        return True
    if before.width >= LEAST_WIDTH and is_cut_number(before.text, line.text):
        return True
    if column is not None and before.width <= column + 2 and _is_full(before, line, column):
        return True
    return _is_mid_sentence(before, following)


def _begins_anew(before: Line, line: Line) -> bool:
    if _is_hyphenated(before.text, line.text):
        return False
    if MARKER.match(line.text):
        return True
    if LABEL.match(before.text) and LABEL.match(line.text):
        return True
    ended = bool(SENTENCE_END.search(before.text))
    if line.indent > before.indent:  # a first line is indented; an item hangs
        return not MARKER.match(before.text)
    return ended and line.indent > 0 and line.indent == before.indent


def _is_full(before: Line, line: Line, column: int) -> bool:
    """Whether what the line begins with did not fit behind the one before."""
    if CJK.match(line.text[0]):
        return before.width >= column - _RAGGED_CJK
    if column < _LEAST_LATIN_WIDTH:
        return bool(CJK.match(before.text[-1])) and before.width >= column - _RAGGED_CJK
    word = re.match(r"[^\s\u3001-\uffef]+", line.text)
    return before.width + 1 + columns(word[0] if word else "") > column


def _is_mid_sentence(before: Line, following: Sequence[Line]) -> bool:
    """Whether a sentence plainly goes on, where no width tells."""
    if before.width < LEAST_WIDTH or SENTENCE_END.search(before.text):
        return False
    if _GOES_ON.search(before.text) or following[0].text[0].islower():
        return True
    if before.width < PROSE_WIDTH or not CJK.match(before.text[-1]):
        return False
    ends = (n for n, line in enumerate(following) if _ends_a_run(line))
    return bool(SENTENCE_END.search(following[next(ends, -1)].text))


def _ends_a_run(line: Line) -> bool:
    """Whether a line is the last of those that a sentence may have been wrapped in."""
    return line.width < PROSE_WIDTH or bool(SENTENCE_END.search(line.text))


def _break_between(before: Line, line: Line, column: int | None) -> str:
    """A line break; a blank line where else a sentence would run into the next line."""
    if CJK.match(before.text[-1]) or MARKER.match(line.text):
        return "\n"
    if begins_with_label(before.text) and begins_with_label(line.text):
        return "\n\n"
    is_short = column is not None and before.width < column - RAGGED
    return "\n\n" if is_short and not line.text[0].islower() else "\n"


def _is_hyphenated(before: str, after: str) -> bool:
    """Whether a word goes on from one line to the next behind a hyphen."""
    return bool(_HYPHEN.search(before)) and after[0].islower()


def _is_only_hyphenated(before: str, after: str, words: Words) -> bool:
    """Whether a line ends with a hyphen that only its end called for.

    What the rest of the text writes tells; where it writes neither, what the word is made of.
    """
    cut = _CUT.search(f"{before[-_LONGEST_WORD:]}\n{after[:_LONGEST_WORD]}")
    if not _is_hyphenated(before, after) or not cut:
        return _is_hyphenated(before, after)
    first, second = cut.groups()
    if f"{first}{second}".lower() in words:
        return False
    if f"{first[:-1]}{second}".lower() in words:
        return True
    return not (_FIRST_HALF.search(first) or _SECOND_HALF.fullmatch(second))
