"""All settings of the program; see the README's table."""

from typing import Annotated

from pydantic import AnyHttpUrl, Field, SecretStr

from index import IndexSettings


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
    webhook_host: str = "127.0.0.1"
    """Address that the webhook listens on; 0.0.0.0 where what stands before it is elsewhere."""
    retention_days: Annotated[int, Field(ge=1, le=3650)] = 90
    """How long feedback and unanswered questions are kept, in days."""
    questions_per_minute: Annotated[int, Field(ge=1, le=600)] = 12
    """How many questions one user may ask in a minute."""
