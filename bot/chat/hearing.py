"""Voice messages in words: a server that speaks as OpenAI's transcriptions do writes them down."""

import asyncio

import httpx
from telegram import Bot, Voice
from telegram.error import TelegramError

from bot.errors import HearingError
from bot.settings import BotSettings

LONGEST_S = 120
"""Longest voice message that is written down, in seconds."""
_PATIENCE_S = 40.0
"""For fetching it and writing it down; whoever spoke waits so long."""


class Hearing:
    """Writes down what was said; nothing of it is kept here."""

    def __init__(self, url: str, model: str, key: str | None) -> None:
        """Reached at an address.

        Args:
            url: Of `/v1/audio/transcriptions`.
            model: What the server calls it.
            key: Sent as a bearer token.
        """
        self._url = url
        self._model = model
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    async def words_of(self, voice: Voice, bot: Bot) -> str:
        """What was said; nothing if there are no words in it.

        Args:
            voice: A voice message.
            bot: Fetches it.

        Raises:
            HearingError: It cannot be fetched or written down now.
        """
        try:
            async with asyncio.timeout(_PATIENCE_S):
                file = await bot.get_file(voice.file_id)
                sound = bytes(await file.download_as_bytearray())
                return await self._written_down(sound, voice.mime_type or "audio/ogg")
        except TelegramError as error:
            raise HearingError(f"Telegram does not hand it out ({type(error).__name__})") from None
        except (httpx.HTTPError, OSError) as error:  # a timeout is an OSError
            raise HearingError(f"{_reason(error)}: look at SMEBOT_TRANSCRIBE_URL") from None
        except (ValueError, KeyError, TypeError):
            raise HearingError("no transcript came: look at SMEBOT_TRANSCRIBE_URL") from None

    async def _written_down(self, sound: bytes, mime_type: str) -> str:
        async with httpx.AsyncClient(headers=self._headers, timeout=_PATIENCE_S) as client:
            answer = await client.post(
                self._url,
                data={"model": self._model, "response_format": "json"},
                files={"file": ("voice.ogg", sound, mime_type)},
            )
        answer.raise_for_status()
        said = answer.json()["text"]
        if not isinstance(said, str):
            raise TypeError
        return " ".join(said.split())


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"HTTP {error.response.status_code}"
    return type(error).__name__


def length_s(voice: Voice) -> int:
    """How long somebody spoke, in seconds; the library's own attribute is about to change."""
    return int(voice.to_dict()["duration"])


def hearing_of(settings: BotSettings) -> Hearing | None:
    """What writes voice messages down; None if the settings name nothing."""
    if settings.transcribe_url is None:
        return None
    key = settings.transcribe_key
    return Hearing(
        str(settings.transcribe_url),
        settings.transcribe_model,
        key.get_secret_value() if key else None,
    )
