"""Countries by their names in six languages (CLDR) and by the names people use."""

import re
from functools import cache

from babel import Locale

from index.language import to_simplified

_LOCALES = ("zh", "en", "ru", "ja", "ko", "ar")
_COMMON_NAMES = {
    "AE": "阿联酋|uae|emirates|迪拜|dubai|阿布扎比|abu dhabi|оаэ|الإمارات|아랍에미리트|ドバイ",
    "BY": "白俄",
    "CI": "科特迪瓦|ivory coast",
    "CZ": "捷克|czech republic",
    "EG": "egyptian",
    "GB": "英国|uk|britain|england",
    "HK": "香港|hong kong|гонконг|홍콩",
    "JP": "japanese",
    "KR": "韩国|south korea|korea|한국|корея|南韩",
    "KP": "朝鲜|north korea",
    "LA": "老挝|laos",
    "MM": "myanmar|缅甸",
    "MO": "澳门|macao|macau",
    "RU": "俄罗斯|russia|俄国|对俄|россия|россии|러시아",
    "SA": "沙特|saudi|saudi arabia",
    "TW": "台湾|taiwan",
    "US": "美国|usa|u.s.|united states|america|сша|미국|アメリカ",
    "VN": "vietnamese",
    "DE": "德国|german|germany",
    "TR": "türkiye|turkey",
}
_NOT_ALONE = {"chad", "jordan", "guinea", "man", "us", "马里"}
"""Names that mean something else too often."""


def countries_in(text: str) -> frozenset[str]:
    """ISO 3166-1 codes of the countries that a text names, in any of six languages."""
    names, pattern = _names()
    return frozenset(names[match[0]] for match in pattern.finditer(_folded(text)))


def country_name(code: str, language: str) -> str:
    """The usual name of a country in a language; the code where CLDR has none."""
    return str(Locale.parse(language.replace("-", "_")).territories.get(code, code))


def _folded(text: str) -> str:
    return to_simplified(text).casefold()


@cache
def _names() -> tuple[dict[str, str], re.Pattern[str]]:
    names: dict[str, str] = {}
    for locale in _LOCALES:
        for code, name in Locale.parse(locale).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "UN", "EZ", "ZZ"):
                names[_folded(str(name))] = code
    for code, common in _COMMON_NAMES.items():
        names |= {_folded(name): code for name in common.split("|")}
    for name in _NOT_ALONE:
        names.pop(name, None)
    # Longest first, and Latin or Cyrillic names only as whole words.
    ordered = sorted(names, key=len, reverse=True)
    return names, re.compile("|".join(_as_word(name) for name in ordered))


def _as_word(name: str) -> str:
    escaped = re.escape(name)
    return rf"(?<!\w){escaped}(?!\w)" if re.match(r"[a-zà-ÿа-я]", name) else escaped
