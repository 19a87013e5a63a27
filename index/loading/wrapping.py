"""Joins the lines that were wrapped at a fixed width, as text copied from a PDF is."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

_LEAST_WIDTH = 24
"""Narrowest column, in half-width characters, that text is taken to be wrapped in."""
_LEAST_LATIN_WIDTH = 40
"""The same for text in letters; lines of an address are narrower."""
_FULL_LINES = 3
_FULL_SHARE = 0.2
"""So many lines, and this share of all, end near one column where text is wrapped there."""
_RAGGED = 8
_RAGGED_CJK = 4
"""How far before that column a full line may end: the next word, or sign, did not fit."""
_LONGEST_SENTENCE = 6
"""So many lines are looked at for its end."""
_PROSE_WIDTH = 40
"""From this width a Chinese line without a mark at its end is part of a sentence, no heading."""

PAGE_MARK = re.compile(
    r"[-—–·]\s*\d{1,4}\s*[-—–·]|第\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?"
    r"|(?:Page|Страница|стр\.)\s+\d{1,4}(?:\s+(?:of|из)\s+\d{1,4})?",
    re.IGNORECASE,
)
"""A page's number, in a line of its own."""
_CJK = re.compile(r"[\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…]")
_SENTENCE_END = re.compile(r"[。！？!?.；;：:…][”’」』）)\]】》\"']*$")
_GOES_ON = re.compile(r"[，,、—–\-（(《「『“]$")
_MARKER = re.compile(
    r"""
      [-*+•·●○■□◆◇▪–—※☆★►]\s*\S          # bullets
    | \#{1,6}\s | \|                      # Markdown
    | \(?\d{1,3}[.)、．）](?!\d)          # 1.  1)  1、
    | [（(][\d一二三四五六七八九十百]{1,4}[)）]
    | [一二三四五六七八九十百]{1,4}[、．.]
    | [①-⑳ⅰ-ⅻⅠ-Ⅻ]
    | 第[\d一二三四五六七八九十百零〇]{1,6}[章节条款部分编篇](?:[\s：:]|$)
    | (?:Article|Section|Chapter|Part|Annex|Appendix|Статья|Глава|Раздел)\s+[\dIVXА-Я]+
    | [(]?[a-zA-Z][.)]\s
    """,
    re.VERBOSE,
)
_LABEL = re.compile(r"[^\s：:，。,.;；]{1,10}(?:\s[^\s：:，。,.;；]{1,10})?[：:](?!//)")
_HYPHEN = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_KEEPS_HYPHEN = re.compile(
    r"\b(?:self|non|cross|re|co|pre|ex|well|long|short|high|low|ill|all|sino|anti|multi|sub)-$",
    re.IGNORECASE,
)


_PROSE = re.compile(r"[，。；！？]|[,.;!?؟](?:\s|$)")


@dataclass(frozen=True, slots=True)
class _Line:
    row: str
    text: str
    indent: int
    width: int
    """Of the line with its indentation, in half-width characters."""


def unwrapped(text: str) -> str:
    """The same text with the lines of each paragraph joined.

    What looks like a line of its own (a heading, an item, an address) stays one; no letter is
    lost or moved but the numbers of pages, which stand between the lines of a paragraph.
    """
    rows = text.replace("\f", "\n").split("\n")
    lines = _without_page_marks([_measured(row) for row in rows])
    column = _column(lines)
    parts: list[str] = []
    for has_text, run in groupby(lines, key=lambda line: bool(line.text)):
        members = list(run)
        if has_text:
            parts.append(_paragraph(members, column))
        else:
            parts += [""] * len(members)
    return "\n".join(parts)


def _paragraph(lines: list[_Line], column: int | None) -> str:
    """A run of lines without a blank one between them."""
    is_prose = any(_PROSE.search(line.text) for line in lines)
    parts = [lines[0].row.rstrip()]
    for number, (before, line) in enumerate(pairwise(lines), 1):
        following = lines[number : number + _LONGEST_SENTENCE]
        if not is_prose or not _is_wrapped(before, following, column):
            parts += [_break_between(before, line, column), line.row.rstrip()]
        elif _is_only_hyphenated(before.text, line.text):
            parts += [parts.pop()[:-1], line.text]
        else:
            parts += [seam(before.text, line.text), line.text]
    return "".join(parts)


def seam(before: str, after: str) -> str:
    """What joins two lines: nothing beside Chinese or Japanese, else a space."""
    if not before or not after:
        return ""
    is_hyphenated = before[-1] == "-" and len(before) > 1 and before[-2].isalpha()
    if is_hyphenated and after[0].isalnum():
        return ""
    return "" if _CJK.match(before[-1]) or _CJK.match(after[0]) else " "


def begins_with_label(line: str) -> bool:
    """Whether a line begins as those of a form do: `Telephone: …`."""
    return bool(_LABEL.match(line))


def _without_page_marks(lines: list[_Line]) -> list[_Line]:
    """The lines without page numbers, nor blank ones beside them within a sentence."""
    kept: list[_Line] = []
    is_page_end = False
    for line in lines:
        if PAGE_MARK.fullmatch(line.text):
            is_page_end = True
            while kept and not kept[-1].text:
                kept.pop()
            continue
        if is_page_end and not line.text:
            continue
        if is_page_end and kept and _SENTENCE_END.search(kept[-1].text):
            kept.append(_measured(""))
        is_page_end = False
        kept.append(line)
    return kept


def _measured(row: str) -> _Line:
    text = row.strip()
    indent = _columns(row[: len(row) - len(row.lstrip())].expandtabs(4)) if text else 0
    return _Line(row, text, indent, indent + _columns(text))


def _columns(text: str) -> int:
    return sum(
        0 if unicodedata.combining(char) else 2 if char in "“”‘’—…" or _is_wide(char) else 1
        for char in text
    )


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _column(lines: list[_Line]) -> int | None:
    """The width at which the text is wrapped; None where no one width stands out."""
    widths = sorted(line.width for line in lines if line.text)
    needed = max(_FULL_LINES, int(_FULL_SHARE * len(widths)))
    for width in reversed(widths):
        if width < _LEAST_WIDTH:
            return None
        if bisect_right(widths, width) - bisect_left(widths, width - _RAGGED) >= needed:
            return width
    return None


def _is_wrapped(before: _Line, following: Sequence[_Line], column: int | None) -> bool:
    """Whether the first of the lines that follow goes on the one before."""
    line = following[0]
    if _begins_anew(before, line):
        return False
    if _is_only_hyphenated(before.text, line.text):
        return True
    if column is not None and before.width <= column + 2 and _is_full(before, line, column):
        return True
    return _is_mid_sentence(before, following)


def _begins_anew(before: _Line, line: _Line) -> bool:
    if _is_only_hyphenated(before.text, line.text):
        return False
    if _MARKER.match(line.text):
        return True
    if _LABEL.match(before.text) and _LABEL.match(line.text):
        return True
    ended = bool(_SENTENCE_END.search(before.text))
    if line.indent > before.indent:  # a first line is indented; an item hangs
        return not _MARKER.match(before.text)
    return ended and line.indent > 0 and line.indent == before.indent


def _is_full(before: _Line, line: _Line, column: int) -> bool:
    """Whether what the line begins with did not fit behind the one before."""
    if _CJK.match(line.text[0]):
        return before.width >= column - _RAGGED_CJK
    if column < _LEAST_LATIN_WIDTH:
        return bool(_CJK.match(before.text[-1])) and before.width >= column - _RAGGED_CJK
    word = re.match(r"[^\s\u3001-\uffef]+", line.text)
    return before.width + 1 + _columns(word[0] if word else "") > column


def _is_mid_sentence(before: _Line, following: Sequence[_Line]) -> bool:
    """Whether a sentence plainly goes on, where no width tells."""
    if before.width < _LEAST_WIDTH or _SENTENCE_END.search(before.text):
        return False
    if _GOES_ON.search(before.text) or following[0].text[0].islower():
        return True
    if before.width < _PROSE_WIDTH or not _CJK.match(before.text[-1]):
        return False
    ends = (n for n, line in enumerate(following) if _ends_a_run(line))
    return bool(_SENTENCE_END.search(following[next(ends, -1)].text))


def _ends_a_run(line: _Line) -> bool:
    """Whether a line is the last of those that a sentence may have been wrapped in."""
    return line.width < _PROSE_WIDTH or bool(_SENTENCE_END.search(line.text))


def _break_between(before: _Line, line: _Line, column: int | None) -> str:
    """A line break; a blank line where else a sentence would run into the next line."""
    if _CJK.match(before.text[-1]) or _MARKER.match(line.text):
        return "\n"
    if begins_with_label(before.text) and begins_with_label(line.text):
        return "\n\n"
    is_short = column is not None and before.width < column - _RAGGED
    return "\n\n" if is_short and not line.text[0].islower() else "\n"


def _is_only_hyphenated(before: str, after: str) -> bool:
    """Whether a line ends with a hyphen that only its end called for."""
    return bool(_HYPHEN.search(before) and after[0].islower() and not _KEEPS_HYPHEN.search(before))
