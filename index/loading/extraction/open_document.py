"""ODT: headings, lists and tables; no notes, comments or tables of contents."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from index.loading.extraction.archive import opened, safe_parser
from index.loading.extraction.dated import day_of
from index.loading.extraction.draft import Draft
from index.loading.extraction.extracted import Cause, Extracted, UnreadableError
from index.loading.inline import HARD_BREAK

_PREFIX = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _OFFICE = (_PREFIX % name for name in ("text", "table", "office"))
_MANIFEST = "META-INF/manifest.xml"
_UNSEEN = (
    *(_TEXT + name for name in ("note", "tracked-changes", "table-of-content", "sequence-decls")),
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
        meta = archive.read("meta.xml") if "meta.xml" in names else b"<meta/>"
    known = etree.fromstring(meta, safe_parser())
    title, changed, created = (
        known.xpath(f"string(//*[local-name()='{name}'])")
        for name in ("title", "date", "creation-date")
    )
    draft = Draft()
    for body in root.iter(f"{_OFFICE}text"):
        _blocks(body, draft)
    return [draft.finish(str(title), dated=day_of(changed, created))]


def _blocks(parent: Any, draft: Draft) -> None:
    for child in parent:
        if child.tag in _UNSEEN or not isinstance(child.tag, str):
            continue
        if child.tag == f"{_TEXT}h":
            draft.heading(_said(child), int(child.get(f"{_TEXT}outline-level", "1")))
        elif child.tag == f"{_TEXT}p":
            draft.paragraph(_said(child))
            for box in child.iter("{*}text-box"):
                _blocks(box, draft)
        elif child.tag == f"{_TEXT}list":
            _items(child, draft, 0)
        elif child.tag == f"{_TABLE}table":
            draft.table([list(_cells(row)) for row in child.iter(f"{_TABLE}table-row")])
        else:
            _blocks(child, draft)


def _items(parent: Any, draft: Draft, depth: int) -> None:
    for item in parent:
        for part in item:
            if part.tag == f"{_TEXT}list":
                _items(part, draft, depth + 1)
            elif part.tag == f"{_TEXT}h":
                draft.heading(_said(part), int(part.get(f"{_TEXT}outline-level", "1")))
            elif part.tag == f"{_TEXT}p":
                draft.item(_said(part), depth=depth)


def _cells(row: Any) -> Iterator[str]:
    for cell in row:
        if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            text = "\n".join(map(_said, cell.iter(f"{_TEXT}p", f"{_TEXT}h")))
            repeats = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            yield from [text] * min(repeats, _MOST_REPEATS)


def _said(element: Any) -> str:
    """What a paragraph says; a text box in it is a block of its own."""
    parts = [element.text or ""]
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        if name in (f"{_TEXT}s", f"{_TEXT}tab"):
            parts.append(" ")
        elif name == f"{_TEXT}line-break":
            parts.append(HARD_BREAK)
        elif name and name not in _UNSEEN and not name.endswith("}text-box"):
            parts.append(_said(child))
        parts.append(child.tail or "")
    return "".join(parts)
