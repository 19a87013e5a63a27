"""Everything the fake knows, behind one lock: the server's thread and the test's share it."""

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.fake.errors import ApiError, bad_request
from tests.telegram.fake.faults import Faults
from tests.telegram.fake.model import Chat, Json, Message, StoredFile
from tests.telegram.fake.rates import RateLimiter
from tests.telegram.fake.updates import UpdateQueue


@dataclass(slots=True)
class ApiCall:
    """One call of the bot. `warnings`: what Telegram would change without saying so."""

    at: float
    method: str
    params: Json
    status: int = 0
    description: str = ""
    result: Any = None
    injected: bool = False
    seconds: float = 0.0
    warnings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Webhook:
    """What setWebhook was told, and how delivery goes."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""


@dataclass(slots=True)
class CallbackQuery:
    """A pressed button that waits for its answer."""

    chat: Chat
    user: Json
    expired: bool = False
    answered: bool = False


@dataclass(slots=True)
class InlineQuery:
    """What a user types after @bot; `results` once the bot answered."""

    query_id: str
    user: Json
    query: str
    offset: str
    results: list[Json] | None = None
    options: Json = field(default_factory=dict)
    expired: bool = False


@dataclass
class State:
    """The whole of this little Telegram."""

    token: str
    bot: Json
    privacy_mode: bool = True
    wake: Callable[[], None] = lambda: None
    lock: threading.RLock = field(default_factory=threading.RLock)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    callbacks: dict[str, CallbackQuery] = field(default_factory=dict)
    inline_queries: dict[str, InlineQuery] = field(default_factory=dict)
    inline_messages: dict[str, Message] = field(default_factory=dict)
    commands: dict[tuple[str, ...], list[Json]] = field(default_factory=dict)
    profile: dict[tuple[str, str], str] = field(default_factory=dict)
    calls: list[ApiCall] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    rates: RateLimiter = field(default_factory=RateLimiter)
    webhook: Webhook = field(default_factory=Webhook)
    numbers: itertools.count = field(default_factory=lambda: itertools.count(1))
    message_numbers: dict[int, itertools.count] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.updates = UpdateQueue(self._wake)

    def _wake(self) -> None:
        self.wake()  # set only when the server runs

    def chat(self, chat_id: Any) -> Chat:
        """The chat a call names, or "chat not found"."""
        if chat_id in (None, ""):
            raise bad_request("chat_id is empty")
        chat = self.chats.get(int(chat_id)) if str(chat_id).lstrip("-").isdigit() else None
        if chat is None or not chat.started:
            raise bad_request("chat not found")
        return chat

    def writable_chat(self, chat_id: Any) -> Chat:
        """The same, and the bot may write there."""
        chat = self.chat(chat_id)
        refusal: ApiError | None = chat.refusal()
        if refusal:
            raise refusal
        return chat

    def add_message(self, chat: Chat, sender: Json, content: Json, **more: Any) -> Message:
        """Put a message into a chat. Private chats share their numbers, as at Telegram."""
        lane = chat.id if chat.kind == "supergroup" else 0
        numbers = self.message_numbers.setdefault(lane, itertools.count(1))
        message = Message(next(numbers), chat, sender, content, **more)
        chat.messages[message.message_id] = message
        return message

    def store_file(self, name: str, mime_type: str, content: bytes, size: int = 0) -> StoredFile:
        """Keep a file; `size` pretends that it is larger than what is kept."""
        file_id = f"file-{next(self.numbers):06d}"
        stored = StoredFile(file_id, name, mime_type, content, size or len(content))
        self.files[file_id] = stored
        return stored

    def bot_message(self, chat: Chat, content: Json, **more: Any) -> Message:
        """A message of the bot: people see it, and the test may read it."""
        message = self.add_message(chat, self.bot, content, **more)
        chat.note("message", self.bot["first_name"], message.text, message)
        if message.markup and "keyboard" in message.markup:
            chat.reply_keyboard = [
                [button["text"] for button in row] for row in message.markup["keyboard"]
            ]
        elif message.markup and message.markup.get("remove_keyboard"):
            chat.reply_keyboard = []
        chat.unread.append(message)
        return message

    def log_call(self, method: str, params: Json) -> ApiCall:
        """Write down a call when it comes."""
        call = ApiCall(time.time(), method, params)
        self.calls.append(call)
        return call
