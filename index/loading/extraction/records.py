"""XML of any kind: its texts in order, those of records that repeat as rows with their names."""

from collections import Counter
from typing import Any

from lxml import etree

from index.loading.extraction.archive import safe_parser
from index.loading.extraction.draft import Draft
from index.loading.extraction.extracted import Cause, Extracted, UnreadableError


def read(content: bytes) -> list[Extracted]:
    """One document.

    Raises:
        UnreadableError: It is no sound XML, or declares entities.
    """
    if b"<!ENTITY" in content.upper():
        raise UnreadableError("it declares XML entities: save it without", Cause.UNSAFE)
    try:
        root = etree.fromstring(content, safe_parser())
    except etree.XMLSyntaxError as error:
        problem = f"not sound XML: {error.msg}: save it anew"
        raise UnreadableError(problem, Cause.DAMAGED) from error
    draft = Draft()
    _tell(root, draft)
    return [draft.finish()]


def _tell(element: Any, draft: Draft) -> None:
    children = [child for child in element if isinstance(child.tag, str)]
    records = [child for child in children if _is_record(child)]
    if len(records) > 1 and len(records) == len(children):
        names = list(Counter(_name(cell) for record in records for cell in record))
        rows = [[_cell(record, name) for name in names] for record in records]
        draft.table([names, *rows], has_header=True)
        return
    if _is_mixed(element):
        draft.paragraph("".join(element.itertext()))
        return
    draft.paragraph(element.text or "")
    for child in children:
        _tell(child, draft)


def _is_record(element: Any) -> bool:
    """Whether an element holds named texts only."""
    is_named = len(element) > 0 and not (element.text or "").strip() and not _is_mixed(element)
    return is_named and all(isinstance(cell.tag, str) and not len(cell) for cell in element)


def _is_mixed(element: Any) -> bool:
    """Whether text goes on behind an element in it, as behind a word in bold."""
    return any((child.tail or "").strip() for child in element)


def _cell(record: Any, name: str) -> str:
    return ", ".join(cell.text or "" for cell in record if _name(cell) == name)


def _name(element: Any) -> str:
    return str(etree.QName(element).localname)
