"""Finds the smallest spans of a text that may be quoted: sentences, list items, table rows.

Spans are (start, end) offsets into the text; they follow one another without overlap, and what
lies between them is white space or markup.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

Span = tuple[int, int]

MAX_QUOTE_CHARS = 600
"""Longest span that is quoted; it is also the longest answer."""


class Kind(Enum):
    """What a unit is."""

    HEADING = auto()
    SENTENCE = auto()
    ITEM = auto()
    ROW = auto()


@dataclass(frozen=True, slots=True)
class Unit:
    """A span that is never cut. `quote_start` lies behind its markup (`## `, `- `)."""

    start: int
    end: int
    kind: Kind
    quote_start: int
    level: int = 0


_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(?=\S)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?=\S)")
_ROW = re.compile(r"[ \t]*\|(?:[ \t]+(?=\S)|(?=.*\|[ \t]*$))")
_BLANK = re.compile(r"[ \t\u3000]*$")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_VISIBLE = re.compile(r"\S")
BELOW = " > "
"""Between a title and a heading below it, where a sentence is told with both."""
_SAYS_SOMETHING = re.compile(r"[^\W\d_年月日号號〇一二三四五六七八九十]")
"""A letter that is no part of a date: dashes, or the day below a signature, say nothing."""

_CLOSING = "”’\"'»」』）)】]》〉"
_CLOSING_CLASS = re.escape(_CLOSING)
_CJK = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u3001-\u303f"
_END = re.compile(
    rf"""
      [。！？!?؟।…]+[{_CLOSING_CLASS}]*        # marks that always end a sentence
    | (?<!\.)\.[{_CLOSING_CLASS}]*(?=\s|$|[{_CJK}])   # a full stop, if a space follows
    | (?<=[{_CJK}])[ \t]*\n              # Chinese and Japanese are not wrapped within a sentence
    """,
    re.VERBOSE,
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"'])(?:[A-Za-zА-Я]|[A-Z]\.(?:[A-Z]\.)*[A-Z]|"
    r"Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Art|Vol|vol|pp|ed|eds|vs|cf|etc|approx|Jr|Sr|Inc|Ltd|Co|Corp|"
    r"e\.g|i\.e|U\.S|Fig|Sec|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|г|гг|ст|млн|млрд|тыс|руб|"
    r"bzw|z\.B|Nr|ca)$"
)


def units(text: str) -> list[Unit]:
    """Everything in a Markdown or plain text that may be quoted, in order."""
    found: list[Unit] = []
    for first, last, kind, markup, level in _blocks(text):
        start, end = _trimmed(text, first, last)
        if start == end:
            continue
        if kind is Kind.SENTENCE:
            found.extend(Unit(s, e, kind, s) for s, e in sentence_spans(text, start, end))
        else:
            found.append(Unit(start, end, kind, min(max(start, markup), end), level))
    return found


_Block = tuple[int, int, Kind, int, int]
"""Start, end, kind, end of the markup, heading level."""


def _blocks(text: str) -> Iterator[_Block]:
    """Headings, list items, table rows and paragraphs."""
    open_block: _Block | None = None
    for line in _LINE.finditer(text):
        fresh = _block_of(line)
        goes_on = fresh is not None and fresh[2] is Kind.SENTENCE and open_block is not None
        if goes_on and open_block and open_block[2] in (Kind.SENTENCE, Kind.ITEM):
            open_block = (open_block[0], line.end(), *open_block[2:])
            continue
        if open_block:
            yield open_block
        open_block = fresh
    if open_block:
        yield open_block


def _block_of(line: re.Match[str]) -> _Block | None:
    """What one line begins; a paragraph's line may go on the block before. None if blank."""
    start, end = line.span()
    content = line[0].rstrip("\n")
    if heading := _HEADING.match(content):
        return start, end, Kind.HEADING, start + heading.end(), len(heading[1])
    if item := _ITEM.match(content):
        return start, end, Kind.ITEM, start + item.end(), 0
    if row := _ROW.match(content):
        return start, end, Kind.ROW, start + row.end(), 0
    return None if _BLANK.match(content) else (start, end, Kind.SENTENCE, start, 0)


def quotable(text: str) -> list[Span]:
    """The spans of a passage that may be quoted: no headings, long items cut at sentence ends."""
    spans: list[Span] = []
    for unit in units(text):
        if unit.kind is Kind.HEADING or not _SAYS_SOMETHING.search(
            text, unit.quote_start, unit.end
        ):
            continue
        if unit.end - unit.quote_start > MAX_QUOTE_CHARS // 2 and unit.kind is Kind.ITEM:
            spans.extend(sentence_spans(text, unit.quote_start, unit.end))
        else:
            spans.append((unit.quote_start, unit.end))
    if not spans:  # nothing but headings
        spans = [(unit.quote_start, unit.end) for unit in units(text)]
    return [(start, min(end, start + MAX_QUOTE_CHARS)) for start, end in spans]


def sentence_spans(text: str, start: int, end: int) -> list[Span]:
    """The sentences in text[start:end]; together they hold all of it but white space."""
    spans: list[Span] = []
    first = start
    for match in _END.finditer(text, start, end):
        before = text[max(first, match.start() - 12) : match.start()]
        if match[0][0] == "." and _ABBREVIATION.search(before):
            continue
        if _goes_on(text, match.end(), end):
            continue
        spans.append(_trimmed(text, first, match.end()))
        first = match.end()
    spans.append(_trimmed(text, first, end))
    return [span for span in spans if span[0] < span[1]]


def _goes_on(text: str, position: int, end: int) -> bool:
    """Whether what follows a mark belongs to the same sentence: it starts in lower case."""
    following = _VISIBLE.search(text, position, end)
    return following is not None and (
        following[0].islower() or following[0] in _CLOSING + "，,、；;：:"
    )


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
