"""Who talks to the bot."""

from dataclasses import dataclass

from index.language import canonical, primary

INTERFACES = {
    "zh": "中文",
    "zh-Hant": "繁體",
    "en": "English",
    "ru": "Русский",
    "vi": "Tiếng Việt",
    "es": "Español",
    "ar": "العربية",
}
"""The languages of the interface, each by its own name."""


AT_TERMINAL = 0
"""Telegram gives nobody this id."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where messages are sent: a chat, and in a forum the topic, None for General."""

    chat_id: int
    thread_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who writes, and where.

    Who writes in the name of a chat, as anonymous administrators do, is that chat: `user_id` is
    its id then. `telegram_language` is what their Telegram is set to, `thread_id` the topic of a
    forum.
    """

    user_id: int
    chat_id: int
    name: str = ""
    telegram_language: str | None = None
    thread_id: int | None = None
    is_private: bool = True

    @property
    def can_be_reminded(self) -> bool:
        """Whether they alone can be written to later: not in groups, nor at a terminal."""
        return self.is_private and self.user_id != AT_TERMINAL

    @property
    def place(self) -> Place:
        """Where answers go: to where the message came from, and nowhere else."""
        return Place(self.chat_id, self.thread_id)


def interface_language(telegram_language: str | None) -> str:
    """The interface language for what somebody's Telegram is set to."""
    code = canonical(telegram_language or "")
    return next((each for each in (code, primary(code)) if each in INTERFACES), "en")
