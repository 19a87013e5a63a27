"""Users and groups: what people do."""

import mimetypes
import time
from typing import Any

from tests.telegram.fake import content
from tests.telegram.fake.model import Button, Chat, Json, Message
from tests.telegram.fake.privacy import bot_sees
from tests.telegram.fake.profile import visible_commands
from tests.telegram.fake.state import CallbackQuery, State
from tests.telegram.fake.waiting import ChatView


class User(ChatView):
    """A person. As a chat view, a user is the private chat with the bot."""

    def __init__(self, state: State, json: Json) -> None:
        names = {k: v for k, v in json.items() if k in ("first_name", "last_name", "username")}
        chat = Chat(json["id"], "private", names, members={json["id"]: json}, started=False)
        state.chats[chat.id] = chat
        super().__init__(state, chat)
        self.json = json

    @property
    def id(self) -> int:
        return self.json["id"]

    @property
    def name(self) -> str:
        return self.json["first_name"]

    def sends(
        self, text: str, *, to: ChatView | None = None, reply_to: Message | None = None
    ) -> Message:
        """A text, to the bot or into a group; "/start" and others are commands."""
        return self._send(content.text(text), to, reply_to=reply_to)

    def sends_photo(
        self, caption: str = "", *, to: ChatView | None = None, reply_to: Message | None = None
    ) -> Message:
        stored = self.state.store_file("photo.jpg", "image/jpeg", b"\xff\xd8 photo")
        return self._send({**content.photo(stored), **_caption(caption)}, to, reply_to=reply_to)

    def sends_album(
        self, count: int, caption: str = "", *, at: int = 0, to: ChatView | None = None
    ) -> list[Message]:
        """Several photos at once: as many messages with one number, the caption on one of them."""
        number = str(next(self.state.numbers))
        sent = []
        for position in range(count):
            stored = self.state.store_file("photo.jpg", "image/jpeg", b"\xff\xd8 photo")
            said = _caption(caption if position == at else "")
            value = {**content.photo(stored), **said, "media_group_id": number}
            sent.append(self._send(value, to))
        return sent

    def sends_sticker(
        self, emoji: str = "👍", *, to: ChatView | None = None, reply_to: Message | None = None
    ) -> Message:
        stored = self.state.store_file("sticker.webp", "image/webp", b"RIFF sticker")
        return self._send(content.sticker(stored, emoji), to, reply_to=reply_to)

    def sends_voice(
        self, seconds: int = 3, *, to: ChatView | None = None, reply_to: Message | None = None
    ) -> Message:
        stored = self.state.store_file("voice.ogg", "audio/ogg", b"OggS voice")
        return self._send(content.voice(stored, seconds), to, reply_to=reply_to)

    def sends_document(
        self,
        name: str,
        data: bytes,
        *,
        caption: str = "",
        mime_type: str = "",
        pretended_bytes: int = 0,
    ) -> Message:
        """A file; `pretended_bytes` makes it look larger, for the download limit."""
        mime_type = mime_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
        stored = self.state.store_file(name, mime_type, data, pretended_bytes)
        return self._send({**content.document(stored), **_caption(caption)}, None, file=stored)

    def sends_location(self, latitude: float = 22.54, longitude: float = 114.06) -> Message:
        return self._send(content.location(latitude, longitude), None)

    def sends_contact(self, first_name: str = "Wang", phone_number: str = "+8610") -> Message:
        return self._send(content.contact(first_name, phone_number), None)

    def sends_poll(
        self, question: str = "Which?", options: tuple[str, ...] = ("A", "B")
    ) -> Message:
        number = str(next(self.state.numbers))
        return self._send(content.poll(number, question, list(options)), None)

    def sends_raw(self, value: Json, *, to: ChatView | None = None) -> Message:
        """Any other content, as Bot API JSON."""
        return self._send(value, to)

    def forwards(
        self, text: str, *, origin_name: str = "Somebody", to: ChatView | None = None
    ) -> Message:
        """A message that somebody else wrote."""
        origin = {"type": "hidden_user", "date": int(time.time()), "sender_user_name": origin_name}
        return self._send({**content.text(text), "forward_origin": origin}, to)

    def edits(self, message: Message, text: str) -> Message:
        """Another text in an own message."""
        with self.state.lock:
            message.earlier.append(message.text)
            said = content.text(text) if "text" in message.content else _caption(text)
            parts = ("text", "entities", "caption", "caption_entities")
            kept = {key: value for key, value in message.content.items() if key not in parts}
            message.content = {**kept, **said}
            message.edit_date = int(time.time())
            message.chat.note("edit", self.name, text, message)
            self._push_message("edited_message", message)
        return message

    def presses(self, text: str, *, message: Message | None = None) -> Message | str | None:
        """A button by its text, on the given or the newest message that has it.

        Returns:
            The callback query's id, or the message that a keyboard button sent, or None for a
            button that opens an address.
        """
        with self.state.lock:
            chat = message.chat if message else self.chat
            found = self._find_button(text, [message] if message else list(_newest(chat)))
            if found is None:
                if any(text in row for row in chat.reply_keyboard):
                    return self.sends(text)
                shown = [m.buttons for m in _newest(chat) if m.buttons]
                raise AssertionError(f"no button {text!r}; shown: {shown} {chat.reply_keyboard}")
            chat.note("press", self.name, found[1].text)
            if found[1].data is None:
                return None
            return self.presses_data(found[1].data, found[0])

    def presses_data(self, data: str, message: Message) -> str:
        """A callback with any data, as from an old or forged message."""
        with self.state.lock:
            query_id = str(4_000_000_000 + next(self.state.numbers))
            self.state.callbacks[query_id] = CallbackQuery(message.chat, self.json)
            query: Json = {
                "id": query_id,
                "from": self.json,
                "chat_instance": str(message.chat.id),
                "data": data,
            }
            if message.inline_message_id:
                query["inline_message_id"] = message.inline_message_id
            else:
                query["message"] = _shown_in_query(message)
            self.state.updates.push("callback_query", query, message.chat.id)
        return query_id

    def blocks_bot(self) -> None:
        """The bot may not write any more, and is told so."""
        self._set_bot_status("kicked", "blocks the bot")

    def unblocks_bot(self) -> None:
        self._set_bot_status("member", "unblocks the bot")

    def sees_commands(self, *, where: ChatView | None = None) -> list[str]:
        """The command menu, in this person's language: names."""
        with self.state.lock:
            chat = (where or self).chat.to_json()
            return [each["command"] for each in visible_commands(self.state, chat, self.json)]

    def _send(self, value: Json, to: ChatView | None, **more: Any) -> Message:
        with self.state.lock:
            chat = (to or self).chat
            if self.id not in chat.members:
                raise AssertionError(f"{self.name} is not in this group")
            if chat.private and chat.bot_status == "kicked":
                raise AssertionError(f"{self.name} must unblock the bot first")
            chat.started = True
            topic = to.topic if to else None
            message = self.state.add_message(chat, self.json, value, topic=topic, **more)
            chat.note("message", self.name, message.text, message)
            self._push_message("message", message)
        return message

    def _push_message(self, kind: str, message: Message) -> None:
        if bot_sees(self.state, message):
            self.state.updates.push(kind, message.to_json(), message.chat.id)

    def _find_button(self, text: str, messages: list[Message]) -> tuple[Message, Button] | None:
        for exact in (True, False):
            for message in messages:
                for row in message.rows:
                    for button in row:
                        if button.text == text or (not exact and text in button.text):
                            return message, button
        return None

    def _set_bot_status(self, status: str, said: str) -> None:
        with self.state.lock:
            change_bot_status(self.state, self.chat, self.json, status)
            self.chat.note("status", self.name, said)


def change_bot_status(state: State, chat: Chat, by: Json, status: str) -> None:
    """Tell the bot with `my_chat_member` what became of it."""
    before, chat.bot_status = chat.bot_status, status
    change = {
        "chat": chat.to_json(),
        "from": by,
        "date": int(time.time()),
        "old_chat_member": _membership(state, before),
        "new_chat_member": _membership(state, status),
    }
    state.updates.push("my_chat_member", change, chat.id)


def _membership(state: State, status: str) -> Json:
    member: Json = {"status": status, "user": state.bot}
    if status == "kicked":
        member["until_date"] = 0
    if status == "administrator":
        rights = (
            "can_be_edited is_anonymous can_manage_chat can_delete_messages can_invite_users "
            "can_manage_video_chats can_restrict_members can_promote_members can_change_info "
            "can_post_stories can_edit_stories can_delete_stories"
        )
        member |= dict.fromkeys(rights.split(), False) | {"can_delete_messages": True}
    return member


def _newest(chat: Chat) -> list[Message]:
    return [message for message in reversed(chat.messages.values()) if not message.deleted]


def _shown_in_query(message: Message) -> Json:
    if message.deleted:
        chat = message.chat.to_json()
        return {"chat": chat, "message_id": message.message_id, "date": 0}
    return message.to_json()


def _caption(text: str) -> Json:
    if not text:
        return {}
    value = content.text(text)
    entities = {"caption_entities": value["entities"]} if "entities" in value else {}
    return {"caption": text, **entities}
