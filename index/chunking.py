"""Cuts a document into passages that quote it exactly."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.documents import Document, Passage
from index.language import language_by_script, primary
from index.structure import Kind, Unit, units

PASSAGE_TOKENS = 320
"""Longest passage. Longer ones blur what they are about; the model's window is 512."""
_TITLE_TOKENS = 120
_CUT = re.compile(r"[，,；;：:、]\s*|\s+")

_TELLING_CHARS = 40

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
        heading_tokens = count_tokens(context(document, section.headings, max_chars=None))
        room = max_tokens - min(heading_tokens, _TITLE_TOKENS) - 8
        budget = max(16, min(PASSAGE_TOKENS, room))
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


def context(document: Document, headings: tuple[str, ...], *, max_chars: int | None = 200) -> str:
    """Title and headings, as they are put before a passage when it is encoded."""
    parts = dict.fromkeys([document.metadata.title, *headings])
    return " > ".join(parts)[:max_chars]


def encoded_text(document: Document, passage: Passage) -> str:
    """What the encoder sees of a passage: where it stands, then its text without heading lines."""
    text = passage.text
    for unit in units(text):
        if unit.kind is not Kind.HEADING:
            text = text[unit.start :]
            break
    return f"{context(document, passage.headings)}\n{text}"


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
    pieces = [
        piece for unit in section.units for piece in _cut(text, unit, count_tokens, budget)
    ]
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
    chars = max(1, (unit.end - unit.start) * budget // (tokens * 2))
    cuts = [match.end() for match in _CUT.finditer(text, unit.start, unit.end)]
    spans, start = [], unit.start
    while start < unit.end:
        end = min(start + chars, unit.end)
        good = [cut for cut in _between(cuts, start, end) if end < unit.end]
        end = good[-1] if good else end
        part = text[start:end].strip()
        if part:
            lead = len(text[start:end]) - len(text[start:end].lstrip())
            first = start + lead
            spans.append((first, first + len(part), count_tokens(part)))
        start = end
    return spans


def _between(cuts: Sequence[int], start: int, end: int) -> list[int]:
    return [cut for cut in cuts if start < cut <= end]
