"""Groups, and the bot in them."""

from tests.telegram.fake import content
from tests.telegram.fake.model import Chat, Json, Message, Topic
from tests.telegram.fake.people import User, change_bot_status
from tests.telegram.fake.privacy import bot_sees
from tests.telegram.fake.state import State
from tests.telegram.fake.waiting import ChatView

ANONYMOUS = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
AS_CHANNEL = {
    "id": 136817688,
    "is_bot": True,
    "first_name": "Channel",
    "username": "Channel_Bot",
}
SERVICE_ACCOUNT = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
"""Whom Telegram names as the sender where somebody writes in the name of a chat."""


class Group(ChatView):
    """A group with its members; the bot is one of them unless it was made without."""

    def __init__(self, state: State, chat: Chat, creator: User) -> None:
        state.chats[chat.id] = chat
        super().__init__(state, chat)
        self.creator = creator

    def adds_bot(self) -> None:
        """As when somebody invites the bot: `my_chat_member`, and a service message."""
        with self.state.lock:
            change_bot_status(self.state, self.chat, self.creator.json, "member")
            self._service({"new_chat_members": [self.state.bot]}, "adds the bot")

    def removes_bot(self) -> None:
        with self.state.lock:
            change_bot_status(self.state, self.chat, self.creator.json, "kicked")
            self.chat.note("status", self.creator.name, "removes the bot")

    def promotes_bot(self) -> None:
        """An administrator gets every message, whatever the privacy mode."""
        with self.state.lock:
            change_bot_status(self.state, self.chat, self.creator.json, "administrator")
            self.chat.note("status", self.creator.name, "makes the bot an administrator")

    def adds(self, *users: User) -> None:
        with self.state.lock:
            self.chat.members.update({user.id: user.json for user in users})
            names = ", ".join(user.name for user in users)
            self._service({"new_chat_members": [user.json for user in users]}, f"adds {names}")

    def becomes_supergroup(self) -> "Group":
        """The chat gets another number; writing to the old one is refused with the new one."""
        with self.state.lock:
            old = self.chat
            new = Chat(-1_000_000_000_000 + old.id, "supergroup", old.names, dict(old.members))
            group = Group(self.state, new, self.creator)
            self._service({"migrate_to_chat_id": new.id}, "upgrades the group")
            group._service({"migrate_from_chat_id": old.id}, "upgraded the group")
            old.moved_to = new.id
        return group

    def opens_topic(self, name: str) -> "TopicView":
        """The group is a forum from its first topic on; write there with `to=topic`."""
        with self.state.lock:
            opening = self._service(
                {"forum_topic_created": {"name": name, "icon_color": 7322096}}, f"opens {name}"
            )
            topic = Topic(opening, name)
            self.chat.topics[topic.thread_id] = topic
        return TopicView(self.state, self.chat, topic)

    def admin_sends(self, text: str, *, reply_to: Message | None = None) -> Message:
        """An administrator who stays anonymous writes in the name of the group."""
        return self._in_the_name_of(self.chat.to_json(), ANONYMOUS, text, reply_to=reply_to)

    def channel_sends(self, text: str, channel: str = "News") -> Message:
        """Somebody writes in the name of a channel."""
        return self._in_the_name_of(_channel(channel), AS_CHANNEL, text)

    def channel_posts(self, text: str, channel: str = "News") -> Message:
        """What the linked channel posts is put into the group by Telegram itself."""
        sender = _channel(channel)
        origin = {"type": "channel", "date": 1, "chat": sender, "message_id": 1}
        more = {"is_automatic_forward": True, "forward_origin": origin}
        return self._in_the_name_of(sender, SERVICE_ACCOUNT, text, more=more)

    def _in_the_name_of(
        self,
        sender_chat: Json,
        sender: Json,
        text: str,
        *,
        more: Json | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        with self.state.lock:
            message = self.state.add_message(
                self.chat,
                sender,
                {**content.text(text), **(more or {})},
                sender_chat=sender_chat,
                reply_to=reply_to,
            )
            self.chat.note("message", sender_chat["title"], text, message)
            if bot_sees(self.state, message):
                self.state.updates.push("message", message.to_json(), self.chat.id)
        return message

    def _service(self, value: Json, said: str) -> Message:
        message = self.state.add_message(self.chat, self.creator.json, value)
        self.chat.note("status", self.creator.name, said)
        if bot_sees(self.state, message):
            self.state.updates.push("message", message.to_json(), self.chat.id)
        return message


class TopicView(ChatView):
    """One topic of a forum: what is sent `to` it lies there."""

    def __init__(self, state: State, chat: Chat, topic: Topic) -> None:
        super().__init__(state, chat)
        self.topic = topic

    def closes(self) -> None:
        self.topic.is_closed = True

    def is_removed(self) -> None:
        self.topic.is_deleted = True


def _channel(name: str) -> Json:
    return {"id": -1_009_000_000_001, "type": "channel", "title": name}
