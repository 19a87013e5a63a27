"""Lines of a text that may be wrapped: how wide they are, and what they begin and end with."""

import re
import unicodedata
from dataclasses import dataclass

CJK = re.compile(r"[\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…]")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
SENTENCE_END = re.compile(r"[。！？!?.；;：:…][”’」』）)\]】》\"']*$")
MARKER = re.compile(
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
LABEL = re.compile(r"[^\s：:，。,.;；]{1,10}(?:\s[^\s：:，。,.;；]{1,10})?[：:](?!//)")
PROSE = re.compile(r"[，。；！？]|[,.;!?؟](?:\s|$)")
LEAST_WIDTH = 24
"""Narrowest column, in half-width characters, that text is taken to be wrapped in."""
PROSE_WIDTH = 40
"""From this width a Chinese line without a mark at its end is part of a sentence, no heading."""
RAGGED = 8
"""How far before that column a full line may end: the next word did not fit."""
_CUT_BEFORE = re.compile(r"(?<![\d.,\-–/:])(?<!\d\s)\d{1,6}(?:,\d{3})*[,.]?$")
_CUT_AFTER = re.compile(
    r"(?!(?:19|20)\d\d\s?年)\d{1,5}(?:,\d{3})*(?:\.\d+)?\s?[^\d\s,.．、)）\-–/:]"
)
_CUT_GROUP = re.compile(r"\d{3}(?!\d)")
_CUT_DECIMAL = re.compile(r"(?:^|\s)\d{1,2}\.\n\d{1,2}(?:\s?%|\s[a-z])")
"""No English sentence begins with a number and goes on in small letters."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands in the file, and without the white space around it."""

    row: str
    text: str
    indent: int
    width: int
    """Of the line with its indentation, in half-width characters."""


def measured(row: str) -> Line:
    """The line with its widths."""
    text = row.strip()
    indent = columns(row[: len(row) - len(row.lstrip())].expandtabs(4)) if text else 0
    return Line(row, text, indent, indent + columns(text))


def columns(text: str) -> int:
    """How wide a text is, in half-width characters."""
    return sum(
        0 if unicodedata.combining(char) else 2 if char in "“”‘’—…" or _is_wide(char) else 1
        for char in text
    )


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def begins_with_label(line: str) -> bool:
    """Whether a line begins as those of a form do: `Telephone: …`."""
    return bool(LABEL.match(line))


def is_cut_number(before: str, after: str) -> bool:
    """Whether a line of Chinese or Japanese ends within a number: `12` and `34元`.

    English is broken within one only by a program that counts signs; there only a decimal is
    told from two numbers: `7.` and `5 per cent`.
    """
    match = _CUT_BEFORE.search(before) if after[:1].isdigit() else None
    if not match:
        return False
    if not _HAN.search(before):
        return bool(_CUT_DECIMAL.search(f"{before[-4:]}\n{after[:4]}"))
    if begins_with_label(before) and columns(before) < LEAST_WIDTH:
        return False
    return bool((_CUT_GROUP if before[-1] == "," else _CUT_AFTER).match(after))
