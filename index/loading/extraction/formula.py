"""A formula of Word (OMML) in one line: (a+b)/2, x^2, √(x)."""

import re
from collections.abc import Callable
from typing import Any

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WITHDRAWN = (f"{_WORD}del", f"{_WORD}moveFrom")
_ONE_THING = re.compile(r"[\w.,%]*|\([^()]*\)")


def said(element: Any) -> str:
    """What a formula, or a part of it, says."""
    name = element.tag.removeprefix(_MATH) if isinstance(element.tag, str) else ""
    if name == "t" or element.tag == f"{_WORD}t":
        return element.text or ""
    if not name or name.endswith("Pr") or element.tag in _WITHDRAWN:
        return ""
    return _SHAPES[name](element) if name in _SHAPES else _inside(element)


def _inside(element: Any) -> str:
    return "".join(map(said, element))


def _part(element: Any, name: str) -> str:
    """A part as one thing: in brackets, if it is of several."""
    found = element.find(f"{_MATH}{name}")
    text = said(found) if found is not None else ""
    return text if _ONE_THING.fullmatch(text) else f"({text})"


def _scripted(element: Any) -> str:
    below, above = (_part(element, name) for name in ("sub", "sup"))
    return _part(element, "e") + (f"_{below}" if below else "") + (f"^{above}" if above else "")


def _sum(element: Any) -> str:
    """A sum, product or integral, with what it runs over."""
    ends = [(sign, _part(element, name)) for sign, name in (("_", "sub"), ("^", "sup"))]
    told = "".join(sign + end for sign, end in ends if end)
    return f"{_property(element, 'chr', '∫')}{told} {_part(element, 'e')}"


def _bracketed(element: Any) -> str:
    parts = map(said, element.findall(f"{_MATH}e"))
    begin, end = _property(element, "begChr", "("), _property(element, "endChr", ")")
    return begin + _property(element, "sepChr", "|").join(parts) + end


def _rows(element: Any) -> str:
    rows = element.findall(f"{_MATH}mr") or element.findall(f"{_MATH}e")
    return "; ".join(map(said, rows))


def _property(element: Any, name: str, usual: str) -> str:
    found = element.find(f"*/{_MATH}{name}")
    return str(found.get(f"{_MATH}val", "")) if found is not None else usual


_SHAPES: dict[str, Callable[[Any], str]] = {
    "f": lambda element: f"{_part(element, 'num')}/{_part(element, 'den')}",
    "sSub": _scripted,
    "sSup": _scripted,
    "sSubSup": _scripted,
    "rad": lambda element: f"{_part(element, 'deg')}√{_part(element, 'e')}",
    "nary": _sum,
    "d": _bracketed,
    "func": lambda element: f"{_part(element, 'fName')} {_part(element, 'e')}",
    "mr": lambda element: ", ".join(map(said, element)),
    "m": _rows,
    "eqArr": _rows,
}
"""How what is written above, below or around is told in a line."""
