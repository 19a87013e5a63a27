"""ODT: headings, lists and tables; no notes, comments, hidden text or tables of contents."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from index.loading.extraction.archive import opened, safe_parser
from index.loading.extraction.dated import day_of
from index.loading.extraction.draft import Draft
from index.loading.extraction.extracted import Cause, Extracted, UnreadableError
from index.loading.extraction.numbering import add_item
from index.loading.extraction.open_numbering import OpenNumbering
from index.loading.inline import HARD_BREAK

_PREFIX = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _OFFICE, _STYLE = (_PREFIX % name for name in ("text", "table", "office", "style"))
_P, _H, _LIST = (_TEXT + name for name in ("p", "h", "list"))
_ROW, _CELL, _COVERED = (
    _TABLE + name for name in ("table-row", "table-cell", "covered-table-cell")
)
_ROWS = tuple(_TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group"))
_FAMILY = {_P: "paragraph", _H: "paragraph", f"{_TEXT}span": "text"}
_MANIFEST = "META-INF/manifest.xml"
_UNSEEN = (
    *(_TEXT + name for name in ("note", "tracked-changes", "table-of-content", "sequence-decls")),
    f"{_TEXT}ruby-text",
    *(_OFFICE + name for name in ("annotation", "annotation-end", "forms")),
)
_MOST_REPEATS = 50


def read(content: bytes) -> list[Extracted]:
    """One document.

    Raises:
        UnreadableError: It has a password.
    """
    with opened(content) as archive:
        if b"encryption-data" in archive.read(_MANIFEST):
            raise UnreadableError("it has a password: save it without", Cause.PASSWORD)
        root = etree.fromstring(archive.read("content.xml"), safe_parser())
        names = archive.namelist()
        styles, meta = (
            archive.read(name) if name in names else b"<none/>"
            for name in ("styles.xml", "meta.xml")
        )
    known = etree.fromstring(meta, safe_parser())
    title, changed, created = (
        known.xpath(f"string(//*[local-name()='{name}'])")
        for name in ("title", "date", "creation-date")
    )
    reader = _Reader(etree.fromstring(styles, safe_parser()), root)
    for body in root.iter(f"{_OFFICE}text"):
        reader.blocks(body)
    return [reader.draft.finish(str(title), dated=day_of(changed, created))]


class _Reader:
    def __init__(self, *roots: Any) -> None:
        self.draft = Draft()
        self._numbering = OpenNumbering(*roots)
        self._hidden = {
            (style.get(f"{_STYLE}family"), style.get(f"{_STYLE}name"))
            for root in roots
            for style in root.iter(f"{_STYLE}style")
            if style.find(f"{_STYLE}text-properties[@{_TEXT}display='none']") is not None
        }

    def blocks(self, parent: Any) -> None:
        """Add what stands in a body, a section or a text box."""
        for child in parent:
            if self._is_unseen(child):
                continue
            if child.tag == _H:
                self._heading(child, self._numbering.heading(child, _level(child)))
            elif child.tag == _P:
                self.draft.paragraph(self._said(child))
                self._boxes(child)
            elif child.tag == _LIST:
                style = self._numbering.style_of(child, "")
                self._items(child, style, self._numbering.begin(child, style), 0)
            elif child.tag == f"{_TABLE}table":
                self.draft.table(list(self._rows(child)))
            else:
                self.blocks(child)

    def _heading(self, element: Any, label: str) -> None:
        if said := self._said(element).strip():
            self.draft.heading(f"{label} {said}", _level(element))

    def _boxes(self, paragraph: Any) -> None:
        for box in paragraph.iter("{*}text-box"):
            self.blocks(box)

    def _items(self, parent: Any, style: str, counts: dict[int, int], depth: int) -> None:
        for item in parent:
            is_numbered = item.tag == f"{_TEXT}list-item"
            for part in item:
                if self._is_unseen(part):
                    continue
                if part.tag == _LIST:
                    self._numbering.begin_inner(part, counts, depth + 1)
                    inner = self._numbering.style_of(part, style)
                    self._items(part, inner, counts, depth + 1)
                elif part.tag in (_P, _H):
                    label = ""
                    if is_numbered:
                        label = self._numbering.label(item, style, counts, depth)
                    is_numbered = False  # what follows in it has no number of its own
                    self._item(part, label, depth)

    def _item(self, element: Any, label: str, depth: int) -> None:
        if element.tag == _H:
            self._heading(element, label.removeprefix("-"))
            return
        if said := self._said(element).strip(" \t\n"):
            add_item(self.draft, said, label, depth)
        self._boxes(element)

    def _rows(self, table: Any) -> Iterator[list[str]]:
        """A table's rows; what a merged cell says holds in each row that it covers."""
        above: dict[int, tuple[str, int]] = {}
        """By column what the cell above says, and how many rows more it covers."""
        for row in _own_rows(table):
            cells: list[str] = []
            for cell in row.iterchildren(_CELL, _COVERED):
                text = "\n".join(filter(str.strip, self._lines(cell)))
                spanned = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
                repeats = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
                for column in range(len(cells), len(cells) + min(repeats, _MOST_REPEATS)):
                    said, left = text, spanned
                    if cell.tag == _COVERED:
                        said, left = above.get(column, ("", 0))
                    above[column] = (said, left - 1) if left > 1 else ("", 0)
                    cells.append(said)
            yield cells

    def _lines(self, parent: Any) -> Iterator[str]:
        """The paragraphs of a cell, those of a table in it too."""
        for child in parent:
            if self._is_unseen(child):
                continue
            if child.tag in (_P, _H):
                yield self._said(child)
                for box in child.iter("{*}text-box"):
                    yield from self._lines(box)
            else:
                yield from self._lines(child)

    def _said(self, element: Any) -> str:
        """What a paragraph says; a text box in it is a block of its own."""
        parts = [element.text or ""]
        for child in element:
            name = child.tag if isinstance(child.tag, str) else ""
            if name in (f"{_TEXT}s", f"{_TEXT}tab"):
                parts.append(" ")
            elif name == f"{_TEXT}line-break":
                parts.append(HARD_BREAK)
            elif not self._is_unseen(child) and not name.endswith("}text-box"):
                parts.append(self._said(child))
            parts.append(child.tail or "")
        return "".join(parts)

    def _is_unseen(self, element: Any) -> bool:
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            return True
        if element.tag == f"{_TEXT}section" and element.get(f"{_TEXT}display") == "none":
            return True
        family, style = _FAMILY.get(element.tag), element.get(f"{_TEXT}style-name")
        return (family, style) in self._hidden


def _level(heading: Any) -> int:
    return int(heading.get(f"{_TEXT}outline-level", "1"))


def _own_rows(table: Any) -> Iterator[Any]:
    """The rows of a table, not those of a table in one of its cells."""
    for child in table:
        if child.tag == _ROW:
            yield child
        elif child.tag in _ROWS:
            yield from _own_rows(child)
