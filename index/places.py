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
    "ID": "印尼|インドネシア|인도네시아",
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
    "VN": "vietnamese|viet nam",
    "DE": "德国|german|germany",
    "TR": "türkiye|turkey",
}
_NOT_ALONE = {"chad", "jordan", "guinea", "man", "us", "马里"}
"""Names that mean something else too often."""


PROVINCES = {
    "CN-AH": ("安徽", "Anhui"),
    "CN-BJ": ("北京", "Beijing"),
    "CN-CQ": ("重庆", "Chongqing"),
    "CN-FJ": ("福建", "Fujian"),
    "CN-GD": ("广东", "Guangdong"),
    "CN-GS": ("甘肃", "Gansu"),
    "CN-GX": ("广西", "Guangxi"),
    "CN-GZ": ("贵州", "Guizhou"),
    "CN-HA": ("河南", "Henan"),
    "CN-HB": ("湖北", "Hubei"),
    "CN-HE": ("河北", "Hebei"),
    "CN-HI": ("海南", "Hainan"),
    "CN-HK": ("香港", "Hong Kong"),
    "CN-HL": ("黑龙江", "Heilongjiang"),
    "CN-HN": ("湖南", "Hunan"),
    "CN-JL": ("吉林", "Jilin"),
    "CN-JS": ("江苏", "Jiangsu"),
    "CN-JX": ("江西", "Jiangxi"),
    "CN-LN": ("辽宁", "Liaoning"),
    "CN-MO": ("澳门", "Macao"),
    "CN-NM": ("内蒙古", "Inner Mongolia"),
    "CN-NX": ("宁夏", "Ningxia"),
    "CN-QH": ("青海", "Qinghai"),
    "CN-SC": ("四川", "Sichuan"),
    "CN-SD": ("山东", "Shandong"),
    "CN-SH": ("上海", "Shanghai"),
    "CN-SN": ("陕西", "Shaanxi"),
    "CN-SX": ("山西", "Shanxi"),
    "CN-TJ": ("天津", "Tianjin"),
    "CN-TW": ("台湾", "Taiwan"),
    "CN-XJ": ("新疆", "Xinjiang"),
    "CN-XZ": ("西藏", "Xizang"),
    "CN-YN": ("云南", "Yunnan"),
    "CN-ZJ": ("浙江", "Zhejiang"),
}
"""ISO 3166-2 code -> Chinese and English name."""


def provinces_in(text: str) -> frozenset[str]:
    """ISO 3166-2 codes of the Chinese provinces that a text names, in Chinese or English."""
    folded = _folded(text)
    return frozenset(
        code
        for code, (chinese, english) in PROVINCES.items()
        if chinese in folded or re.search(rf"\b{english.casefold()}\b", folded)
    )


def province_name(code: str, language: str) -> str:
    """The usual name of a province; the code where it is unknown."""
    chinese, english = PROVINCES.get(code, (code, code))
    return chinese if language.startswith("zh") else english


REGIONS = {
    "ASEAN": (
        r"东盟|东南亚|\basean\b|southeast asia|асеан|아세안|آسيان",
        "BN KH ID LA MY MM PH SG TH VN",
    ),
    "CENTRAL-ASIA": (
        r"中亚|central asia|центральн\w+ ази|중앙아시아|آسيا الوسطى|中央アジア",
        "KZ KG TJ TM UZ",
    ),
    "GULF": (r"海湾|\bgulf\b|\bgcc\b", "AE BH KW OM QA SA"),
    "AFRICA": (r"非洲|\bafrican?\b|африк|アフリカ|아프리카|أفريقيا", "DZ EG ET KE MA NG TN ZA"),
    "ARAB": (
        r"阿拉伯国家|\barab\b|арабск|アラブ|아랍(?!에)|العربية",
        "AE BH DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE DJ",
    ),
    "EUROPE": (
        r"欧洲|欧盟|\beurope|европ|ヨーロッパ|유럽|أوروبا",
        "DE FR IT ES PL HU CZ RS BY GB CH EU",
    ),
}
"""Name -> (how it is written, its countries)."""


def regions_in(text: str) -> frozenset[str]:
    """The countries of the regions that a text names."""
    folded = _folded(text)
    return frozenset(
        code
        for pattern, countries in REGIONS.values()
        if re.search(pattern, folded)
        for code in countries.split()
    )


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
