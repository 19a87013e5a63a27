"""PDF with a text layer: paragraphs in reading order, headings by size, ruled tables."""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from math import atan2, degrees
from typing import Any

import pdfplumber
import pypdfium2
import pypdfium2.raw
from pdfminer.pdftypes import dict_value, resolve_all
from pdfminer.utils import decode_text

from index.loading.extraction.dated import day_of
from index.loading.extraction.draft import Draft
from index.loading.extraction.extracted import Cause, Extracted, UnreadableError
from index.loading.extraction.pdf_layout import (
    Block,
    Table,
    Word,
    in_reading_order,
    lines_of,
)
from index.loading.extraction.pdf_margins import without_margins
from index.loading.extraction.pdf_paragraphs import tell
from index.loading.wrapping import unwrapped

_UNKNOWN = re.compile(r"\(cid:\d+\)")
"""What pdfplumber writes for a sign of a font that it cannot read."""
_LEAST_FOUND = 0.8
"""Share of PDFium's letters below which the layout is given up for the text."""
_STAMP_CHARS = 100
_DROPS_DOWN = 1 << 17
"""Flag of a list in a form that shows only what was chosen. Source: PDF 1.7, table 230."""
_LEAST_RULED = 2
"""A table has at least so many rows and columns; a frame around a text has fewer."""
_LEAST_SLANT = 10
"""Degrees from which type is slanting; what a scanner reads from a page that lay askew is less."""
_LEAST_PICTURE = 0.25
"""Share of a page that pictures cover which hold what it says; a logo is smaller."""
_INHERITED = ("FT", "Ff", "Opt", "T", "V")
"""What a field has from those that it is part of. Source: PDF 1.7, table 220."""
_MOST_PARENTS = 8


@dataclass(frozen=True, slots=True)
class _Page:
    blocks: list[Block]
    """The tables and lines, in no order."""
    watermark: str
    """What is written aslant over the page, and left out."""
    is_picture: bool


def read(content: bytes) -> list[Extracted]:
    """One document.

    Raises:
        UnreadableError: It has a password, or holds pictures of text only.
    """
    plain = _plain(content)
    with pdfplumber.open(BytesIO(content), unicode_norm="NFC") as document:
        known = document.metadata or {}
        title = str(known.get("Title") or "")
        dated = day_of(known.get("CreationDate"), known.get("ModDate"))
        pages = [_page(page) for page in document.pages]
    draft = Draft()
    notes = tuple(_notes(pages))
    blocks = [page.blocks for page in pages]
    found = _letters(" ".join(chain(_texts(blocks), (page.watermark for page in pages))))
    if found < _LEAST_FOUND * _letters(plain):
        return [Extracted(unwrapped(plain), draft.finish(title).title, notes, dated=dated)]
    tell([block for page in without_margins(blocks) for block in in_reading_order(page)], draft)
    return [draft.finish(title, notes, dated=dated)]


def _notes(pages: Sequence[_Page]) -> Iterator[str]:
    pictures = [number for number, page in enumerate(pages, 1) if page.is_picture]
    if pictures:
        yield (
            f"{len(pictures)} of {len(pages)} pages hold pictures only and are left out, the "
            f"first is page {pictures[0]}: have their text recognised (OCR)"
        )


def _texts(pages: Sequence[Sequence[Block]]) -> Iterator[str]:
    for block in chain(*pages):
        if isinstance(block, Table):
            yield from chain(*block.rows)
        else:
            yield block.text


def _plain(content: bytes) -> str:
    """The text without its layout; PDFium knows more fonts, and who may open a file."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise UnreadableError("it has a password: save it without", Cause.PASSWORD) from error
        raise
    with closing(document):
        pages = [page.get_textpage().get_text_range() for page in document]
    said = [page for page in pages if _letters(page)]
    # The same few words on all pages are the stamp of a scanner's program.
    is_stamped = len(said) > 1 and len(set(said)) == 1 and len(said[0]) <= _STAMP_CHARS
    if not said or is_stamped:
        raise UnreadableError(
            "it holds pictures only, no text: have its text recognised (OCR), "
            "or save the original",
            Cause.PICTURES,
        )
    return "\n\n".join(pages).replace("\r\n", "\n").replace("\ufffe", "-")


def _letters(text: str) -> int:
    return sum(map(str.isalnum, _UNKNOWN.sub("", text)))


def _page(sheet: Any) -> _Page:
    slanting = [char["text"] for char in sheet.chars if _is_slanting(char)]
    page = sheet.filter(lambda item: not _is_slanting(item)) if slanting else sheet
    # Where nothing else stands on a page, that is what it says: not found, so PDFium reads it.
    is_over_something = page.chars or sheet.images
    watermark = "".join(slanting) if is_over_something else ""
    tables = [
        _table(found)
        for found in page.find_tables()
        if len(found.rows) >= _LEAST_RULED and len(found.rows[0].cells) >= _LEAST_RULED
    ]
    tables = [table for table in tables if _is_filled(table)]
    words = [word for word in _words(page) if not any(table.holds(word) for table in tables)]
    lines = lines_of(words, height=float(page.height))
    fields = list(_fields(sheet))
    if fields:
        edge = float(page.height)
        tables.append(Table(0, edge, float(page.width), edge, rows=fields, has_header=False))
    covered = sum(picture["width"] * picture["height"] for picture in sheet.images)
    is_picture = not page.chars and covered >= _LEAST_PICTURE * sheet.width * sheet.height
    sheet.close()
    return _Page([*tables, *lines], watermark, is_picture)


def _is_slanting(item: Any) -> bool:
    """Whether a sign is written aslant, as a watermark is; upright and sideways text is not."""
    if item["object_type"] != "char":
        return False
    across, up = item["matrix"][:2]
    return _LEAST_SLANT < degrees(atan2(up, across)) % 90 < 90 - _LEAST_SLANT


def _words(page: Any) -> Iterator[Word]:
    found = page.extract_words(extra_attrs=["size"], x_tolerance_ratio=0.25, use_text_flow=False)
    for word in found:
        yield Word(word["x0"], word["top"], word["x1"], word["bottom"], word["text"], word["size"])


def _fields(page: Any) -> Iterator[list[str]]:
    """What is filled into a form, or stands in its lists: (name, value)."""
    for annotation in page.annots:
        data = _with_parents(annotation["data"])
        kind = getattr(data.get("FT"), "name", "")
        value = data.get("V") if kind in ("Tx", "Ch") else None
        values = value if isinstance(value, list) else [value]
        texts = [_decoded(one) for one in values if isinstance(one, bytes)]
        is_list = kind == "Ch" and not int(data.get("Ff") or 0) & _DROPS_DOWN
        if is_list and not any(texts):
            texts = [_decoded(one) for one in data.get("Opt") or [] if isinstance(one, bytes)]
        if any(texts) and isinstance(data.get("T"), bytes):
            yield [_decoded(data["T"]), ", ".join(texts)]


def _with_parents(data: dict[str, Any]) -> dict[str, Any]:
    """A field with what the ones that it is part of say for it: Acrobat puts the value there."""
    whole = dict(data)
    above = data
    for _ in range(_MOST_PARENTS):
        above = dict_value(above.get("Parent") or {})
        whole = {key: resolve_all(above.get(key)) for key in _INHERITED if key in above} | whole
    return whole


def _decoded(raw: bytes) -> str:
    return str(decode_text(raw)).strip()


def _table(found: Any) -> Table:
    """A ruled table; what a merged cell says holds in each row that it covers."""
    texts = found.extract(x_tolerance_ratio=0.25)
    rows: list[list[str]] = []
    above: list[tuple[float, str]] = [(0, "")] * len(texts[0])
    for places, row in zip(found.rows, texts, strict=True):
        middle = (places.bbox[1] + min(cell[3] for cell in places.cells if cell)) / 2
        for at, (cell, text) in enumerate(zip(places.cells, row, strict=True)):
            if cell:
                above[at] = cell[3], text or ""
        rows.append([text if bottom > middle else "" for bottom, text in above])
    left, top, right, bottom = found.bbox
    return Table(left, top, right, bottom, rows=rows)


def _is_filled(table: Table) -> bool:
    """Whether at least half its cells hold text: lines that adorn a page make empty ones."""
    cells = [bool(cell.strip()) for row in table.rows for cell in row]
    return sum(cells) * 2 >= len(cells)
