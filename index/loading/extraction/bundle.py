"""ZIP: each file in it that can be read is a document."""

import re
from dataclasses import replace
from pathlib import PurePosixPath
from zipfile import ZipFile, ZipInfo

from index.loading.decoding import NotTextError, assumption, decode
from index.loading.extraction import formats
from index.loading.extraction.archive import DAMAGES, unpacked
from index.loading.extraction.extracted import Cause, Extracted, UnreadableError
from index.loading.wrapping import unwrapped

_UTF8_NAME = 0x800
"""Flag of a part whose name is UTF-8. Source: PKWARE APPNOTE, 4.4.4."""
_EUROPEAN = re.compile(r"[\x00-\x7fÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜáíóúñÑß]*")
"""Names in code page 437: common characters of GBK have other bytes. Source: APPNOTE, D.1."""
_MOST_FILES = 500
TEXT_SUFFIXES = (".txt", ".md", ".jsonl")
"""Of the last two the front matter and the lines are read where they are read in folders."""


def read(content: bytes) -> list[Extracted]:
    """A document for each file; those that cannot be read are named in a note.

    Raises:
        UnreadableError: None can be read, or there are too many.
    """
    found: list[Extracted] = []
    notes: list[str] = []
    with unpacked(content) as archive:
        parts = [part for part in archive.infolist() if not _is_hidden(part)]
        if len(parts) > _MOST_FILES:
            problem = f"over {_MOST_FILES} files in it: unpack it into a folder"
            raise UnreadableError(problem, Cause.TOO_MUCH)
        for part in parts:
            name = _name(part)
            try:
                documents = _read(name, archive, part)
            except (UnreadableError, NotTextError) as error:
                notes.append(f"{name} in it is left out: {error}")
                continue
            except DAMAGES:
                notes.append(f"{name} in it is left out: it is damaged: pack it anew")
                continue
            found += [replace(document, part=name) for document in documents]
    if not found:
        raise UnreadableError("; ".join(notes) or "there is nothing in it: fill or delete it")
    return [replace(found[0], notes=(*found[0].notes, *notes)), *found[1:]]


def _read(name: str, archive: ZipFile, part: ZipInfo) -> list[Extracted]:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in TEXT_SUFFIXES:
        decoded = decode(archive.read(part), may_hold_html=suffix != ".txt")
        text = decoded.text.replace("\r\n", "\n")
        notes = (f"{name} in it is {assumption(decoded)}",) if decoded.assumed else ()
        if suffix == ".txt":
            return [Extracted(unwrapped(text), notes=notes)]
        return [Extracted(text, notes=notes, is_source=True)]
    if suffix == ".zip" or suffix not in formats.SUFFIXES:
        raise UnreadableError("unpack it into the folder")
    return formats.read(suffix, archive.read(part))


def _is_hidden(part: ZipInfo) -> bool:
    names = PurePosixPath(part.filename).parts
    return part.is_dir() or any(name.startswith((".", "_")) for name in names)


def _name(part: ZipInfo) -> str:
    """A part's name; Windows writes it in its own encoding, in China GBK, and does not say so."""
    if part.flag_bits & _UTF8_NAME or _EUROPEAN.fullmatch(part.filename):
        return part.filename
    try:
        return part.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return part.filename
