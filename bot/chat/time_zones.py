"""Time zones of people: guessed from their language, changed with one tap."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from index.language import primary

MORNING_HOUR = 9
"""Of somebody's day: when they are reminded."""
ZONES = (
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Asia/Bangkok",
    "Asia/Dubai",
    "Europe/Moscow",
    "Asia/Riyadh",
    "Europe/Berlin",
    "UTC",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Bogota",
    "America/Los_Angeles",
)
"""Those to choose from."""
_OF_LANGUAGE = {
    "zh": "Asia/Shanghai",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Tokyo",
    "vi": "Asia/Bangkok",
    "ru": "Europe/Moscow",
    "ar": "Asia/Riyadh",
    "es": "America/Bogota",  # nine there is a decent hour from Mexico to Spain
}
_ELSEWHERE = "UTC"
"""Nine there is day from London to Beijing."""


def usual_zone(*languages: str | None) -> str:
    """Where people of a language mostly are, by the first of several that tells."""
    known = (_OF_LANGUAGE.get(primary(language)) for language in languages if language)
    return next(filter(None, known), _ELSEWHERE)


def zone_name(zone: str, language: str, at: datetime | None = None) -> str:
    """A zone as people of a language call it, with its offset: 上海 UTC+8."""
    offset = (at or datetime.now(UTC)).astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    hours = offset / timedelta(hours=1)
    if not hours:
        return "UTC"
    locale = {"zh-Hant": "zh_Hant", "en": "en_GB"}.get(language, primary(language))
    city = get_timezone_location(zone, locale=locale, return_city=True)
    return f"{city} UTC{hours:+g}"


def zone_rows(language: str, columns: int = 2) -> Iterator[list[tuple[str, str]]]:
    """(zone, name) of those to choose from, so many in a row."""
    named = [(zone, zone_name(zone, language)) for zone in ZONES]
    for first in range(0, len(named), columns):
        yield named[first : first + columns]
