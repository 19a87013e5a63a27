"""All settings of the program; `bot/README.md` has a table of them."""

from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    AnyUrl,
    BeforeValidator,
    Field,
    Secret,
    SecretStr,
    UrlConstraints,
    ValidationInfo,
    field_validator,
)

from index.documents import CHECKS_FOLDER
from index.settings import Folder, IndexSettings

_NOBODY = {
    1087968824: "every anonymous administrator of any group",
    136817688: "everybody who writes in the name of any channel",
    777000: "Telegram itself, which passes on posts of channels",
}
"""Ids that Telegram puts in the place of a sender. Source: Bot API, Message, `from`."""
_LEAST_PASSWORD_CHARS = 12
_DATABASES = ("postgresql+psycopg", "postgresql")
_LARGEST_ID = 2**52 - 1
"""Source: Bot API, User, `id`: "at most 52 significant bits"."""


def _nothing_behind_the_host(url: AnyUrl) -> AnyUrl:
    """A password with a # seems to end the address: the rest would be lost in silence."""
    if url.fragment or url.query or (url.path or "/") != "/":
        raise ValueError(
            "ends in more than a host and port; in a name or password write # as %23, / as %2F, "
            "? as %3F"
        )
    return url


def _no_truth_nor_fraction(value: object) -> object:
    if isinstance(value, bool | float):
        raise ValueError("must be a whole number")  # noqa: TRY004 - pydantic expects it
    return value


ProxyUrl = Annotated[
    AnyUrl,
    UrlConstraints(allowed_schemes=["http", "https", "socks5", "socks5h"], host_required=True),
    AfterValidator(_nothing_behind_the_host),
]


def _one_line(text: str) -> str:
    """As it stands in a message to people."""
    text = text.strip()
    if not text.isprintable():
        raise ValueError("must be one line of plain text")
    return text


ShownText = Annotated[str, Field(max_length=200), AfterValidator(_one_line)]
UserId = Annotated[int, BeforeValidator(_no_truth_nor_fraction)]


def _trimmed(token: SecretStr) -> SecretStr:
    """Without the spaces and line ends that come along when it is copied."""
    text = token.get_secret_value().strip()
    if not text.isprintable() or " " in text:
        raise ValueError("holds characters that no token has: copy it from @BotFather again")
    return SecretStr(text)


def _database(url: SecretStr) -> SecretStr:
    """The address of a database, of which no error may say more: it holds a password."""
    text = url.get_secret_value().strip()
    if text:
        try:
            parts = urlsplit(text)
            is_sound = parts.scheme in _DATABASES and len(parts.path) > 1 and parts.port != 0
        except ValueError:
            is_sound = False
        if not is_sound:
            raise ValueError(
                "must be postgresql+psycopg://user:password@host/name; in a password write @ as "
                "%40, / as %2F, # as %23"
            )
    return SecretStr(text)


def _in_the_corpus(settings: dict[str, Any]) -> tuple[Path, ...]:
    """The checks of the corpus that is served, whatever the current directory is."""
    corpus: Path = settings["corpus_dirs"][-1]
    return (corpus / CHECKS_FOLDER,)


class BotSettings(IndexSettings):
    """What the bot needs beside the index."""

    check_dirs: tuple[Folder, ...] = Field(
        default_factory=_in_the_corpus, min_length=1, examples=['["corpus/checks"]']
    )
    """Directories with canned checks, JSON; `checks` in the last corpus directory."""
    database_url: Annotated[
        SecretStr,
        AfterValidator(_database),
        Field(examples=["postgresql+psycopg://smebot:password@127.0.0.1/smebot"]),
    ] = SecretStr("")
    """Of a PostgreSQL database for several replicas: `postgresql+psycopg://user:password@host/name`;
    if it is empty, everything is kept in a file in the data directory."""
    telegram_token: Annotated[SecretStr, AfterValidator(_trimmed)] | None = None
    """From @BotFather. Without it `smebot run` opens the conversation in the terminal."""
    telegram_api_url: Annotated[AnyHttpUrl, Field(examples=["https://api.telegram.org"])] = (
        AnyHttpUrl("https://api.telegram.org")
    )
    """Root of the Bot API; another one for a self-hosted server."""
    telegram_proxy: Annotated[
        Secret[ProxyUrl] | None, Field(examples=["socks5://127.0.0.1:1080"])
    ] = None
    """For all calls to Telegram: `socks5://user:password@host:port`, socks5h, http or https; if
    there is none, that of `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY`."""
    staff_ids: Annotated[frozenset[UserId], Field(examples=["[11, 12]"])] = frozenset()
    """Telegram user ids of staff, JSON: `[11, 12]`."""
    webhook_url: Annotated[AnyHttpUrl | None, Field(examples=["https://bot.example.org"])] = None
    """Public address for updates; long polling if there is none."""
    health_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    """Port of the pages for monitoring: `/live`, `/health`, `/ready`, `/metrics`."""
    report_password: SecretStr | None = None
    """Opens staff's report at `/report` of that port; it is not there if there is none."""
    log: Literal["text", "json"] = "text"
    """How `smebot run` writes its log: as text for people, or as JSON lines for machines."""
    webhook_port: Annotated[int, Field(ge=1, le=65535)] = 8080
    """Port that the webhook listens on, behind the public address."""
    webhook_host: str = "127.0.0.1"
    """Address that the webhook listens on; 0.0.0.0 where what stands before it is elsewhere."""
    retention_days: Annotated[int, Field(ge=1, le=3650)] = 90
    """How long answers, feedback and unanswered questions are kept, in days."""
    operator_name: ShownText = ""
    """Who runs the bot, as people are told."""
    operator_contact: ShownText = ""
    """Where that one is reached: text, a link, or @name."""
    operator_hours: ShownText = ""
    """When people answer there."""
    handover_chat_id: Annotated[UserId | None, Field(examples=["-1001234567890"])] = None
    """Telegram id of the group of staff that questions are passed on to."""
    transcribe_url: Annotated[
        AnyHttpUrl | None, Field(examples=["http://127.0.0.1:8000/v1/audio/transcriptions"])
    ] = None
    """Where voice messages are written down, as OpenAI's transcriptions are; if there is none,
    who speaks is asked to write."""
    transcribe_model: str = "whisper-1"
    """The model that is asked for there."""
    transcribe_key: SecretStr | None = None
    """Sent there as a bearer token."""
    questions_per_minute: Annotated[int, Field(ge=1, le=600)] = 12
    """How many questions one user may ask in a minute."""

    @property
    def database_file(self) -> Path:
        """Where everything is kept if there is no database URL."""
        return self.data_dir / "smebot.sqlite"

    @property
    def has_database(self) -> bool:
        """Whether anything can have been kept."""
        return bool(self.database_url.get_secret_value()) or self.database_file.is_file()

    @field_validator("staff_ids")
    @classmethod
    def _are_people(cls, ids: frozenset[int]) -> frozenset[int]:
        for user_id in sorted(ids):
            if user_id in _NOBODY:
                raise ValueError(
                    f"{user_id} stands for {_NOBODY[user_id]}: name the people by their own ids"
                )
            if not 0 < user_id <= _LARGEST_ID:
                raise ValueError(
                    "holds a number that is no person's id: those are above 0 and of 16 digits "
                    "at most (a group's are below 0)"
                )
        return ids

    @field_validator("report_password")
    @classmethod
    def _is_no_guess(cls, password: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if password and len(password.get_secret_value()) < _LEAST_PASSWORD_CHARS:
            raise ValueError(f"must have at least {_LEAST_PASSWORD_CHARS} characters")
        if password and info.data.get("health_port", 0) is None:
            raise ValueError("needs SMEBOT_HEALTH_PORT, where the report is shown")
        return password

    @field_validator("handover_chat_id")
    @classmethod
    def _is_chat(cls, chat_id: int | None) -> int | None:
        if chat_id is not None and not 0 < abs(chat_id) <= _LARGEST_ID:
            raise ValueError("is no chat's id: those are not 0 and have 16 digits at most")
        return chat_id


def without_secrets(url: AnyUrl) -> str:
    """A URL as it may be shown: `https://user:***@host/path?***`."""
    parts = urlsplit(str(url))
    credentials, at, host = parts.netloc.rpartition("@")
    user, has_password, _ = credentials.partition(":")
    shown = f"{user}:***" if has_password else "***" if at else ""
    query = "?***" if parts.query else ""
    return f"{parts.scheme}://{shown}{at}{host}{parts.path.rstrip('/')}{query}"
