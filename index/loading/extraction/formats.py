"""Which module reads which kind of file; none is imported before such a file is read."""

from collections.abc import Callable
from importlib import import_module

from index.loading.extraction.extracted import Cause, Extracted, UnreadableError

Read = Callable[[bytes], list[Extracted]]

_MODULE_OF = {
    ".csv": "delimited",
    ".tsv": "delimited",
    ".docx": "word",
    ".eml": "mail",
    ".epub": "book",
    ".htm": "web",
    ".html": "web",
    ".odt": "open_document",
    ".pdf": "pdf",
    ".pptx": "slides",
    ".rtf": "rich_text",
    ".xls": "old_sheets",
    ".xlsx": "sheets",
    ".xml": "records",
    ".zip": "bundle",
}
SUFFIXES = tuple(_MODULE_OF)

SAVE_AS = {
    ".doc": ".docx",
    ".docm": ".docx",
    ".dot": ".docx",
    ".dotx": ".docx",
    ".wps": ".docx",
    ".pages": ".docx",
    ".ppt": ".pptx",
    ".pps": ".pptx",
    ".ppsx": ".pptx",
    ".pptm": ".pptx",
    ".key": ".pptx",
    ".odp": ".pptx",
    ".dps": ".pptx",
    ".xlsm": ".xlsx",
    ".xlsb": ".xlsx",
    ".ods": ".xlsx",
    ".et": ".xlsx",
    ".numbers": ".xlsx",
    ".msg": ".eml",
    ".mht": ".html",
    ".mhtml": ".html",
}
"""Formats that nothing here reads, and what their programs save that is read."""


def read(suffix: str, content: bytes) -> list[Extracted]:
    """The documents that a file holds.

    Args:
        suffix: One of `SUFFIXES`.
        content: The whole file.

    Raises:
        UnreadableError: It cannot be read, or says nothing.
    """
    module = import_module(f"index.loading.extraction.{_MODULE_OF[suffix]}")
    reader: Read = module.read
    try:
        found = [one for one in reader(content) if one.text.strip()]
    except UnreadableError:
        raise
    except MemoryError as error:
        problem = "it takes too much memory to read: split it"
        raise UnreadableError(problem, Cause.TOO_LARGE) from error
    except Exception as error:
        kind = suffix.removeprefix(".").upper()
        problem = f"it cannot be read as {kind} ({type(error).__name__}): "
        advice = "open it in its program and save it anew"
        raise UnreadableError(problem + advice, Cause.DAMAGED) from error
    if not found:
        raise UnreadableError("there is no text in it: fill or delete it", Cause.EMPTY)
    return found
