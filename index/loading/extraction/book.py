"""EPUB: the chapters of a book in their order."""

from dataclasses import replace
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from index.loading.extraction.archive import opened, safe_parser
from index.loading.extraction.dated import day_of
from index.loading.extraction.draft import Draft
from index.loading.extraction.extracted import Cause, Extracted, UnreadableError
from index.loading.extraction.web import from_bytes

_CONTAINER = "META-INF/container.xml"
_RIGHTS = "META-INF/rights.xml"


def read(content: bytes) -> list[Extracted]:
    """One document.

    Raises:
        UnreadableError: It is locked by its shop.
    """
    with opened(content) as archive:
        if _RIGHTS in archive.namelist():
            raise UnreadableError("it is locked (DRM): use a copy without a lock", Cause.LOCKED)
        package = str(
            _xml(archive, _CONTAINER).xpath("string(//*[local-name()='rootfile']/@full-path)")
        )
        root = _xml(archive, package)
        title = str(root.xpath("string(//*[local-name()='metadata']/*[local-name()='title'])"))
        issued = root.xpath("string(//*[local-name()='metadata']/*[local-name()='date'])")
        files = {
            item.get("id"): normpath(join(dirname(package), unquote(item.get("href", ""))))
            for item in root.xpath("//*[local-name()='manifest']/*")
            if "nav" not in item.get("properties", "").split()
        }
        order = [item.get("idref") for item in root.xpath("//*[local-name()='spine']/*")]
        parts = [
            from_bytes(archive.read(files[name])).text
            for name in order
            if files.get(name) in archive.namelist()
        ]
    draft = Draft()
    draft.heading(title, 1)
    found = draft.finish(title, dated=day_of(issued))
    texts = [part for part in parts if part.strip()]
    return [replace(found, text="\n".join([found.text, *texts]))] if texts else []


def _xml(archive: ZipFile, name: str) -> Any:
    return etree.fromstring(archive.read(name), safe_parser())
