"""RTF: paragraphs, items and tables; the format hardly knows headings."""

import re
from itertools import groupby

from striprtf.striprtf import rtf_to_text

from index.loading.extraction.draft import Draft
from index.loading.extraction.extracted import Cause, Extracted, UnreadableError

_START = b"{\\rtf"
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_BULLET = re.compile(r"[•·●▪◦■\uf0b7]\s*")


def read(content: bytes) -> list[Extracted]:
    """One document.

    Raises:
        UnreadableError: It is no RTF.
    """
    if not content.lstrip().startswith(_START):
        problem = "it is no RTF: open it in its program and save it anew"
        raise UnreadableError(problem, Cause.DAMAGED)
    page = _CODE_PAGE.search(content[:1_000])
    encoding = f"cp{page[1].decode()}" if page and page[1] != b"10000" else "cp1252"
    text = rtf_to_text(content.decode(encoding, "replace"), encoding=encoding, errors="replace")
    draft = Draft()
    for is_row, run in groupby(text.split("\n"), key=lambda line: line.rstrip().endswith("|")):
        if is_row:
            draft.table([line.rstrip().removesuffix("|").split("|") for line in run])
            continue
        for line in run:
            if bullet := _BULLET.match(line):
                draft.item(line[bullet.end() :])
            else:
                draft.paragraph(line)
    return [draft.finish()]
