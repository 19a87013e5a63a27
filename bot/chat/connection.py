"""How Telegram is reached: directly, or through a proxy."""

from dataclasses import dataclass
from urllib.request import getproxies, proxy_bypass

from pydantic import TypeAdapter, ValidationError
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot.errors import TelegramStartError
from bot.settings import BotSettings, ProxyUrl, without_secrets
from index.validation import explain

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
        reason = explain(error, BotSettings).reason
        raise TelegramStartError(
            f"{variable} is no proxy that can be used ({reason}): correct it, "
            "or set SMEBOT_TELEGRAM_PROXY"
        ) from error
    return Proxy(variable, parsed)


def way_to_telegram(settings: BotSettings) -> str:
    """The Bot API's address and the proxy to it, without secrets.

    Raises:
        TelegramStartError: The environment names a proxy that cannot be used.
    """
    proxy = proxy_for(settings)
    return without_secrets(settings.telegram_api_url) + (f" through {proxy}" if proxy else "")


def trouble(settings: BotSettings, error: Exception) -> str:
    """What to say where a call to the Bot API failed; no secret is in it."""
    if isinstance(error, InvalidToken):
        return NOT_ACCEPTED
    way = way_to_telegram(settings)
    if not isinstance(error, NetworkError):  # what came may be JSON, but not Telegram's
        return (
            f"{way} does not answer as Telegram's Bot API does ({type(error).__name__}): look at "
            "SMEBOT_TELEGRAM_API_URL"
        )
    cause = error.__cause__ or error
    reason = f"{type(cause).__name__}: {cause}".strip(" :")
    remedy = (
        "look at that proxy, at its user and password, and at the network"
        if proxy_for(settings)
        else "look at the network and at SMEBOT_TELEGRAM_API_URL; where Telegram is blocked, set "
        "SMEBOT_TELEGRAM_PROXY"
    )
    return f"{way} cannot be reached ({reason}): {remedy}"


async def ask_who_we_are(settings: BotSettings) -> str:
    """The bot's name, as Telegram tells it.

    Raises:
        TelegramStartError: There is no token, Telegram cannot be reached, does not accept it, or
            something else answers.
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
    except (TelegramError, TypeError, KeyError) as error:
        raise TelegramStartError(trouble(settings, error)) from error
    finally:
        await request.shutdown()
