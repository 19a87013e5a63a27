"""`parse_mode=HTML`: text and entities, or "can't parse entities" as Telegram words it."""

import re
from dataclasses import dataclass, field

from tests.telegram.fake.entities import Entity
from tests.telegram.fake.errors import ApiError, bad_request
from tests.telegram.fake.links import is_link
from tests.telegram.fake.utf16 import bytes_before, length16

TAGS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_START = re.compile(r"<(?P<name>[^\s<>/]*)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_END = re.compile(r"</(?P<name>[^\s>]*)\s*>")
_ATTRIBUTE = re.compile(r"""([^\s=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+)))?""")
_CHARACTER = re.compile(r"&(?:#(?P<number>\d{1,8})|#x(?P<hex>[0-9a-fA-F]{1,6})|(?P<name>\w+));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


@dataclass
class _Open:
    tag: str
    offset: int
    attributes: dict[str, str]


@dataclass
class _State:
    source: str
    text: str = ""
    stack: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def error(self, reason: str, at: int) -> ApiError:
        return cannot_parse(f"{reason} at byte offset {bytes_before(self.source, at)}")


def cannot_parse(reason: str) -> ApiError:
    """The error of every bad markup."""
    return bad_request(f"can't parse entities: {reason}")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and entities of Telegram's HTML."""
    state = _State(source)
    at = 0
    while at < len(source):
        if source[at] == "&":
            at = _character(state, at)
        elif source.startswith("</", at):
            at = _end_tag(state, at)
        elif source[at] == "<":
            at = _start_tag(state, at)
        else:
            state.text += source[at]
            at += 1
    if state.stack:
        tag = state.stack[-1].tag
        raise cannot_parse(f'Can\'t find end tag corresponding to start tag "{tag}"')
    for entity in state.entities:
        if entity["type"] == "code":
            entity.pop("language", None)  # only a pre has a language
    return state.text, state.entities


def _decode(match: re.Match[str]) -> str:
    if match["number"] or match["hex"]:
        code = int(match["number"] or "0") or int(match["hex"] or "0", 16)
        return chr(code) if 0 < code <= 0x10FFFF else match[0]
    return _NAMED.get(match["name"], match[0])


def _character(state: _State, at: int) -> int:
    match = _CHARACTER.match(state.source, at)
    state.text += _decode(match) if match else "&"
    return match.end() if match else at + 1


def _start_tag(state: _State, at: int) -> int:
    name = re.match(r"<([^\s>/]*)", state.source[at:])[1].lower()
    if name not in TAGS:
        raise state.error(f'Unsupported start tag "{name}"', at)
    match = _START.match(state.source, at)
    if not match:
        raise state.error("Unclosed start tag", at)
    attributes = {
        key.lower(): _CHARACTER.sub(_decode, quoted or single or bare or "")
        for key, quoted, single, bare in _ATTRIBUTE.findall(match["attributes"])
    }
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise state.error('Tag "span" must have class "tg-spoiler"', at)
    state.stack.append(_Open(name, length16(state.text), attributes))
    return match.end()


def _end_tag(state: _State, at: int) -> int:
    if not state.stack:
        raise state.error("Unexpected end tag", at)
    match = _END.match(state.source, at)
    if not match:
        raise state.error("Unclosed end tag", at)
    opened = state.stack.pop()
    found = match["name"].lower()
    if found and found != opened.tag:
        place = f"Unmatched end tag at byte offset {bytes_before(state.source, at)}"
        raise cannot_parse(f'{place}, expected "</{opened.tag}>", found "</{found}>"')
    length = length16(state.text) - opened.offset
    if length:
        _add_entity(state, opened, length)
    return match.end()


def _add_entity(state: _State, opened: _Open, length: int) -> None:
    entity: Entity = {"type": TAGS[opened.tag], "offset": opened.offset, "length": length}
    attributes = opened.attributes
    if opened.tag == "a":
        entity["url"] = attributes.get("href") or _tail(state.text, opened.offset)
        if not is_link(entity["url"]):
            return  # Telegram shows the bare text
    elif opened.tag == "blockquote" and "expandable" in attributes:
        entity["type"] = "expandable_blockquote"
    elif opened.tag == "tg-emoji":
        entity["custom_emoji_id"] = attributes.get("emoji-id", "")
        if not entity["custom_emoji_id"].isdigit():
            raise bad_request("invalid custom emoji identifier specified")
    elif opened.tag == "tg-time":
        entity["unix_time"] = int(attributes.get("unix", "0"))
        entity["date_time_format"] = attributes.get("format", "")
    else:
        entity |= _language(state, opened, entity)
    state.entities.append(entity)


def _language(state: _State, opened: _Open, entity: Entity) -> Entity:
    """Of `<pre><code class="language-...">`: the inner tag has it, the outer one gets it."""
    if opened.tag == "code" and opened.attributes.get("class", "").startswith("language-"):
        return {"language": opened.attributes["class"].removeprefix("language-")}
    inner = state.entities[-1] if state.entities else {}
    if opened.tag != "pre" or "language" not in inner:
        return {}
    if inner == {**entity, "type": "code", "language": inner["language"]}:
        return {"language": state.entities.pop()["language"]}
    return {}


def _tail(text: str, offset: int) -> str:
    return text.encode("utf-16-le")[2 * offset :].decode("utf-16-le")
