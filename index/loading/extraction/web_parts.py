"""Parts of a page: what of it nobody sees, and what the rest says in one line."""

import re
from typing import Any

from lxml import etree

Element = Any
"""An lxml element; the elements of its HTML parser have no public type."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}
_UNSEEN = frozenset(
    "script style noscript template head nav aside button input select textarea svg math iframe "
    "object audio video canvas del s strike dialog".split()
)
_MENU = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|sidebar|cookie|advert)(?:$|[\s_-])", re.I
)
_MENU_CHARS = 1_500
"""A block named like a menu that says more than this is the text itself."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_POWER = re.compile(r"\s*([+-]?\d{1,3})\s*")


def is_unseen(element: Element) -> bool:
    """Whether a reader of the page does not see an element, or uses it only to move or to type."""
    name = element.tag
    if not isinstance(name, str) or name in _UNSEEN or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style") or ""):
        return True
    label = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    is_menu = bool(_MENU.search(label)) or element.get("role") == "navigation"
    return is_menu and len(element.text_content()) < _MENU_CHARS


def raised(element: Element) -> str:
    """A number that stands raised, in raised figures: 10² is not 102; empty for anything else."""
    found = _POWER.fullmatch(element.text_content()) if element.tag == "sup" else None
    return found[1].translate(_RAISED) if found else ""


def collapsed(text: str | None) -> str:
    """Text with each run of white space as one."""
    return re.sub(r"[ \t\r\n]+", "\n" if text and "\n" in text else " ", text or "")


def inline(element: Element) -> str:
    """What a heading or a cell says, in one line."""
    parts: list[str] = []
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, child in walker:
        if event == "end":
            parts.append("" if child is element else collapsed(child.tail))
        elif child is not element and is_unseen(child):
            walker.skip_subtree()
        elif power := raised(child):
            parts.append(power)
            walker.skip_subtree()
        else:
            parts.append(" " if child.tag == "br" else collapsed(child.text))
    return "".join(parts)
