"""The numbers that an OpenDocument text draws before its items and does not store in them."""

from typing import Any

from index.loading.extraction.numbering import Level, count_on, labelled

_PREFIX = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _STYLE = (_PREFIX % name for name in ("text", "style"))
_FORMAT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format"
_LIST_ID = "{http://www.w3.org/XML/1998/namespace}id"
_KINDS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "一": "chinese",
}
_OUTLINE = "outline-style"


class OpenNumbering:
    """Counts the items and headings of one document, in order."""

    def __init__(self, *roots: Any) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._list_of: dict[str, str] = {}
        """By style of paragraphs the style of their list."""
        self._last: dict[str, dict[int, int]] = {}
        """By style, and by name, the counts of the last list."""
        for root in roots:
            for style in root.iter(f"{_TEXT}list-style", f"{_TEXT}{_OUTLINE}"):
                is_outline = style.tag.endswith(_OUTLINE)
                name = _OUTLINE if is_outline else style.get(f"{_STYLE}name")
                self._levels[name] = dict(map(_level, style))
            for style in root.iter(f"{_STYLE}style"):
                name, parent = style.get(f"{_STYLE}name"), style.get(f"{_STYLE}parent-style-name")
                name_of_list = style.get(f"{_STYLE}list-style-name", self._list_of.get(parent))
                if name_of_list and style.get(f"{_STYLE}family") == "paragraph":
                    self._list_of[name] = name_of_list

    def begin(self, element: Any, style: str) -> dict[int, int]:
        """The counts with which a list begins: those of the list that it continues, or none."""
        continued = style if _goes_on(element) else element.get(f"{_TEXT}continue-list", "")
        counts = self._last.get(continued, {}) if continued else {}
        self._last[style] = self._last[element.get(_LIST_ID, style)] = counts
        return counts

    def begin_inner(self, element: Any, counts: dict[int, int], depth: int) -> None:
        """Have a list within an item begin with its first number, unless it goes on."""
        if not _goes_on(element):
            counts.pop(depth, None)

    def label(self, item: Any, style: str, counts: dict[int, int], depth: int) -> str:
        """What stands before an item: `-` for a bullet and for what the style does not number."""
        levels = self._levels.get(style, {})
        kind, text, first = levels.get(depth, ("", "", 1))
        if not kind:
            return "-"
        start = item.get(f"{_TEXT}start-value")
        count_on(counts, depth, first, int(start) if start else None)
        return labelled(text, counts, levels)

    def style_of(self, element: Any, otherwise: str) -> str:
        """The style of a list."""
        paragraph = next(element.iter(f"{_TEXT}p", f"{_TEXT}h"), None)
        of_paragraph = self._list_of.get(_style(paragraph), "") if paragraph is not None else ""
        return element.get(f"{_TEXT}style-name") or otherwise or of_paragraph

    def heading(self, element: Any, level: int) -> str:
        """What stands before a heading that is in no list."""
        is_plain = element.get(f"{_TEXT}is-list-header") == "true"
        if is_plain or _style(element) in self._list_of:  # of another list than the outline
            return ""
        counts = self._last.setdefault(_OUTLINE, {})
        return self.label(element, _OUTLINE, counts, level - 1).removeprefix("-")


def _goes_on(element: Any) -> bool:
    return bool(element.get(f"{_TEXT}continue-numbering") == "true")


def _style(element: Any) -> str:
    return str(element.get(f"{_TEXT}style-name"))


def _level(element: Any) -> tuple[int, Level]:
    """(depth, how its numbers are written); the format is empty where there are none."""
    depth = int(element.get(f"{_TEXT}level", "1")) - 1
    kind = _KINDS.get(element.get(f"{_STYLE}num-format", "")[:1], "")
    shown = int(element.get(f"{_TEXT}display-levels", "1"))
    numbers = ".".join(f"%{level + 1}" for level in range(depth - shown + 1, depth + 1))
    before, after = (element.get(f"{_STYLE}num-{name}", "") for name in ("prefix", "suffix"))
    text = element.get(_FORMAT, "")
    for level in range(1, 11):  # LibreOffice writes %1% where Word writes %1
        text = text.replace(f"%{level}%", f"%{level}")
    start = int(element.get(f"{_TEXT}start-value", "1"))
    return depth, (kind, text or f"{before}{numbers}{after}", start)
