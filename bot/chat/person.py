"""Who talks to the bot."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who writes, and where. `telegram_language` is what their Telegram is set to."""

    user_id: int
    chat_id: int
    name: str = ""
    telegram_language: str | None = None


def interface_language(telegram_language: str | None) -> str:
    """The interface language for what somebody's Telegram is set to."""
    code = (telegram_language or "").lower()
    if code.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo")):
        return "zh-Hant"
    return "zh" if code.startswith("zh") else "en"
