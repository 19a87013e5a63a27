"""Cuts a document into passages that quote it exactly."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.documents import Document, Passage
from index.language import language_by_script, primary
from index.structure import BELOW, Kind, Unit, units

PASSAGE_TOKENS = 320
"""Longest passage. Longer ones blur what they are about; the model's window is 512."""
_LEAST_TOKENS = 16
_MARGIN = 8
"""For marks of the model, and for tokens that differ where texts meet."""
_CUT = re.compile(r"[，,；;：:、]\s*|\s+")

_TELLING_CHARS = 40
_CONTEXT_CHARS = 90

CountTokens = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class _Section:
    headings: tuple[str, ...]
    start: int
    units: tuple[Unit, ...]


def chunk(document: Document, count_tokens: CountTokens, max_tokens: int) -> list[Passage]:
    """Passages of one document, in order, none across a heading.

    A sentence, list item or table row is cut only if it alone is longer than a passage may be.
    Every character of the document but white space lies in exactly one passage.

    Args:
        document: What is cut.
        count_tokens: As the encoder counts.
        max_tokens: The encoder's window; title and headings are encoded with each passage.
    """
    passages = []
    for section in _sections(document.text):
        room = max_tokens - count_tokens(context(document, section.headings))
        budget = max(_LEAST_TOKENS, min(PASSAGE_TOKENS, room - _MARGIN))
        for start, end in _packed(document.text, section, count_tokens, budget):
            text = document.text[start:end]
            passages.append(
                Passage(
                    document=document.id,
                    start=start,
                    end=end,
                    text=text,
                    headings=section.headings,
                    language=_language(text, document.metadata.language),
                )
            )
    return passages


def context(document: Document, headings: tuple[str, ...]) -> str:
    """Title and headings, as they are put before a passage when it is encoded."""
    parts = dict.fromkeys([document.metadata.title, *headings])
    return BELOW.join(parts)[:_CONTEXT_CHARS]


def encoded_text(document: Document, passage: Passage) -> str:
    """What the encoder sees of a passage: where it stands, then its text without heading lines."""
    return f"{context(document, passage.headings)}\n{_below_headings(passage.text)}"


@lru_cache(maxsize=2**11)
def _below_headings(text: str) -> str:
    for unit in units(text):
        if unit.kind is not Kind.HEADING:
            return text[unit.start :]
    return text


def _language(text: str, declared: str) -> str:
    """The declared language, unless a longer passage is plainly in the script of another."""
    found = language_by_script(text) if len(text) > _TELLING_CHARS else None
    return found if found and primary(found) != primary(declared) else declared


def _sections(text: str) -> Iterator[_Section]:
    """Runs of units below the same headings; headings without text go with what follows."""
    path: dict[int, str] = {}
    pending: list[Unit] = []
    body: list[Unit] = []

    def section() -> _Section:
        headings = tuple(path[level] for level in sorted(path))
        members = (*pending, *body)
        return _Section(headings, members[0].start, members)

    for unit in units(text):
        if unit.kind is Kind.HEADING:
            if body:
                yield section()
                pending, body = [], []
            path = {level: name for level, name in path.items() if level < unit.level}
            path[unit.level] = text[unit.quote_start : unit.end].rstrip("# ")
            pending.append(unit)
        else:
            body.append(unit)
    if pending or body:
        yield section()


def _packed(
    text: str, section: _Section, count_tokens: CountTokens, budget: int
) -> Iterator[tuple[int, int]]:
    """Spans of at most `budget` tokens, as even in length as the units allow."""
    pieces = [piece for unit in section.units for piece in _cut(text, unit, count_tokens, budget)]
    total = sum(tokens for _, _, tokens in pieces)
    target = total / max(1, -(-total // budget))
    start, end, filled = section.start, section.start, 0
    for first, last, tokens in pieces:
        if filled and (filled + tokens > budget or filled + tokens / 2 > target):
            yield start, end
            start, filled = first, 0
        end = last
        filled += tokens
    yield start, end


def _cut(
    text: str, unit: Unit, count_tokens: CountTokens, budget: int
) -> list[tuple[int, int, int]]:
    """(start, end, tokens) of the unit, or of its parts where it alone breaks the budget."""
    tokens = count_tokens(text[unit.start : unit.end])
    if tokens <= budget:
        return [(unit.start, unit.end, tokens)]
    parts: list[tuple[int, int, int]] = []
    waiting = [(unit.start, unit.end)]
    while waiting:
        start, end = waiting.pop()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        tokens = count_tokens(text[start:end])
        if tokens <= budget or end - start == 1:
            parts.append((start, end, tokens))
            continue
        middle = _middle(text, start, end)
        waiting += [(middle, end), (start, middle)]
    return parts


def _middle(text: str, start: int, end: int) -> int:
    """Where to halve a span: after the comma or space nearest to its middle, if there is any."""
    half = (start + end) // 2
    cuts = [match.end() for match in _CUT.finditer(text, start, end) if start < match.end() < end]
    return min(cuts, key=lambda cut: abs(cut - half), default=half)
