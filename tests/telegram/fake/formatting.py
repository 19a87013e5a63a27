"""From what the bot sends to what people see: parsed, cleaned, measured."""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.fake.entities import (
    Entity,
    check_bounds,
    first_counted,
    read_entities,
    with_found,
    without_conflicts,
)
from tests.telegram.fake.errors import bad_request
from tests.telegram.fake.parse_html import parse_html
from tests.telegram.fake.parse_markdown import parse_markdown_v2
from tests.telegram.fake.utf16 import length16

PARSERS = {"html": parse_html, "markdownv2": parse_markdown_v2}
_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text as people see it; warnings say what Telegram changed without an error."""

    text: str
    entities: list[Entity] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def format_text(text: str, parse_mode: str | None, entities: Any) -> FormattedText:
    """Apply the parse mode or the entities.

    Args:
        text: As the bot sent it.
        parse_mode: HTML or MarkdownV2, in any case; the old "Markdown" is not known here.
        entities: The JSON value of `entities`; ignored next to a parse mode.
    """
    warnings: list[str] = []
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise bad_request("strings must be encoded in UTF-8")
    if parse_mode:
        if parse_mode.lower() not in PARSERS:
            raise bad_request("unsupported parse_mode")
        if entities:
            warnings.append("entities are ignored next to parse_mode")
        text, found = PARSERS[parse_mode.lower()](text)
    else:
        if not isinstance(entities, list | None):
            warnings.append("entities are not an Array and are ignored")
        found = read_entities(entities if isinstance(entities, list) else [])
    found = check_bounds(text, found)
    text, found = _trimmed(_CONTROL.sub(" ", text), found)
    found, conflicts = without_conflicts(found)
    found, lost = first_counted(with_found(text, found))
    return FormattedText(text, found, [*warnings, *conflicts, *lost])


def checked_length(formatted: FormattedText, limit: int, *, empty: str, too_long: str) -> None:
    """Refuse a text that is empty (unless `empty` is "") or longer than the limit."""
    if not formatted.text and empty:
        raise bad_request(empty)
    if length16(formatted.text) > limit:
        raise bad_request(too_long)


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """White space at both ends goes, and the entities move along."""
    if "\r" in text:
        return _trimmed(*_without_returns(text, entities))
    shorter = text.rstrip(" \n")
    first = min((entity["offset"] for entity in entities), default=len(shorter))
    lead = min(len(shorter) - len(shorter.lstrip(" \n")), first)
    shorter = shorter[lead:]
    end = length16(shorter)
    moved = []
    for entity in entities:
        offset = max(entity["offset"] - lead, 0)
        length = min(entity["offset"] - lead + entity["length"], end) - offset
        if length > 0:
            moved.append({**entity, "offset": offset, "length": length})
    return shorter, moved


def _without_returns(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    encoded = text.encode("utf-16-le")
    units = [encoded[i : i + 2] for i in range(0, len(encoded), 2)]
    kept_before = [0]
    for unit in units:
        kept_before.append(kept_before[-1] + (unit != b"\r\0"))
    moved = []
    for entity in entities:
        first = kept_before[entity["offset"]]
        last = kept_before[entity["offset"] + entity["length"]]
        if last > first:
            moved.append({**entity, "offset": first, "length": last - first})
    return text.replace("\r", ""), moved
