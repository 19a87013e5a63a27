"""The house format: Markdown with YAML front matter and footnote marks that name the sources."""

import re
from pathlib import Path

from index.documents import Metadata, SourceSpan
from index.errors import DocumentError
from index.loading.front_matter import parse_metadata
from index.loading.parsed import Parsed

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_MARK = re.compile(r"\[\^(\w+)\]")
_BLOCK_START = re.compile(r"\n(?=[ \t]*(?:\n|[-*+] |\d+[.)] |#|\|))")


def read_markdown(text: str, path: Path, side_metadata: Metadata | None) -> list[Parsed]:
    """One document.

    A mark `[^2]` names the second of `sources` as what stands behind the text before it, back to
    the mark before or to the start of the paragraph, list item or table row.

    Raises:
        DocumentError: Front matter or marks are missing or wrong.
    """
    match = _FRONT_MATTER.match(text)
    if match:
        metadata = parse_metadata(match[1], path, first_line=2)
        body = text[match.end() :]
        first_line = text.count("\n", 0, match.end()) + 1
    elif side_metadata:
        metadata, body, first_line = side_metadata, text, 1
    else:
        raise DocumentError(
            path,
            "front matter is missing: begin the file with `---`, the keys and `---` "
            "(`smebot corpus new` writes a skeleton)",
            line=1,
        )
    _require_house_keys(metadata, path)
    body = body.strip("\n") + "\n"
    stripped, spans = _without_marks(body, metadata, path, first_line)
    return [Parsed(metadata=metadata, text=stripped, source_spans=spans)]


def _require_house_keys(metadata: Metadata, path: Path) -> None:
    for key in ("topic", "sources"):
        if not getattr(metadata, key):
            raise DocumentError(path, f"the key {key!r} is missing", line=1)


def _without_marks(
    body: str, metadata: Metadata, path: Path, first_line: int
) -> tuple[str, tuple[SourceSpan, ...]]:
    parts: list[str] = []
    spans: list[SourceSpan] = []
    length = copied = covered = 0
    for mark in _MARK.finditer(body):
        piece = body[copied : mark.start()]
        parts.append(piece)
        length += len(piece)
        copied = mark.end()
        source = int(mark[1]) - 1 if mark[1].isdecimal() else -1
        if not 0 <= source < len(metadata.sources):
            line = first_line + body.count("\n", 0, mark.start())
            raise DocumentError(path, f"{mark[0]} names no source of this document", line=line)
        goes_on = not piece.strip() and "\n" not in piece
        if goes_on and spans and spans[-1].end == length - len(piece):  # [^1][^2], [^1] [^2]
            last = spans.pop()
            spans.append(SourceSpan(last.start, last.end, (*last.sources, source)))
            continue
        start = max(covered, _block_start("".join(parts), covered))
        spans.append(SourceSpan(start, length, (source,)))
        covered = length
    parts.append(body[copied:])
    return "".join(parts), tuple(spans)


def _block_start(text: str, after: int) -> int:
    starts = [match.end() for match in _BLOCK_START.finditer(text, after)]
    return starts[-1] if starts else 0
