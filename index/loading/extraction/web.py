"""HTML: what a reader of the page sees, without navigation, scripts and hidden parts."""

import codecs
import re
from dataclasses import replace
from typing import Any

from lxml import etree, html

from index.loading.decoding import Decoded, NotTextError, as_text, assumption
from index.loading.extraction.dated import day_of
from index.loading.extraction.draft import Draft
from index.loading.extraction.extracted import Cause, Extracted, UnreadableError
from index.loading.inline import HARD_BREAK

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.I
)
_DECLARED_BYTES = 4_000
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "iso-8859-1": "cp1252",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
}
"""What browsers read for what pages declare."""
_UNSEEN = frozenset(
    "script style noscript template head nav aside form button select svg math iframe object "
    "audio video canvas del s strike dialog".split()
)
_MENU = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|sidebar|cookie|advert)(?:$|[\s_-])", re.I
)
_MENU_CHARS = 1_500
"""A block named like a menu that says more than this is the text itself."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure footer header hgroup hr html li main ol p pre section summary table tbody td th tr "
    "ul".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MOST_DEPTH = 200
_DAY_NAMES = (
    *("article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate"),
    *("dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "date"),
)
"""Of `meta`, for the day of publication; PubDate is what Chinese authorities must write."""


def read(content: bytes) -> list[Extracted]:
    """One document."""
    return [from_bytes(content)]


def from_bytes(content: bytes) -> Extracted:
    """What a page says, in the encoding that it declares or seems to have."""
    decoded = _decoded(content)
    notes = (assumption(decoded),) if decoded.assumed else ()
    return replace(from_markup(decoded.text), notes=notes)


def from_markup(text: str) -> Extracted:
    """What a page says, as a document.

    Raises:
        UnreadableError: There is nothing in it.
    """
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = html.document_fromstring(text, parser=parser)
    except etree.ParserError as error:
        raise UnreadableError("there is no text in it: fill or delete it", Cause.EMPTY) from error
    draft = Draft()
    body = root.find("body")
    _Reader(draft).read(body if body is not None else root)
    title = " ".join((root.findtext(".//title") or "").split())
    return draft.finish(title, dated=day_of(*_declared_days(root)))


def _declared_days(root: Any) -> list[str]:
    """What a page says of when it was published, the surest name first."""
    said: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        said.setdefault(name.lower(), element.get("content") or "")
    return [said[name] for name in _DAY_NAMES if name in said]


def _decoded(content: bytes) -> Decoded:
    """The markup, in the encoding that the page declares where that can be."""
    declared = _DECLARED.search(content[:_DECLARED_BYTES])
    has_mark = content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if declared and not has_mark:
        name = declared[1].decode("ascii").lower()
        try:
            return Decoded(content.decode(_WIDER.get(name, name)), name)
        except (UnicodeDecodeError, LookupError):
            pass  # pages are known to declare another than they have
    try:
        return _as_text(content)
    except NotTextError as error:
        raise UnreadableError(str(error)) from error


def _as_text(content: bytes) -> Decoded:
    try:
        return Decoded(content.decode("utf-8-sig"), "utf-8")
    except UnicodeDecodeError:
        return as_text(content)


class _Reader:
    """Goes through the elements once; text gathers until a block ends it."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._text: list[str] = []
        self._markers: list[str] = []
        """Of the lists that are open; numbers count up."""
        self._in_item = False

    def read(self, element: Any) -> None:
        """Add what an element shows."""
        self._element(element, 0)
        self._flush()

    def _element(self, element: Any, depth: int) -> None:
        name = element.tag if isinstance(element.tag, str) else ""
        if depth > _MOST_DEPTH or _is_unseen(element, name):
            return
        if name in _HEADINGS:
            self._flush()
            self._draft.heading(_inline(element), _HEADINGS[name])
        elif name == "br":
            self._text.append(HARD_BREAK)
        elif name == "table" and _is_data(element):
            self._flush()
            self._draft.table([_cells(row) for row in element.iter("tr")])
        elif name in ("ul", "ol"):
            self._flush()
            self._markers.append("1." if name == "ol" else "-")
            self._children(element, depth)
            self._flush()
            self._markers.pop()
        elif name in _BLOCKS:
            self._flush()
            self._in_item = name == "li" or (self._in_item and name in ("p", "div"))
            self._children(element, depth)
            self._flush()
        else:
            self._children(element, depth)

    def _children(self, element: Any, depth: int) -> None:
        self._text.append(_collapsed(element.text))
        for child in element:
            self._element(child, depth + 1)
            self._text.append(_collapsed(child.tail))

    def _flush(self) -> None:
        text = "".join(self._text).strip(" \n" + HARD_BREAK)
        self._text = []
        if not text:
            return
        if not self._in_item:
            self._draft.paragraph(text)
            return
        marker = self._markers[-1] if self._markers else "-"
        self._draft.item(text, marker=marker, depth=max(0, len(self._markers) - 1))
        if self._markers and marker != "-":
            self._markers[-1] = f"{int(marker[:-1]) + 1}."
        self._in_item = False


def _collapsed(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", "\n" if text and "\n" in text else " ", text or "")


def _is_unseen(element: Any, name: str) -> bool:
    if not name or name in _UNSEEN or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style") or ""):
        return True
    label = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    is_menu = bool(_MENU.search(label)) or element.get("role") == "navigation"
    return is_menu and len(element.text_content()) < _MENU_CHARS


def _inline(element: Any) -> str:
    parts = [_collapsed(element.text)]
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        if name == "br":
            parts.append(" ")
        elif not _is_unseen(child, name):
            parts.append(_inline(child))
        parts.append(_collapsed(child.tail))
    return "".join(parts)


def _is_data(table: Any) -> bool:
    """Whether a table is one: no table within it, no headings, more than one column."""
    if table.find(".//table") is not None or any(
        table.find(f".//{h}") is not None for h in _HEADINGS
    ):
        return False
    return any(len(list(_cells(row))) > 1 for row in table.iter("tr"))


def _cells(row: Any) -> list[str]:
    """A row's cells; one that spans columns leaves the others empty."""
    cells: list[str] = []
    for cell in row:
        if cell.tag in ("td", "th"):
            span = str(cell.get("colspan") or "1")
            cells += [_inline(cell)] + [""] * (min(int(span), 50) - 1 if span.isdecimal() else 0)
    return cells
