"""Countries by their names in many languages (CLDR) and by the names people use."""

import re
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from index.alternation import AnyOf
from index.language import primary, to_simplified

_LOCALES = ("zh", "zh_Hant", "zh_Hant_HK", "en", "ru", "ja", "ko", "ar")
_COMMON_NAMES = {
    "AE": "阿联酋|uae|emirates|迪拜|dubai|阿布扎比|abu dhabi|оаэ|الإمارات|아랍에미리트|ドバイ",
    "BY": "白俄|белоруссия",
    "CI": "科特迪瓦|ivory coast",
    "CZ": "捷克|czech republic",
    "NL": "голландия|holland",
    "TM": "туркмения",
    "MD": "молдавия",
    "EG": "egyptian",
    "GB": "英国|uk|britain|england",
    "HK": "香港|hong kong|гонконг|홍콩",
    "ID": "印尼|インドネシア|인도네시아",
    "JP": "japanese|日中|中日",
    "KR": "韩国|south korea|korea|한국|корея|南韩|한중|한·중|중한",
    "KP": "朝鲜|north korea",
    "LA": "老挝|laos",
    "MM": "myanmar|缅甸",
    "MO": "澳门|macao|macau",
    "RU": "俄罗斯|russia|俄国|对俄|россия|россии|러시아",
    "SA": "沙特|saudi|saudi arabia|السعودية|سعودي",
    "TW": "台湾|taiwan",
    "US": "美国|usa|u.s.|united states|america|сша|미국|アメリカ",
    "VN": "vietnamese|viet nam",
    "DE": "德国|german|germany",
    "TR": "türkiye|turkey",
}
_PEOPLES = (
    "AR/argentine AR/argentinian AT/austrian AU/australian BD/bangladeshi BE/belgian BR/brazilian "
    "BY/belarusian CA/canadian CH/swiss CL/chilean CO/colombian CZ/czech DK/danish ES/spanish "
    "ET/ethiopian FI/finnish FR/french GB/british GR/greek HU/hungarian ID/indonesian IL/israeli "
    "IN/indian IQ/iraqi IR/iranian IT/italian KE/kenyan KG/kyrgyz KH/cambodian KR/korean "
    "KZ/kazakh LA/laotian MA/moroccan MM/burmese MN/mongolian MX/mexican MY/malaysian NG/nigerian "
    "NL/dutch NO/norwegian PE/peruvian PH/philippine PH/filipino PK/pakistani PT/portuguese "
    "RS/serbian RU/russian SE/swedish SG/singaporean TH/thai TJ/tajik TM/turkmen TR/turkish "
    "UA/ukrainian US/american UZ/uzbek PL/polish "
    "AM/armenian AZ/azerbaijani BH/bahraini BG/bulgarian CU/cuban DZ/algerian EC/ecuadorian "
    "EE/estonian GH/ghanaian HR/croatian IE/irish IS/icelandic JO/jordanian KW/kuwaiti LK/lankan "
    "LT/lithuanian LV/latvian MZ/mozambican NP/nepalese OM/omani PY/paraguayan "
    "QA/qatari RO/romanian SI/slovenian SK/slovak SN/senegalese TN/tunisian TZ/tanzanian "
    "UG/ugandan UY/uruguayan VE/venezuelan ZM/zambian ZW/zimbabwean "
    "BY/белорусский KZ/казахский KZ/казахстанский RU/российский UZ/узбекский VN/вьетнамский "
    "IN/индийский TR/турецкий JP/японский KR/корейский DE/немецкий MN/монгольский "
    "KG/киргизский TJ/таджикский TM/туркменский US/американский "
    "RU/中俄 KZ/中哈 VN/中越 TH/中泰 MY/中马 DE/中德 FR/中法 US/中美 KR/中韩 MN/中蒙 BY/中白 "
    "IN/中印 GB/中英 KH/中柬 CH/中瑞 EG/中埃 MM/中缅 NL/中荷 PT/中葡"
)
"""English adjectives, and what Chinese calls China and a country together."""
_CYRILLIC = re.compile(r"[а-яё]")
_LEAST_STEM = 4
_NOT_ALONE = {"chad", "jordan", "guinea", "man", "us", "马里"}
"""Names that mean something else too often."""
_NO_CITY = frozenset("center easter knox male midway oral resolute unknown wake".split())
"""Names of time zones that are words, or other places."""
_CANTON = frozenset({"Kanton", "Enderbury"})
"""The time zone of an island that many languages call as they call Canton."""
_CHINESE = frozenset({"CN", "HK", "MO", "TW"})


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


@lru_cache(maxsize=2**12)
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


_UNION = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
)


def concern(asked: frozenset[str], concerned: frozenset[str]) -> bool:
    """Whether what concerns some countries concerns one that is asked about.

    The European Union stands for its members, and they for it.
    """
    if asked & concerned:
        return True
    return ("EU" in concerned and bool(asked & _UNION)) or (
        "EU" in asked and bool(concerned & _UNION)
    )


@lru_cache(maxsize=2**12)
def cities_in(text: str) -> frozenset[str]:
    """English names of the larger Chinese cities that a text names, in Chinese or English."""
    names, pattern = _cities()
    return frozenset(names[match[0]] for match in pattern.finditer(_folded(text)))


def province_of(city: str) -> str:
    """ISO 3166-2 code of the province of a Chinese city, by its English name; "" if not known."""
    return _province_by_city().get(city, "")


@cache
def _province_by_city() -> dict[str, str]:
    municipalities = {english: code for code, (_, english) in PROVINCES.items()}
    return municipalities | {
        pair.split("/")[1]: f"CN-{code}" for code, line in _CITIES.items() for pair in line.split()
    }


@cache
def _cities() -> tuple[dict[str, str], AnyOf]:
    names: dict[str, str] = {}
    for pair in " ".join(_CITIES.values()).split():
        chinese, english = pair.split("/")
        names |= {_folded(chinese): english, english.casefold(): english}
    return names, AnyOf(names)


_CITIES = {
    "AH": "合肥/Hefei 芜湖/Wuhu 蚌埠/Bengbu 马鞍山/Maanshan 安庆/Anqing 滁州/Chuzhou 阜阳/Fuyang",
    "FJ": "福州/Fuzhou 厦门/Xiamen 泉州/Quanzhou 漳州/Zhangzhou 莆田/Putian 宁德/Ningde",
    "GD": "广州/Guangzhou 深圳/Shenzhen 珠海/Zhuhai 汕头/Shantou 佛山/Foshan 东莞/Dongguan "
    "中山/Zhongshan 惠州/Huizhou 江门/Jiangmen 揭阳/Jieyang 湛江/Zhanjiang 肇庆/Zhaoqing",
    "GS": "兰州/Lanzhou",
    "GX": "南宁/Nanning 柳州/Liuzhou 桂林/Guilin 北海/Beihai 钦州/Qinzhou 崇左/Chongzuo",
    "GZ": "贵阳/Guiyang 遵义/Zunyi",
    "HA": "郑州/Zhengzhou 洛阳/Luoyang 开封/Kaifeng 许昌/Xuchang 新乡/Xinxiang",
    "HB": "武汉/Wuhan 宜昌/Yichang 襄阳/Xiangyang 黄石/Huangshi",
    "HE": "石家庄/Shijiazhuang 唐山/Tangshan 保定/Baoding 沧州/Cangzhou 廊坊/Langfang",
    "HI": "海口/Haikou 三亚/Sanya",
    "HL": "哈尔滨/Harbin 绥芬河/Suifenhe 黑河/Heihe 大庆/Daqing",
    "HN": "长沙/Changsha 株洲/Zhuzhou 湘潭/Xiangtan 岳阳/Yueyang 衡阳/Hengyang",
    "JL": "长春/Changchun 珲春/Hunchun 延吉/Yanji",
    "JS": "南京/Nanjing 苏州/Suzhou 无锡/Wuxi 常州/Changzhou 南通/Nantong 徐州/Xuzhou "
    "扬州/Yangzhou 盐城/Yancheng 镇江/Zhenjiang 连云港/Lianyungang 太仓/Taicang 昆山/Kunshan",
    "JX": "南昌/Nanchang 赣州/Ganzhou 九江/Jiujiang 景德镇/Jingdezhen",
    "LN": "沈阳/Shenyang 大连/Dalian 丹东/Dandong 营口/Yingkou 鞍山/Anshan",
    "NM": "呼和浩特/Hohhot 满洲里/Manzhouli 二连浩特/Erenhot 包头/Baotou",
    "NX": "银川/Yinchuan",
    "QH": "西宁/Xining",
    "SC": "成都/Chengdu 绵阳/Mianyang 德阳/Deyang 蒲江/Pujiang",
    "SD": "济南/Jinan 青岛/Qingdao 烟台/Yantai 威海/Weihai 潍坊/Weifang 临沂/Linyi 日照/Rizhao",
    "SN": "西安/Xi'an 宝鸡/Baoji 咸阳/Xianyang",
    "SX": "太原/Taiyuan 大同/Datong",
    "XJ": "乌鲁木齐/Urumqi 霍尔果斯/Horgos 喀什/Kashgar 阿拉山口/Alashankou",
    "XZ": "拉萨/Lhasa",
    "YN": "昆明/Kunming 大理/Dali 西双版纳/Xishuangbanna 瑞丽/Ruili",
    "ZJ": "杭州/Hangzhou 宁波/Ningbo 温州/Wenzhou 义乌/Yiwu 绍兴/Shaoxing 嘉兴/Jiaxing "
    "金华/Jinhua 台州/Taizhou 湖州/Huzhou 舟山/Zhoushan 衢州/Quzhou 丽水/Lishui",
}
"""Province -> Chinese and English names of its larger cities and those on the borders."""


@lru_cache(maxsize=2**12)
def cities_abroad_in(text: str) -> frozenset[tuple[str, ...]]:
    """The cities outside China that a text names, each as all of its names, folded.

    Known are those with a time zone of their own: capitals and the largest others (CLDR).
    """
    names, pattern = _cities_abroad()
    return frozenset(names[match[0]] for match in pattern.finditer(_folded(text)))


@cache
def _cities_abroad() -> tuple[dict[str, tuple[str, ...]], AnyOf]:
    countries, _ = _names()
    in_locales = [Locale.parse(locale).time_zones for locale in _LOCALES]
    found: dict[str, tuple[str, ...]] = {}
    for zone, country in get_global("zone_territories").items():
        continent, *_, city = zone.split("/")
        if country in _CHINESE or continent in ("Antarctica", "Etc") or city in _CANTON:
            continue
        in_english = city.replace("_", " ")
        listed = [zones.get(zone, {}).get("city", in_english) for zones in in_locales]
        names = tuple(dict.fromkeys(map(_folded, [in_english, *listed])))
        if not countries.keys() & names:
            found |= dict.fromkeys(names, names)
    for name in _NO_CITY:
        found.pop(name, None)
    return found, AnyOf(found)


def regions_in(text: str) -> frozenset[str]:
    """The countries of the regions that a text names."""
    folded = _folded(text)
    return frozenset(
        code
        for pattern, countries in REGIONS.values()
        if re.search(pattern, folded)
        for code in countries.split()
    )


@lru_cache(maxsize=2**12)
def countries_in(text: str, language: str = "") -> frozenset[str]:
    """ISO 3166-1 codes of the countries that a text names.

    Args:
        text: In Chinese, English, Russian, Japanese, Korean or Arabic.
        language: Of the text, if it may be any other of CLDR.
    """
    names, pattern = _names()
    folded = _folded(text)
    found = {names[match[0]] for match in pattern.finditer(folded)}
    own, pattern = _own_names(primary(language))
    found |= {own[match[0]] for match in pattern.finditer(folded)}
    if _CYRILLIC.search(folded):
        stems, declined = _russian_stems()
        found |= {stems[match[1]] for match in declined.finditer(folded)}
    return frozenset(found)


@cache
def _russian_stems() -> tuple[dict[str, str], re.Pattern[str]]:
    """Russian names without their endings: Монголия, Монголии, Монголией."""
    names, _ = _names()
    stems = {
        name.rstrip("аяоеийьы"): code
        for name, code in names.items()
        if _CYRILLIC.match(name) and " " not in name
    }
    stems = {stem: code for stem, code in stems.items() if len(stem) >= _LEAST_STEM}
    ordered = sorted(stems, key=len, reverse=True)
    return stems, re.compile(rf"(?<!\w)({'|'.join(map(re.escape, ordered))})[а-яё]{{0,3}}(?!\w)")


def country_name(code: str, language: str) -> str:
    """The usual name of a country in a language; the code where CLDR has none."""
    return str(Locale.parse(language.replace("-", "_")).territories.get(code, code))


def _folded(text: str) -> str:
    return to_simplified(text).casefold()


def _territories(locale: str) -> dict[str, str]:
    return {
        _folded(str(name)): code
        for code, name in Locale.parse(locale).territories.items()
        if len(code) == 2 and code.isalpha() and code not in ("EU", "UN", "EZ", "ZZ")
    }


@cache
def _own_names(language: str) -> tuple[dict[str, str], AnyOf]:
    """The names in one more language: what is a country in it may be a word in another.

    None in a language that `_names` has.
    """
    try:
        names = {} if language in (*_LOCALES, "") else _territories(language)
    except (UnknownLocaleError, ValueError):
        names = {}
    return names, AnyOf(names)


@cache
def _names() -> tuple[dict[str, str], AnyOf]:
    names: dict[str, str] = {}
    for locale in _LOCALES:
        names |= _territories(locale)
    for code, common in _COMMON_NAMES.items():
        names |= {_folded(name): code for name in common.split("|")}
    names |= {name: code for code, name in (pair.split("/") for pair in _PEOPLES.split())}
    for name in _NOT_ALONE:
        names.pop(name, None)
    return names, AnyOf(names)


def place_spans(text: str, language: str = "") -> tuple[tuple[str, int, int], ...]:
    """The places that a text names, with where: (id, start, end), in the folded text, in order.

    The id is that of `provinces_in`, `cities_in` or `countries_in`, or a name of `REGIONS`; what
    is a province and a country, as Hong Kong is, is the province.

    Args:
        text: See `countries_in`.
        language: The same.
    """
    folded = _folded(text)
    cities, of_cities = _cities()
    countries, of_countries = _names()
    stems, declined = _russian_stems()
    own, of_own = _own_names(primary(language))
    found = [
        *((code, *match.span()) for code, name in _provinces() for match in name.finditer(folded)),
        *((cities[match[0]], *match.span()) for match in of_cities.finditer(folded)),
        *(
            (name, *match.span())
            for name, (pattern, _) in REGIONS.items()
            for match in re.finditer(pattern, folded)
        ),
        *((countries[match[0]], *match.span()) for match in of_countries.finditer(folded)),
        *((own[match[0]], *match.span()) for match in of_own.finditer(folded)),
        *((stems[match[1]], *match.span()) for match in declined.finditer(folded)),
    ]
    distinct: list[tuple[str, int, int]] = []
    for place in sorted(found, key=lambda p: p[1] - p[2]):  # the longest first; stable
        if all(place[2] <= start or end <= place[1] for _, start, end in distinct):
            distinct.append(place)
    return tuple(sorted(distinct, key=lambda place: place[1]))


@cache
def _provinces() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (code, re.compile(rf"{chinese}|\b{english.casefold()}\b"))
        for code, (chinese, english) in PROVINCES.items()
    )
