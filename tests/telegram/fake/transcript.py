"""A chat as text: its history, and what the screen shows now."""

import time
from collections.abc import Callable

from tests.telegram.fake.model import Chat, Event, Message
from tests.telegram.fake.utf16 import starts16

ACTIONS = {"typing": "is typing", "upload_document": "is sending a file"}
MEDIA = [
    "document",
    "photo",
    "sticker",
    "voice",
    "location",
    "poll",
    "contact",
    "venue",
    "audio",
    "video",
    "video_note",
    "animation",
    "dice",
]


def history(chat: Chat) -> str:
    """Every event in its order, as it was then."""
    return "\n".join(_line(event) for event in chat.events)


def screen(chat: Chat) -> str:
    """The messages as people see them now: edits applied, deleted ones gone."""
    parts = []
    for message in chat.messages.values():
        if not message.deleted:
            edited = " (edited)" if message.edit_date else ""
            head = f"{message.sender['first_name']} #{message.message_id}{edited}:"
            parts.append(head + _indented(_body(message)))
    if chat.reply_keyboard:
        parts.append("keyboard: " + _rows(chat.reply_keyboard))
    return "\n".join(parts)


def plain_rendering(message: Message) -> str:
    """The text with its links written out and quotations marked with a bar."""
    text = message.text
    starts = {offset: position for position, offset in enumerate(starts16(text))}
    inserts: list[tuple[int, str]] = []
    for entity in message.entities:
        first, last = entity["offset"], entity["offset"] + entity["length"]
        if entity["type"] == "text_link":
            inserts.append((starts[last], f" <{entity['url']}>"))
        elif entity["type"].endswith("blockquote"):
            inserts += [(line, "│ ") for line in _line_starts(text, starts[first], starts[last])]
    for position, insert in sorted(inserts, reverse=True):
        text = text[:position] + insert + text[position:]
    return text


def _line_starts(text: str, first: int, last: int) -> list[int]:
    return [first, *(at + 1 for at in range(first, last - 1) if text[at] == "\n")]


def _line(event: Event) -> str:
    clock = time.strftime("%H:%M:%S", time.localtime(event.at))
    write: Callable[[Event], str] = WRITERS.get(event.kind, lambda e: f"{e.who} {e.detail}")
    return f"[{clock}] {write(event)}"


def _message_line(event: Event) -> str:
    number = f" #{event.message.message_id}" if event.message else ""
    verb = " edits" if event.kind == "edit" else ""
    media = media_line(event.message) if event.message else ""
    reply = event.message.reply_to if event.message else None
    to = f" (reply to #{reply.message_id})" if reply else ""
    body = " ".join(part for part in (media, event.detail) if part)
    rows = "\n" + _rows(list(map(list, event.buttons))) if event.buttons else ""
    return f"{event.who}{verb}{number}{to}:" + _indented(body + rows)


WRITERS: dict[str, Callable[[Event], str]] = {
    "message": _message_line,
    "edit": _message_line,
    "action": lambda e: f"({e.who} {ACTIONS.get(e.detail, e.detail)} ...)",
    "press": lambda e: f"{e.who} presses [{e.detail}]",
    "toast": lambda e: f"(shown to {e.who}: {e.detail})",
    "delete": lambda e: f"{e.who} deletes #{e.message.message_id if e.message else '?'}",
    "status": lambda e: f"-- {e.who} {e.detail} --",
}


def _body(message: Message) -> str:
    parts = [media_line(message), plain_rendering(message)]
    if message.rows:
        parts.append(_rows([[button.text for button in row] for row in message.rows]))
    return "\n".join(part for part in parts if part)


def media_line(message: Message) -> str:
    """What stands for a picture, a file or another thing that is no text."""
    for kind in MEDIA:
        if kind in message.content:
            name = message.file.name if message.file else ""
            size = f", {message.file.size_bytes} bytes" if message.file else ""
            return f"<{kind} {name}{size}>".replace(" >", ">")
    return ""


def _rows(rows: list[list[str]]) -> str:
    return "\n".join(" ".join(f"[{text}]" for text in row) for row in rows)


def _indented(body: str) -> str:
    if "\n" not in body:
        return f" {body}"
    return "".join(f"\n    {line}" for line in body.split("\n"))
