"""DOCX: headings, lists with their numbers, tables; no headers, footnotes, comments or macros."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from index.loading.extraction.archive import opened
from index.loading.extraction.dated import day_of
from index.loading.extraction.draft import Draft
from index.loading.extraction.extracted import Extracted
from index.loading.extraction.formula import said as said_by_formula
from index.loading.extraction.numbering import Numbering, add_item
from index.loading.inline import HARD_BREAK

Element = Any
"""An lxml element; python-docx gives its own no public type."""

_HEADING = re.compile(r"(?:heading|标题|標題|überschrift|заголовок|titre|título)\s*(\d)", re.I)
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d", re.IGNORECASE)
_P, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT = qn("w:t")
_SIGNS = {
    qn("w:tab"): " ",
    qn("w:noBreakHyphen"): "-",
    qn("w:br"): HARD_BREAK,
    qn("w:cr"): HARD_BREAK,
}
_FORMULA = qn("m:oMath")
_WRAPPERS = tuple(
    map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag"))
)
_BOX = qn("w:txbxContent")
_WITHDRAWN = (
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:pPr"),
    qn("w:rt"),
    _BOX,
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
"""What is not told as part of a paragraph: what was deleted, the reading above a character, and
text boxes, which are blocks of their own."""


def read(content: bytes) -> list[Extracted]:
    """One document, its tracked changes accepted."""
    opened(content).close()
    document = Document(BytesIO(content))
    reader = _Reader(document)
    reader.blocks(document.element.body)
    known = document.core_properties
    return [reader.draft.finish(known.title or "", dated=day_of(known.modified, known.created))]


class _Reader:
    def __init__(self, document: Any) -> None:
        self.draft = Draft()
        self._styles = {style.style_id: style for style in document.styles}
        self._numbering = Numbering(document)

    def blocks(self, parent: Element) -> None:
        """Add what stands in a body, a content control or a text box."""
        for child in parent:
            if child.tag == _P:
                self._paragraph(child)
                for box in child.iter(_BOX):
                    if not _is_fallback(box):
                        self.blocks(box)
            elif child.tag == _TABLE:
                self._table(child)
            elif child.tag in _WRAPPERS:
                self.blocks(child)

    def _table(self, table: Element) -> None:
        rows = [(_is_header(row), list(_padded(cells))) for row, cells in _rows(table)]
        # A row of one cell says what the table is about, also where it is marked as header.
        of_several = (is_header for is_header, cells in rows if len({*filter(None, cells)}) > 1)
        has_header = next(of_several, False) or None  # without a mark its words are to tell
        self.draft.table([cells for _, cells in rows], has_header=has_header)

    def _paragraph(self, paragraph: Element) -> None:
        style = self._style(paragraph)
        name = style.name if style is not None and style.name else ""
        text = _text(paragraph)
        if not text.strip() or _CONTENTS.match(name):
            return
        label, depth = self._numbering.label(paragraph, style)
        level = _level(paragraph, style, name)
        if level:
            self.draft.heading(f"{label} {text}", level)
        elif not label and name.lower().startswith("list "):
            self.draft.item(text)
        else:
            add_item(self.draft, text, label, depth)

    def _style(self, paragraph: Element) -> Any:
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self._styles.get(found.get(qn("w:val"))) if found is not None else None


def _level(paragraph: Element, style: Any, name: str) -> int:
    """A heading's level, 0 for other paragraphs."""
    if name.lower() in ("title", "标题"):
        return 1
    if match := _HEADING.match(name):
        return int(match[1])
    owners = [paragraph] + ([style.element] if style is not None else [])
    for owner in owners:
        found = owner.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if found is not None and int(found.get(qn("w:val"), 9)) < 6:
            return int(found.get(qn("w:val"))) + 1
    return 0


def _text(element: Element) -> str:
    """What a paragraph shows."""
    parts: list[str] = []
    for child in element:
        if child.tag in _WITHDRAWN or _is_hidden(child):
            continue
        if child.tag == _TEXT:
            parts.append(child.text or "")
        elif child.tag == _FORMULA:
            parts.append(said_by_formula(child))
        elif child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif isinstance(child.tag, str):
            parts.append(_text(child))
    return "".join(parts)


def _is_hidden(element: Element) -> bool:
    found = element.find(f"{qn('w:rPr')}/{qn('w:vanish')}") if element.tag == qn("w:r") else None
    return found is not None and found.get(qn("w:val"), "1") not in ("0", "false")


def _is_fallback(element: Element) -> bool:
    return any(parent.tag == _WITHDRAWN[-1] for parent in element.iterancestors())


def _is_header(row: Element) -> bool:
    """Whether a row is repeated at the head of each page."""
    mark = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
    return mark is not None and mark.get(qn("w:val"), "1") not in ("0", "false", "off")


def _rows(table: Element) -> Iterator[tuple[Element, list[str]]]:
    """A table's rows with their cells; what a merged cell says holds in each row it covers."""
    above: list[str] = []
    for row in table.iter(_ROW):
        if next(row.iterancestors(_TABLE)) is not table:  # of a table within a cell
            continue
        skipped = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
        cells = [""] * (int(skipped.get(qn("w:val"), 0)) if skipped is not None else 0)
        for cell in row.iter(_CELL):
            if next(cell.iterancestors(_ROW)) is not row:
                continue
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
            at = len(cells)
            said = above[at] if goes_on and at < len(above) else _cell_text(cell)
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            cells += [said] + [""] * (int(span.get(qn("w:val"), 1)) - 1 if span is not None else 0)
        above = cells
        yield row, cells


def _cell_text(cell: Element) -> str:
    paragraphs = (one for one in cell.iter(_P) if not _is_fallback(one))
    return "\n".join(filter(str.strip, map(_text, paragraphs)))


def _padded(row: list[str]) -> Iterator[str]:
    return (cell.replace(HARD_BREAK, "\n") for cell in row)
