"""PPTX: a slide's title, its text boxes, tables and notes, in the order of drawing."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from index.loading.extraction.archive import opened
from index.loading.extraction.dated import day_of
from index.loading.extraction.draft import Draft
from index.loading.extraction.extracted import Extracted
from index.loading.inline import HARD_BREAK

_ON_EVERY_SLIDE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.HEADER)
"""What they say is told once."""
_MARK = "a:rPr[@baseline > 0]/a:hlinkClick"


def read(content: bytes) -> list[Extracted]:
    """One document; hidden slides are left out."""
    opened(content).close()
    presentation = Presentation(BytesIO(content))
    draft = Draft()
    told: set[str] = set()
    for slide in presentation.slides:
        if slide.element.get("show") != "0":
            _slide(slide, draft, told)
    known = presentation.core_properties
    return [draft.finish(known.title or "", dated=day_of(known.modified, known.created))]


def _slide(slide: Any, draft: Draft, told: set[str]) -> None:
    title = slide.shapes.title
    if title is not None and title.has_text_frame:
        draft.heading(title.text_frame.text.replace("\n", " "), 2)
    for shape in _in_order(slide.shapes):
        is_title = title is not None and shape.shape_id == title.shape_id
        if not is_title and not _is_repeated(shape, told):
            _shape(shape, draft)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        for paragraph in slide.notes_slide.notes_text_frame.paragraphs:
            draft.paragraph(_said(paragraph))


def _in_order(shapes: Any) -> Iterator[Any]:
    """Shapes as the slide stacks them, those of a group in its place."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _in_order(shape.shapes)
        else:
            yield shape


def _is_repeated(shape: Any, told: set[str]) -> bool:
    """Whether it is the number of the slide, or a footer that an earlier slide had."""
    if not shape.is_placeholder or not shape.has_text_frame:
        return False
    kind, text = shape.placeholder_format.type, shape.text_frame.text
    if kind == PP_PLACEHOLDER.SLIDE_NUMBER:
        return True
    if kind not in _ON_EVERY_SLIDE:
        return False
    is_known = text in told
    told.add(text)
    return is_known


def _shape(shape: Any, draft: Draft) -> None:
    if getattr(shape, "has_table", False):
        draft.table(list(_rows(shape.table)))
    elif shape.has_text_frame:
        paragraphs = [part for part in shape.text_frame.paragraphs if part.text.strip()]
        is_list = shape.is_placeholder and len(paragraphs) > 1
        for paragraph in paragraphs:
            text = _said(paragraph)
            if is_list or paragraph.level:
                draft.item(text, depth=paragraph.level)
            else:
                draft.paragraph(text)


def _rows(table: Any) -> Iterator[list[str]]:
    """A table's rows; what a merged cell says holds in each row that it covers."""
    above: list[str] = []
    for row in table.rows:
        above = [
            _cell(cell, above[at] if at < len(above) else "") for at, cell in enumerate(row.cells)
        ]
        yield above


def _cell(cell: Any, above: str) -> str:
    if not cell.is_spanned:
        return "\n".join(map(_said, cell.text_frame.paragraphs))
    return "" if cell._tc.hMerge else above


def _said(paragraph: Any) -> str:
    """What a paragraph says, without marks of footnotes: raised links."""
    parts = paragraph._p.content_children  # its runs alone lack the line breaks
    texts = (str(part.text) for part in parts if not part.xpath(_MARK))
    return "".join(texts).replace("\v", HARD_BREAK)
