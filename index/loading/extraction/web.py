"""HTML: what a reader of the page sees, without navigation, scripts and hidden parts."""

import codecs
import re
from dataclasses import replace

from lxml import etree, html

from index.loading.declared import as_declared
from index.loading.decoding import Decoded, NotTextError, assumption
from index.loading.extraction.dated import day_of
from index.loading.extraction.draft import Draft
from index.loading.extraction.extracted import Cause, Extracted, UnreadableError
from index.loading.extraction.web_parts import (
    HEADINGS,
    Element,
    collapsed,
    inline,
    is_unseen,
    raised,
)
from index.loading.extraction.web_tables import header_of, is_data, rows_of
from index.loading.inline import HARD_BREAK

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.I
)
_DECLARED_BYTES = 4_000
_DOCTYPE = re.compile(r"\s*(?:<\?xml[^>]*\?>)?\s*<!DOCTYPE[^>\[]*\[[^\]]*\]\s*>", re.IGNORECASE)
"""One with declarations in it, which the parser of HTML takes for text."""
_BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure footer header hgroup hr html li main ol p pre section summary table tbody td th tr "
    "ul".split()
)
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
    decoded = decoded_page(content)
    found = from_markup(decoded.text)
    return replace(found, notes=(assumption(decoded), *found.notes)) if decoded.assumed else found


def from_markup(text: str) -> Extracted:
    """What a page says, as a document.

    Raises:
        UnreadableError: There is nothing in it, or its tags are nested too deep to be read.
    """
    # huge_tree: else what lies in more than 256 elements, as in tags never closed, would be lost.
    parser = html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _DOCTYPE.sub("", text, count=1))
    try:
        root = html.document_fromstring(text, parser=parser)
    except etree.ParserError as error:
        raise UnreadableError("there is no text in it: fill or delete it", Cause.EMPTY) from error
    if any("depth" in error.message for error in parser.error_log):
        problem = "its tags are nested too deep: open it in a browser and save it as PDF"
        raise UnreadableError(problem, Cause.DAMAGED)
    draft = Draft()
    body = root.find("body")
    _Reader(draft).read(body if body is not None else root)
    title = " ".join((root.findtext(".//title") or "").split())
    return draft.finish(title, dated=day_of(*_declared_days(root)))


def _declared_days(root: Element) -> list[str]:
    """What a page says of when it was published, the surest name first."""
    said: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        said.setdefault(name.lower(), element.get("content") or "")
    return [said[name] for name in _DAY_NAMES if name in said]


def decoded_page(content: bytes) -> Decoded:
    """The markup, in the encoding that the page declares where that can be.

    Raises:
        UnreadableError: It is in none that can be told.
    """
    declared = _DECLARED.search(content[:_DECLARED_BYTES])
    has_mark = content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    name = declared[1].decode("ascii") if declared and not has_mark else ""
    try:
        return as_declared(content, name)
    except NotTextError as error:
        raise UnreadableError(str(error)) from error


class _Reader:
    """Goes through the elements once; text gathers until a block ends it."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._text: list[str] = []
        self._markers: list[str] = []
        """Of the lists that are open; numbers count up."""
        self._in_item = False

    def read(self, body: Element) -> None:
        """Add what an element shows; it may be deeper than Python's stack is."""
        walker = etree.iterwalk(body, events=("start", "end"))
        is_done = False
        for event, element in walker:
            if event == "start":
                is_done = self._is_done(element)
                if is_done:
                    walker.skip_subtree()  # its end is told all the same
                else:
                    self._begin(element)
                continue
            if not is_done:
                self._end(element)
            is_done = False
            if element is not body:
                self._text.append(collapsed(element.tail))
        self._flush()

    def _is_done(self, element: Element) -> bool:
        """Whether there is no more to an element than this added."""
        name = element.tag
        if is_unseen(element):
            return True
        if name in HEADINGS:
            self._flush()
            self._draft.heading(inline(element), HEADINGS[name])
        elif name == "br":
            self._text.append(HARD_BREAK)
        elif power := raised(element):
            self._text.append(power)
        elif name == "table" and is_data(element):
            self._flush()
            self._table(element)
        else:
            return False
        return True

    def _table(self, element: Element) -> None:
        caption = element.find("caption")
        if caption is not None:
            self._draft.paragraph(inline(caption))
        has_header, has_labels = header_of(element)
        self._draft.table([*rows_of(element)], has_header=has_header, has_labels=has_labels)

    def _begin(self, element: Element) -> None:
        name = element.tag
        if name in ("ul", "ol"):
            self._flush()
            start = str(element.get("start", "1"))
            number = start if start.isdecimal() else "1"
            self._markers.append(f"{number}." if name == "ol" else "-")
        elif name in _BLOCKS:
            self._flush()
            self._in_item = name == "li" or (self._in_item and name in ("p", "div"))
        self._text.append(collapsed(element.text))

    def _end(self, element: Element) -> None:
        if element.tag in _BLOCKS:
            self._flush()
        if element.tag in ("ul", "ol"):
            self._markers.pop()

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
