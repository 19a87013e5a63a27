"""The numbers that Word draws before headings and items and does not store in their text."""

from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn

_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_BULLETS = ("bullet", "none")
_VAL = qn("w:val")


class Numbering:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        """By list: for each depth the format, the text (`第%1条`) and the first number."""
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._list_of: dict[str, str] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for abstract in root.iter(qn("w:abstractNum")):
            name = abstract.get(qn("w:abstractNumId"))
            self._levels[name] = dict(map(_level, abstract.iter(qn("w:lvl"))))
        for number in root.iter(qn("w:num")):
            self._list_of[number.get(qn("w:numId"))] = _value(number, "w:abstractNumId", "")

    def label(self, paragraph: Any, style: Any) -> tuple[str, int]:
        """(what stands before a paragraph, its depth): `-` for a bullet, empty where nothing."""
        found = _properties(paragraph, style)
        if found is None:
            return "", 0
        number, depth = found
        name = self._list_of.get(number, "")
        kind, text, first = self._levels.get(name, {}).get(depth, ("none", "", 1))
        if number == "0" or not name:
            return "", 0
        if kind in _BULLETS:
            return ("-" if kind == "bullet" else ""), depth
        counts = self._counts[name]
        counts[depth] = counts.get(depth, first - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        for level, count in [(depth, counts[depth]), *counts.items()]:
            shape = self._levels[name].get(level, (kind, "", 1))[0]
            text = text.replace(f"%{level + 1}", _written(count, shape))
        return text.strip(), depth


def _level(element: Any) -> tuple[int, tuple[str, str, int]]:
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
