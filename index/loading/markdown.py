"""The house format: Markdown with YAML front matter and footnote marks that name the sources."""

import re
from pathlib import Path

from index.documents import Metadata
from index.errors import DocumentError
from index.loading.front_matter import parse_metadata, what_is_wrong
from index.loading.page import MarkError
from index.loading.parsed import Parsed
from index.loading.plain import MOST_TITLE_CHARS, metadata_of, title_of
from index.loading.visible import TooManyCellsError, UnclosedError, visible

_FRONT_MATTER = re.compile(r"\s*?---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIRST_HEADING = re.compile(r"^# +(.+)$", re.MULTILINE)
_MARK = re.compile(r"[\[［【]\s?[\^＾]\s?([\w-]{1,30})\s?[\]］】]([:：]?)")
"""A footnote mark, also as Chinese keyboards write it; behind a colon stands what it means."""
_NO_MARK = re.compile(r"\[\^(?![\w-]{1,30}\])")
"""Only begins like a mark; the parser would look for its end as far as the text goes."""
_MARKS_BEHIND_ROW = re.compile(r"\|[ \t]*((?:\[\^[\w-]{1,30}\][ \t]*)+)$", re.MULTILINE)
"""Marks behind the last bar of a row, where Markdown sees a cell too many."""
_WIDE_RULE = re.compile(r"[ \t|｜:：\-－—–]*[|｜][ \t|｜:：\-－—–]*")
"""The line below a table's header, also as Chinese keyboards write it."""
_BAR_ROW = re.compile(r"^[ \t]*｜.*$", re.MULTILINE)
_PICTURE = re.compile(
    r"data:[\w.+-]+/[\w.+-]+;base64,[A-Za-z0-9+/=]*"
    r"(?:\n[A-Za-z0-9+/=]{40,})*(?:\n[A-Za-z0-9+/=]+(?=[)\"'>]))?"
)
_COMMENT_OPENS, _COMMENT_CLOSES = "<!--", "-->"


def read_markdown(text: str, path: Path, side_metadata: Metadata | None) -> list[Parsed]:
    """One document; without front matter and side file its title is its first heading.

    A mark `[^2]` names the second of `sources` as what stands behind the text before it, back to
    the mark before or to the start of the paragraph, list item or table row.

    Raises:
        DocumentError: Front matter or a mark is wrong.
    """
    metadata: Metadata | None = side_metadata
    body, first_line = text, 1
    match = _FRONT_MATTER.match(text)
    if match:
        begins = text.count("\n", 0, match.start(1)) + 1
        metadata = parse_metadata(match[1], path, first_line=begins)
        body = text[match.end() :]
        first_line = text.count("\n", 0, match.end()) + 1
        # Of a side file no more is asked than beside other formats.
        _require_house_keys(metadata, path)
    elif not side_metadata and (problem := what_is_wrong(text)):
        raise DocumentError(path, problem, line=1)
    body = _PICTURE.sub("data:,", _without_comments(body, path, first_line))
    body = _with_plain_bars(_MARK.sub(_plain_mark, body))
    body = _MARKS_BEHIND_ROW.sub(r"\1|", _NO_MARK.sub(r"[\\^", body))
    try:
        sources = len(metadata.sources) if metadata else 0
        page = visible(body, first_line=first_line, sources=sources)
    except (MarkError, TooManyCellsError) as error:
        raise DocumentError(path, str(error), line=error.line) from error
    except UnclosedError as error:
        raise DocumentError(
            path, "a block of code has no end: add a line ```", line=error.line
        ) from error
    heading = _FIRST_HEADING.search(page.text)
    title = heading[1][:MOST_TITLE_CHARS] if heading else title_of(path)
    return [
        Parsed(
            metadata=metadata or metadata_of(page.text, title),
            text=page.text,
            source_spans=page.source_spans,
            lines=page.lines,
            notes=page.notes,
        )
    ]


def _require_house_keys(metadata: Metadata, path: Path) -> None:
    for key in ("topic", "sources"):
        if not getattr(metadata, key):
            raise DocumentError(path, f"the key {key!r} is missing", line=1)


def _without_comments(body: str, path: Path, first_line: int) -> str:
    """The body without HTML comments, wherever they stand; lines keep their numbers."""
    parts: list[str] = []
    end = 0
    while (start := body.find(_COMMENT_OPENS, end)) >= 0:
        close = body.find(_COMMENT_CLOSES, start + 2)
        if close < 0:
            line = first_line + body.count("\n", 0, start)
            raise DocumentError(path, "a comment has no end: close it with `-->`", line=line)
        parts += [body[end:start], "\n" * body.count("\n", start, close)]
        end = close + len(_COMMENT_CLOSES)
    return "".join(parts) + body[end:]


def _with_plain_bars(body: str) -> str:
    """The body with the bars and rules of full-width tables as Markdown wants them."""
    rows = body.split("\n")
    in_table = False
    for at, row in enumerate(rows):
        if in_table and not row.strip():
            in_table = False
        is_rule = "｜" in row + rows[at - 1] and _WIDE_RULE.fullmatch(row)
        if at and not in_table and is_rule and re.search(r"[-－—–]", row):
            rows[at - 1] = rows[at - 1].replace("｜", "|")
            plain = re.sub(r"[－—–]", "-", row).replace("：", ":").replace("｜", "|")
            rows[at] = re.sub(r"-+", "---", plain)
            in_table = True
        elif in_table or _BAR_ROW.fullmatch(row):
            rows[at] = row.replace("｜", "|")
    return "\n".join(rows)


def _plain_mark(match: re.Match[str]) -> str:
    """`［^１］` as `[^1]`; only at the start of a line does a colon belong to it."""
    before = match.string[max(0, match.start() - 4) : match.start()].rpartition("\n")
    is_first = not before[2].strip() and (bool(before[1]) or match.start() < 4)
    return f"[^{match[1]}]{':' if match[2] and is_first else match[2]}"
