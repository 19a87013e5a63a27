"""All settings of the program; see the README's table."""

from typing import Annotated

from pydantic import AnyHttpUrl, Field, SecretStr, field_validator

from index import IndexSettings

_NOBODY = {
    1087968824: "every anonymous administrator of any group",
    136817688: "everybody who writes in the name of any channel",
    777000: "Telegram itself, which passes on posts of channels",
}
"""Ids that Telegram puts in the place of a sender. Source: Bot API, Message, `from`."""


class BotSettings(IndexSettings):
    """What the bot needs beside the index."""

    telegram_token: SecretStr | None = None
    """From @BotFather. Without it `smebot run` opens the conversation in the terminal."""
    telegram_api_url: AnyHttpUrl = AnyHttpUrl("https://api.telegram.org")
    """Root of the Bot API; another one for a self-hosted server."""
    staff_ids: frozenset[int] = frozenset()
    """Telegram user ids of staff, JSON: `[11, 12]`."""
    webhook_url: AnyHttpUrl | None = None
    """Public address for updates; long polling if there is none."""
    health_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    """Port of the health page; none if there is none."""
    webhook_port: Annotated[int, Field(ge=1, le=65535)] = 8080
    """Port that the webhook listens on, behind the public address."""
    retention_days: Annotated[int, Field(ge=1, le=3650)] = 90
    """How long feedback and unanswered questions are kept, in days."""
    questions_per_minute: Annotated[int, Field(ge=1, le=600)] = 12
    """How many questions one user may ask in a minute."""

    @field_validator("staff_ids")
    @classmethod
    def _are_people(cls, ids: frozenset[int]) -> frozenset[int]:
        for user_id in sorted(ids):
            if user_id in _NOBODY:
                raise ValueError(
                    f"{user_id} stands for {_NOBODY[user_id]}: name the people by their own ids"
                )
            if user_id <= 0:
                raise ValueError(f"{user_id} is no person: ids of people are above 0")
        return ids
