"""Groups, and the bot in them."""

from tests.telegram.fake.model import Chat, Json
from tests.telegram.fake.people import User, change_bot_status
from tests.telegram.fake.privacy import bot_sees
from tests.telegram.fake.state import State
from tests.telegram.fake.waiting import ChatView


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

    def _service(self, value: Json, said: str) -> None:
        message = self.state.add_message(self.chat, self.creator.json, value)
        self.chat.note("status", self.creator.name, said)
        if bot_sees(self.state, message):
            self.state.updates.push("message", message.to_json(), self.chat.id)
