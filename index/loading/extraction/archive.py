"""Office files are ZIP archives: opened only if they are harmless."""

import re
import stat
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from index.loading.extraction.extracted import Cause, UnreadableError

_MOST_BYTES = 300_000_000
"""Unpacked, all parts together."""
_MOST_PARTS = 10_000
_MOST_RATIO = 200
"""Times that a part may shrink: text does by 10 to 50, a bomb by 1000."""
_SMALL_BYTES = 5_000_000
"""Up to this size no ratio is suspicious: sheets of equal cells shrink much."""
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_XML = (".xml", ".rels", ".xhtml", ".opf", ".ncx")
DAMAGES = (BadZipFile, EOFError, NotImplementedError, OSError, zlib.error)
"""What an archive raises that is damaged, or one part of it."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""What office programs wrap a file in that has a password."""


def opened(content: bytes) -> ZipFile:
    """An office file whose parts may be read.

    Raises:
        UnreadableError: Its archive may not be opened, is damaged, or declares entities.
    """
    archive = unpacked(content)
    try:
        for part in archive.infolist():
            if part.filename.lower().endswith(_XML) and _ENTITY.search(archive.read(part)):
                problem = "it declares XML entities, which no office program writes"
                raise UnreadableError(problem, Cause.UNSAFE)
    except DAMAGES as error:
        raise _damaged() from error
    return archive


def unpacked(content: bytes) -> ZipFile:
    """An archive whose parts may be unpacked; what is in them is still to be judged.

    Raises:
        UnreadableError: It is none, has a password, unpacks to more than is sound, or leads out
            of itself.
    """
    if content.startswith(_OLD_OFFICE):
        raise UnreadableError(
            "it has a password or an old format: save it without, in the new one", Cause.PASSWORD
        )
    try:
        archive = ZipFile(BytesIO(content))
        parts = archive.infolist()
        _refuse_bomb(parts)
        for part in parts:
            _refuse_part(part)
    except DAMAGES as error:
        raise _damaged() from error
    return archive


def _damaged() -> UnreadableError:
    return UnreadableError("it is damaged: open it in its program and save it anew", Cause.DAMAGED)


def _refuse_bomb(parts: list[ZipInfo]) -> None:
    size = sum(part.file_size for part in parts)
    grows = (
        part.file_size > _SMALL_BYTES and part.file_size > _MOST_RATIO * part.compress_size
        for part in parts
    )
    if size > _MOST_BYTES or len(parts) > _MOST_PARTS or any(grows):
        problem = "it unpacks to far more than its size: split it, or save it anew"
        raise UnreadableError(problem, Cause.TOO_MUCH)


def _refuse_part(part: ZipInfo) -> None:
    if part.flag_bits & 1:
        raise UnreadableError("it has a password: save it without", Cause.PASSWORD)
    names = part.filename.replace("\\", "/").split("/")
    if (
        ".." in names
        or names[0] == ""
        or ":" in names[0]
        or stat.S_ISLNK(part.external_attr >> 16)
    ):
        problem = "a part of it leads out of it: save it anew in its program"
        raise UnreadableError(problem, Cause.UNSAFE)


def safe_parser() -> etree.XMLParser:
    """One that resolves no entities, loads nothing and gives no comments."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
