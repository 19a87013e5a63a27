"""Whether a number is an amount: by the currency or unit beside it, in many languages.

The names of currencies and units are those of the Unicode locale data (Babel).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies

from bot.store.folding import folded
from index.language import to_simplified

_LOCALES = ("zh", "zh_Hant", "en", "en_GB", "ja", "ko", "ru", "ar", "vi")
_NOUN_FIRST = ("ar", "vi")
"""Elsewhere a currency's name ends with its noun, or with the country: доллар США."""
_MEASURES = ("area", "digital", "electric", "energy", "length", "mass", "power", "volume")
"""Kinds of units that large numbers are given in."""
_LEAST_CHARS = 3
"""Shorter names are other words as well: in, or."""
_LAST_RUN = re.compile(r"(?:[ァ-ヶー]+|[^ァ-ヶー\s])$")
"""The noun of a Japanese name: 香港ドル, 日本円."""
_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CODE = re.compile(r"\s?(?P<code>[A-Z]{3})(?![A-Za-z])")
_WORD = re.compile(r"\s?(?P<word>[^\W\d_]+)")
_NEXT = re.compile(r"\s?[多余]?(?P<next>\S{1,16})")
_LAST = re.compile(r"(?P<last>\S{1,4})\s?$")


def is_counted(text: str, end: int) -> bool:
    """Whether a currency or a unit follows a number.

    Args:
        text: Folded.
        end: Of the number.
    """
    code, word, following = (each.match(text, end) for each in (_CODE, _WORD, _NEXT))
    return bool(
        (code and code["code"] in _codes())
        or (word and word["word"] in _words())
        or (following and following["next"].casefold().startswith(_beginnings()))
    )


def is_priced(text: str, start: int) -> bool:
    """Whether a currency stands before a number that begins at `start` of a folded text."""
    before = _LAST.search(text, max(0, start - 6), start)
    if before is None:
        return False
    code = re.search(r"(?<![A-Za-z])[A-Z]{3}$", before["last"])
    return bool(code and code[0] in _codes()) or before["last"].casefold().endswith(_signs())


@cache
def _codes() -> frozenset[str]:
    """ISO 4217 codes of what is paid with today."""
    territories = get_global("territory_currencies")
    return frozenset(code for each in territories for code in get_territory_currencies(each))


@cache
def _words() -> frozenset[str]:
    """Names in scripts that put spaces between words; in small letters, unlike people's."""
    return frozenset(
        name for name in _names() if len(name) >= _LEAST_CHARS and not _WITHOUT_SPACES.search(name)
    )


@cache
def _beginnings() -> tuple[str, ...]:
    """Names after which another word may follow at once, and signs."""
    return (*(name for name in _names() if _WITHOUT_SPACES.search(name)), *_signs())


@cache
def _signs() -> tuple[str, ...]:
    """Such as ₩ and HK$."""
    signs = {sign for code in _LOCALES for sign in Locale.parse(code).currency_symbols.values()}
    return tuple(
        _folded(sign)
        for sign in sorted(signs)
        if any(unicodedata.category(character) == "Sc" for character in sign)
    )


@cache
def _names() -> tuple[str, ...]:
    locales = [Locale.parse(code) for code in _LOCALES]
    found = {_folded(name) for each in locales for name in (*_currencies(each), *_units(each))}
    return tuple(sorted(found))


def _currencies(locale: Locale) -> Iterator[str]:
    # Babel's own functions give one form at a time, each for a number.
    plurals = locale._data["currency_names_plural"]
    for code in _codes():
        title = locale.currencies.get(code)
        forms = set(plurals.get(code, {}).values()) or ({title} if title else set())
        for name in forms:
            yield from _nouns(name, locale.language)


def _nouns(name: str, language: str) -> Iterator[str]:
    words = name.split()
    if language == "zh":
        yield from (name, to_simplified(name))
    elif language == "ja":
        yield from _LAST_RUN.findall(name)
    elif language in _NOUN_FIRST or words[-1][0].isupper():
        yield words[0]
    else:
        yield words[-1]


def _units(locale: Locale) -> Iterator[str]:
    """Names of one word as they stand after a number; of areas the first word also."""
    for unit, widths in locale._data["unit_patterns"].items():
        kind = unit.partition("-")[0]
        patterns = widths.get("long", {}) if kind in _MEASURES else {}
        for count, pattern in patterns.items():
            words = str(pattern).removeprefix("{0}").split()
            is_plain = count != "per" and words and "{" not in str(pattern)[3:]
            if is_plain and len(words[0]) > 1 and (len(words) == 1 or kind == "area"):
                yield words[0]


def _folded(name: str) -> str:
    return folded(name).text.strip().casefold()
