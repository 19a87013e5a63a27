"""Profiles in words: what their codes are called, and why something fits."""

from collections.abc import Sequence

from bot.lists.fitting import (
    DIRECTIONS,
    INDUSTRIES,
    MARKET_REGIONS,
    Aspect,
    Profile,
    Reason,
    merged,
)
from bot.texts import interface, text
from index.language import to_traditional
from index.places import PROVINCES, country_name, province_name

ITEMS = ("industry", "province", "direction", "markets")
"""What a profile says, in the order of the questions."""


def code_name(code: str, language: str) -> str:
    """What a code of a profile is called."""
    if code in INDUSTRIES:
        return interface(f"industry_{code}", language)
    if code in DIRECTIONS:
        return interface(f"direction_{code}", language)
    if code in MARKET_REGIONS:
        return interface(f"region_{code}", language)
    if code not in PROVINCES:
        return country_name(code, language)
    name = province_name(code, language)
    return to_traditional(name) if language == "zh-Hant" else name


def said_of(profile: Profile, item: str) -> tuple[str, ...]:
    """The codes that a profile has for one of its items."""
    if item == "markets":
        return profile.markets
    code = str(getattr(profile, item))
    return (code,) if code else ()


def names_of(codes: Sequence[str], language: str) -> str:
    """What codes are called, one after the other."""
    return text("comma", language).join(code_name(code, language) for code in codes)


def why(reasons: Sequence[Reason], language: str) -> str:
    """Why something fits a profile, or several things do."""
    comma = interface("remark_comma", language)
    return comma.join(_in_words(reason, language) for reason in merged(reasons))


def _in_words(reason: Reason, language: str) -> str:
    if reason.aspect is Aspect.DIRECTION:
        comma = interface("remark_comma", language)
        return comma.join(interface(f"fits_{code}", language) for code in reason.codes)
    names = names_of(reason.codes, language)
    return interface(f"fits_{reason.aspect.name.lower()}", language, names=names)
