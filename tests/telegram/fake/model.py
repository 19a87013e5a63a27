"""What exists: chats, messages, buttons, files."""

import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.fake.entities import entity_text
from tests.telegram.fake.errors import ApiError, forbidden

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Button:
    """A button as people see it: a text and what it does."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that went through Telegram."""

    file_id: str
    name: str
    mime_type: str
    content: bytes
    size_bytes: int

    def to_json(self) -> Json:
        unique_id = self.file_id.removeprefix("file-")
        return {"file_id": self.file_id, "file_unique_id": unique_id, "file_size": self.size_bytes}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a chat's history."""

    at: float
    kind: str
    who: str
    detail: str = ""
    message: "Message | None" = None
    buttons: tuple[tuple[str, ...], ...] = ()


@dataclass(eq=False)
class Message:
    """One message, always as it is now; `earlier` holds its texts before edits."""

    message_id: int
    chat: "Chat"
    sender: Json
    content: Json
    date: int = field(default_factory=lambda: int(time.time()))
    reply_to: "Message | None" = None
    quote: str = ""
    markup: Json | None = None
    file: StoredFile | None = None
    edit_date: int | None = None
    deleted: bool = False
    link_preview: Json | None = None
    inline_message_id: str | None = None
    sender_chat: Json | None = None
    topic: "Topic | None" = None
    earlier: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<{self.sender['first_name']} #{self.message_id}: {self.text!r} {self.buttons}>"

    @property
    def text(self) -> str:
        """The text, or the caption of a file."""
        return self.content.get("text") or self.content.get("caption") or ""

    @property
    def entities(self) -> list[Json]:
        return self.content.get("entities") or self.content.get("caption_entities") or []

    @property
    def from_bot(self) -> bool:
        """Of the bot; who writes in the name of a chat comes from a bot of Telegram's."""
        return self.sender["is_bot"] and self.sender_chat is None

    @property
    def rows(self) -> list[list[Button]]:
        """The inline keyboard, row by row."""
        return [
            [Button(b["text"], b.get("callback_data"), b.get("url")) for b in row]
            for row in (self.markup or {}).get("inline_keyboard", [])
        ]

    @property
    def buttons(self) -> list[str]:
        """The texts of the inline keyboard."""
        return [button.text for row in self.rows for button in row]

    def parts(self, kind: str) -> list[str]:
        """What the entities of one type cover: `message.parts("expandable_blockquote")`."""
        return [entity_text(self.text, e) for e in self.entities if e["type"] == kind]

    def to_json(self, *, with_reply: bool = True) -> Json:
        """As the bot gets it."""
        value: Json = {
            "message_id": self.message_id,
            "from": self.sender,
            "chat": self.chat.to_json(),
            "date": self.date,
            **self.content,
        }
        if self.sender_chat:
            value["sender_chat"] = self.sender_chat
        if self.topic:
            value |= {"message_thread_id": self.topic.thread_id, "is_topic_message": True}
        if self.edit_date:
            value["edit_date"] = self.edit_date
        if self.markup and "inline_keyboard" in self.markup:
            value["reply_markup"] = self.markup
        if self.link_preview:
            value["link_preview_options"] = self.link_preview
        replied = self.reply_to or (self.topic.opening if self.topic else None)
        if replied and with_reply:  # within a topic whatever replies to nothing else
            value["reply_to_message"] = replied.to_json(with_reply=False)
        if self.quote:
            value["quote"] = {"text": self.quote, "position": 0, "is_manual": True}
        return value


@dataclass(eq=False)
class Topic:
    """One topic of a forum; its number is that of the message that opened it."""

    opening: Message
    name: str
    is_closed: bool = False
    is_deleted: bool = False

    @property
    def thread_id(self) -> int:
        return self.opening.message_id


@dataclass(eq=False)
class Chat:
    """A private chat or a group with its history, and what was not yet read by the test."""

    id: int
    kind: str
    names: Json
    members: dict[int, Json] = field(default_factory=dict)
    bot_status: str = "member"
    started: bool = True
    messages: dict[int, Message] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    unread: deque[Message] = field(default_factory=deque)
    unread_edits: deque[Message] = field(default_factory=deque)
    unread_toasts: deque[Json] = field(default_factory=deque)
    reply_keyboard: list[list[str]] = field(default_factory=list)
    moved_to: int | None = None
    topics: dict[int, Topic] = field(default_factory=dict)
    """Of a forum, without General."""

    @property
    def private(self) -> bool:
        return self.kind == "private"

    def to_json(self) -> Json:
        forum = {"is_forum": True} if self.topics else {}
        return {"id": self.id, "type": self.kind, **self.names, **forum}

    def note(self, kind: str, who: str, detail: str = "", message: Message | None = None) -> None:
        """Write a line of the history."""
        rows = message.rows if message else []
        buttons = tuple(tuple(button.text for button in row) for row in rows)
        self.events.append(Event(time.time(), kind, who, detail, message, buttons))

    def refusal(self) -> ApiError | None:
        """Why the bot may not write here."""
        if self.moved_to:
            moved = {"migrate_to_chat_id": self.moved_to}
            return ApiError(
                400, "Bad Request: group chat was upgraded to a supergroup chat", moved
            )
        if self.private:
            if self.bot_status == "kicked":
                return forbidden("bot was blocked by the user")
            return None
        place = "supergroup" if self.kind == "supergroup" else "group"
        if self.bot_status == "kicked":
            return forbidden(f"bot was kicked from the {place} chat")
        if self.bot_status == "left":
            return forbidden(f"bot is not a member of the {place} chat")
        return None
