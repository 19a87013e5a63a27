"""The numbers that programs draw before headings and items and do not store in their text."""

import re
from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn

from index.loading.extraction.draft import Draft

Level = tuple[str, str, int]
"""How one depth of a list is numbered: the format, the text (`第%1条`) and the first number."""

_PLAIN_NUMBER = re.compile(r"\d{1,3}[.)]")
_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_BULLETS = ("bullet", "none")
_VAL = qn("w:val")


class Numbering:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        """By number: how each depth is written."""
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._list_of: dict[str, str] = {}
        """The list that a number counts in; several may count on in one."""
        self._begins: dict[tuple[str, int], int] = {}
        """With what a number begins anew at a depth, until it has ("Restart at 1")."""
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        lists = {
            abstract.get(qn("w:abstractNumId")): dict(map(_level, abstract.iter(qn("w:lvl"))))
            for abstract in root.iter(qn("w:abstractNum"))
        }
        for number in root.iter(qn("w:num")):
            name = number.get(qn("w:numId"))
            self._list_of[name] = _value(number, "w:abstractNumId", "")
            own = dict(map(_level, number.iter(qn("w:lvl"))))
            self._levels[name] = {**lists.get(self._list_of[name], {}), **own}
            for override in number.iter(qn("w:lvlOverride")):
                if start := _value(override, "w:startOverride", ""):
                    self._begins[name, int(override.get(qn("w:ilvl")))] = int(start)

    def label(self, paragraph: Any, style: Any) -> tuple[str, int]:
        """(what stands before a paragraph, its depth): `-` for a bullet, empty where nothing."""
        found = _properties(paragraph, style)
        if found is None:
            return "", 0
        number, depth = found
        name = self._list_of.get(number, "")
        kind, text, first = self._levels.get(number, {}).get(depth, ("none", "", 1))
        if number == "0" or not name:
            return "", 0
        if kind in _BULLETS:
            return ("-" if kind == "bullet" else ""), depth
        count_on(self._counts[name], depth, first, self._begins.pop((number, depth), None))
        return labelled(text, self._counts[name], self._levels[number]), depth


def count_on(counts: dict[int, int], depth: int, first: int, begins: int | None) -> None:
    """Count one more in a list; what is deeper begins anew.

    Args:
        counts: By depth the last number; changed.
        depth: Where it stands, 0 for the outermost.
        first: With what the list begins.
        begins: Its number, if the list begins anew with it.
    """
    counts[depth] = counts.get(depth, first - 1) + 1 if begins is None else begins
    for deeper in [level for level in counts if level > depth]:
        del counts[deeper]


def labelled(text: str, counts: dict[int, int], levels: dict[int, Level]) -> str:
    """What stands before an item, such as `第二条` of `第%1条`."""
    for level, count in counts.items():
        kind = levels.get(level, ("decimal", "", 1))[0]
        text = text.replace(f"%{level + 1}", _written(count, kind))
    return text.strip()


def add_item(draft: Draft, text: str, label: str, depth: int) -> None:
    """Add an item behind its label: a bullet, a number, or `第二条`, which begins a paragraph."""
    if label == "-" or _PLAIN_NUMBER.fullmatch(label):
        draft.item(text, marker=label, depth=depth)
    else:
        draft.paragraph(f"{label} {text}")


def _level(element: Any) -> tuple[int, Level]:
    kind, text = _value(element, "w:numFmt", "decimal"), _value(element, "w:lvlText", "")
    start = _value(element, "w:start", "1")
    return int(element.get(qn("w:ilvl"))), (kind, text, int(start))


def _value(element: Any, name: str, default: str) -> str:
    found = element.find(qn(name))
    return str(found.get(_VAL, default)) if found is not None else default


def _properties(paragraph: Any, style: Any) -> tuple[str, int] | None:
    """(number of the list, depth) of a paragraph, from itself or its styles."""
    owners = [paragraph]
    while style is not None:
        owners.append(style.element)
        style = style.base_style
    for owner in owners:
        found = owner.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if found is not None and found.find(qn("w:numId")) is not None:
            return _value(found, "w:numId", "0"), int(_value(found, "w:ilvl", "0"))
    return None


def _written(number: int, kind: str) -> str:
    if kind.startswith(("chinese", "ideograph", "taiwanese", "japanese")) and number < 100:
        return _chinese(number)
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("lowerRoman", "upperRoman") and number < 40:
        roman = "".join(_roman(number))
        return roman if kind == "lowerRoman" else roman.upper()
    return str(number)


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    before = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return before + (_DIGITS[ones] if ones or not tens else "")


def _roman(number: int) -> list[str]:
    parts = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        parts.append(letters * count)
    return parts
