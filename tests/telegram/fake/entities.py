"""Message entities: what Telegram refuses, what it drops in silence, what it finds itself."""

import re
from typing import Any

from tests.telegram.fake import limits
from tests.telegram.fake.errors import bad_request
from tests.telegram.fake.links import is_link
from tests.telegram.fake.utf16 import cut16, length16, starts16

Entity = dict[str, Any]

SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES = ("blockquote", "expandable_blockquote")
CODE = ("code", "pre")
FOUND_BY_TELEGRAM = frozenset(
    {
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bank_card_number",
    }
)
REQUIRED_FIELD = {
    "text_link": ("url", str),
    "text_mention": ("user", dict),
    "custom_emoji": ("custom_emoji_id", str),
    "date_time": ("unix_time", int),
}
KNOWN = frozenset({*SPLITTABLE, *QUOTES, *CODE, *REQUIRED_FIELD})
DATE_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
JSON_NAMES = {int: "Number", str: "String", dict: "Object"}

FINDERS = (
    ("url", re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]，。；：！？）]")),
    ("email", re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    ("bot_command", re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z]\w{3,31}")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
)


def read_entities(values: list[Any]) -> list[Entity]:
    """Check the JSON of entities that a bot sent; those Telegram finds itself are left out."""
    entities = [_read_entity(value) for value in values]
    return [entity for entity in entities if entity["type"] not in FOUND_BY_TELEGRAM]


def check_bounds(text: str, entities: list[Entity]) -> list[Entity]:
    """Refuse what does not lie on characters of the text. Empty entities are dropped."""
    boundaries, end = set(starts16(text)), length16(text)
    kept = [entity for entity in entities if entity["length"] != 0]
    for entity in kept:
        first, last = entity["offset"], entity["offset"] + entity["length"]
        if not 0 <= first <= 1_000_000:
            raise bad_request(f"receive an entity with incorrect offset {first}")
        if not 0 <= entity["length"] <= 1_000_000:
            raise bad_request(f"receive an entity with incorrect length {entity['length']}")
        if first >= end:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {first}")
        begins = f"entity beginning at UTF-16 offset {first}"
        if last > end:
            raise bad_request(f"{begins} ends after the end of the text at UTF-16 offset {last}")
        if first not in boundaries:
            raise bad_request(f"entity begins in a middle of a UTF-16 symbol at {first}")
        if last not in boundaries:
            raise bad_request(f"{begins} ends in a middle of a UTF-16 symbol at {last}")
    return sorted(kept, key=lambda entity: (entity["offset"], -entity["length"]))


def without_conflicts(entities: list[Entity]) -> tuple[list[Entity], list[str]]:
    """Drop what may not be nested, as Telegram does in silence; say what was dropped."""
    kept: list[Entity] = []
    warnings: list[str] = []
    for entity in entities:
        problem = next((p for other in kept if (p := _conflict(other, entity))), None)
        if problem:
            warnings.append(f"{problem}: {entity} is dropped")
        else:
            kept.append(entity)
    return kept, warnings


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """Add the commands, mentions, links and hashtags that Telegram finds by itself."""
    starts = starts16(text)
    taken = [entity for entity in entities if entity["type"] not in (*SPLITTABLE, *QUOTES)]
    for kind, pattern in FINDERS:
        for match in pattern.finditer(text):
            first, last = starts[match.start()], starts[match.end()]
            found = {"type": kind, "offset": first, "length": last - first}
            if not any(_overlap(found, other) for other in taken):
                taken.append(found)
    added = [entity for entity in taken if entity["type"] in FOUND_BY_TELEGRAM]
    return sorted([*entities, *added], key=lambda each: (each["offset"], -each["length"]))


def entity_text(text: str, entity: Entity) -> str:
    """The characters an entity covers."""
    return cut16(text, entity["offset"], entity["length"])


def _read_entity(value: Any) -> Entity:
    if not isinstance(value, dict):
        raise _unreadable("expected an Object")
    for name in ("offset", "length"):
        _require(value, name, int)
    kind = value.get("type")
    if not kind:
        raise _unreadable("Type is not specified")
    if kind not in KNOWN and kind not in FOUND_BY_TELEGRAM:
        raise _unreadable("Unsupported type specified")
    if kind in REQUIRED_FIELD:
        _require(value, *REQUIRED_FIELD[kind])
    _check_special(kind, value)
    return dict(value)


def _check_special(kind: str, value: Entity) -> None:
    if kind == "text_link" and not is_link(value["url"]):
        raise bad_request(f"entity URL '{value['url']}' is invalid: Wrong HTTP URL")
    if kind == "date_time" and not DATE_TIME_FORMAT.fullmatch(value.get("date_time_format") or ""):
        raise _unreadable("Invalid date-time format specified")


def _require(value: Entity, name: str, kind: type) -> None:
    if name not in value:
        raise _unreadable(f'Can\'t find field "{name}"')
    if not isinstance(value[name], kind) or isinstance(value[name], bool):
        raise _unreadable(f'Field "{name}" must be of type {JSON_NAMES[kind]}')


def _unreadable(reason: str) -> Exception:
    return bad_request(f"can't parse MessageEntity: {reason}")


def _conflict(outer: Entity, inner: Entity) -> str | None:
    if not _overlap(outer, inner):
        return None
    kinds = outer["type"], inner["type"]
    if all(kind in QUOTES for kind in kinds):
        return "quotations cannot be nested"
    if any(kind in CODE for kind in kinds):
        return "code cannot be nested" if not any(kind in QUOTES for kind in kinds) else None
    if not any(kind in (*SPLITTABLE, *QUOTES) for kind in kinds):
        return "links cannot be nested"
    if any(kind in SPLITTABLE for kind in kinds) or _contains(outer, inner):
        return None
    return "a quotation cuts a link"


def _overlap(one: Entity, other: Entity) -> bool:
    return (
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )


def _contains(outer: Entity, inner: Entity) -> bool:
    return outer["offset"] <= inner["offset"] and (
        inner["offset"] + inner["length"] <= outer["offset"] + outer["length"]
    )


def first_counted(entities: list[Entity]) -> tuple[list[Entity], list[str]]:
    """Only the first 100 entities are kept by Telegram, without a word."""
    lost = entities[limits.ENTITIES :]
    warnings = [f"{len(lost)} entities beyond {limits.ENTITIES} are dropped"] if lost else []
    return entities[: limits.ENTITIES], warnings
