"""How Telegram is reached: directly, or through a proxy."""

from dataclasses import dataclass
from urllib.request import getproxies, proxy_bypass

from pydantic import TypeAdapter, ValidationError
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.errors import TelegramStartError
from bot.settings import BotSettings, ProxyUrl, without_secrets

NOT_ACCEPTED = (
    "Telegram does not accept SMEBOT_TELEGRAM_TOKEN: take the token from @BotFather again"
)
CONNECT_S = 10.0
_PROXY_URL = TypeAdapter(ProxyUrl)


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy and the variable that names it."""

    variable: str
    url: ProxyUrl

    def __str__(self) -> str:
        return f"the proxy {without_secrets(self.url)} of {self.variable}"


def proxy_for(settings: BotSettings) -> Proxy | None:
    """The proxy for all calls to Telegram: that of the settings, else that of the environment.

    Raises:
        TelegramStartError: The environment names one that cannot be used.
    """
    if settings.telegram_proxy:
        return Proxy("SMEBOT_TELEGRAM_PROXY", settings.telegram_proxy.get_secret_value())
    given = {
        scheme: _parsed(f"{scheme.upper()}_PROXY", url)
        for scheme, url in getproxies().items()
        if scheme in ("http", "https", "all")
    }
    api = settings.telegram_api_url
    if proxy_bypass(api.host or ""):
        return None
    return given.get(api.scheme) or given.get("all")


def _parsed(variable: str, url: str) -> Proxy:
    try:
        parsed = _PROXY_URL.validate_python(url if "://" in url else f"http://{url}")
    except ValidationError as error:
        raise TelegramStartError(
            f"{variable} is no proxy that can be used ({error.errors()[0]['msg']}): correct it, "
            "or set SMEBOT_TELEGRAM_PROXY"
        ) from error
    return Proxy(variable, parsed)


def unreachable(settings: BotSettings, error: TelegramError) -> TelegramStartError:
    """What to say where the Bot API cannot be reached; no secret is in it."""
    proxy = proxy_for(settings)
    cause = error.__cause__ or error
    said = str(cause).strip()
    reason = f"{type(cause).__name__}: {said}" if said else type(cause).__name__
    place = without_secrets(settings.telegram_api_url)
    if proxy:
        return TelegramStartError(
            f"{place} cannot be reached through {proxy} ({reason}): look at that proxy, at its "
            "user and password, and at the network"
        )
    return TelegramStartError(
        f"{place} cannot be reached ({reason}): look at the network and at "
        "SMEBOT_TELEGRAM_API_URL; where Telegram is blocked, set SMEBOT_TELEGRAM_PROXY"
    )


async def ask_who_we_are(settings: BotSettings) -> str:
    """The bot's name, as Telegram tells it.

    Raises:
        TelegramStartError: There is no token, Telegram cannot be reached, or does not accept it.
    """
    if settings.telegram_token is None:
        raise TelegramStartError("SMEBOT_TELEGRAM_TOKEN is not set")
    proxy = proxy_for(settings)
    request = HTTPXRequest(
        proxy=str(proxy.url) if proxy else None, connect_timeout=CONNECT_S, read_timeout=CONNECT_S
    )
    root = str(settings.telegram_api_url).rstrip("/")
    try:
        bot = Bot(settings.telegram_token.get_secret_value(), f"{root}/bot", request=request)
        async with bot:
            return bot.username
    except InvalidToken as error:
        raise TelegramStartError(NOT_ACCEPTED) from error
    except TelegramError as error:
        raise unreachable(settings, error) from error
    finally:
        await request.shutdown()
