"""Countries, by the names that people use in six languages."""

import pytest

from index.places import (
    cities_abroad_in,
    cities_in,
    concern,
    countries_in,
    country_name,
    place_spans,
    province_of,
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("俄罗斯和哈萨克斯坦的市场准入", {"RU", "KZ"}),
        ("臺灣", {"TW"}),
        ("香港与澳门", {"HK", "MO"}),
        ("迪拜的展会", {"AE"}),
        ("Exports to Viet Nam and Germany", {"VN", "DE"}),
        ("in the U.S. market", {"US"}),
        ("the UK and the UAE", {"GB", "AE"}),
        ("Россия и Казахстан", {"RU", "KZ"}),
        ("экспорт из России", {"RU"}),
        ("торговля с Монголией и Казахстаном", {"MN", "KZ"}),
        ("из Новосибирска в Иу", set()),
        ("ロシアへの輸出", {"RU"}),
        ("중국과 한국", {"CN", "KR"}),
        ("التصدير إلى مصر", {"EG"}),
        ("no country at all, 没有国家", set()),
        ("", set()),
    ],
)
def test_countries_are_recognised_by_name(text, codes):
    assert countries_in(text) == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nigeria", "NG"),
        ("Niger", "NE"),
        ("Papua New Guinea", "PG"),
        ("Equatorial Guinea", "GQ"),
        ("South Korea", "KR"),
        ("North Korea", "KP"),
        ("南苏丹", "SS"),
        ("印度尼西亚", "ID"),
        ("几内亚比绍", "GW"),
        ("刚果（金）", "CD"),
    ],
)
def test_of_names_within_names_the_longest_counts(text, code):
    assert countries_in(text) == {code}


@pytest.mark.parametrize(
    "text", ["tell us more", "a woman", "Michael Jordan", "turkeys", "马里兰州"]
)
def test_other_words_are_no_countries(text):
    assert countries_in(text) == set()


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("KZ", "en", "Kazakhstan"),
        ("KZ", "zh", "哈萨克斯坦"),
        ("KZ", "zh-Hant", "哈薩克"),
        ("KZ", "ru", "Казахстан"),
        ("QX", "en", "QX"),
    ],
)
def test_a_country_is_named_in_the_reader_s_language(code, language, name):
    assert country_name(code, language) == name


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        ("深圳2023年的展位费补贴", {"Shenzhen"}),
        ("蘇州和太倉", {"Suzhou", "Taicang"}),
        ("a factory in Xi'an or Dongguan", {"Xi'an", "Dongguan"}),
        ("Daliance of Fuzhous", set()),
    ],
)
def test_larger_chinese_cities_are_recognised(text, cities):
    assert cities_in(text) == cities


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("金边经济特区有多少家企业", "phnom penh"),
        ("Cumbre Empresarial en Managua", "managua"),
        ("バンコク", "bangkok"),
        ("How do we resolve it at the center?", None),
        ("معرض كانتون", None),  # the Canton Fair, not an island
        ("Singapore", None),  # a country
        ("上海", None),  # in China
    ],
)
def test_cities_abroad_are_known_by_all_their_names(text, city):
    assert [city in names for names in cities_abroad_in(text)] == ([True] if city else [])


def test_a_city_lies_in_its_province():
    assert [province_of(city) for city in ("Shenzhen", "Xi'an")] == ["CN-GD", "CN-SN"]
    assert [province_of(city) for city in ("Beijing", "Dukem")] == ["CN-BJ", ""]


@pytest.mark.parametrize(
    ("asked", "concerned", "expected"),
    [
        ({"DE"}, {"DE", "FR"}, True),
        ({"DE"}, {"EU"}, True),
        ({"EU"}, {"HU"}, True),
        ({"GB"}, {"EU"}, False),
        ({"DE"}, {"FR"}, False),
        ({"DE"}, set(), False),
    ],
)
def test_the_european_union_stands_for_its_members(asked, concerned, expected):
    assert concern(frozenset(asked), frozenset(concerned)) is expected


@pytest.mark.parametrize(
    ("text", "language", "codes"),
    [
        ("¿Cuándo entró en vigor el acuerdo con el Perú?", "es", {"PE"}),
        ("Wir verkaufen nach Polen", "de", {"PL"}),
        ("xuất khẩu sang Đức", "vi", {"DE"}),
        ("Perú", "", set()),
        ("Wir verkaufen nach Polen", "xx-none", set()),
    ],
)
def test_in_its_own_language_a_country_is_recognised_too(text, language, codes):
    assert countries_in(text, language) == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the Zambian chamber", "ZM"),
        ("a Polish firm", "PL"),
        ("товарооборот с Белоруссией", "BY"),
        ("한중 FTA", "KR"),
        ("شركة سعودية", "SA"),
    ],
)
def test_peoples_and_pairs_of_countries_name_a_country(text, code):
    assert code in countries_in(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("从深圳到越南", [("Shenzhen", "深圳"), ("VN", "越南")]),
        ("上海和江苏", [("CN-SH", "上海"), ("CN-JS", "江苏")]),
        ("香港", [("CN-HK", "香港")]),
        ("Trade with ASEAN and Africa", [("ASEAN", "asean"), ("AFRICA", "africa")]),
        ("from Guangzhou, Guangdong", [("Guangzhou", "guangzhou"), ("CN-GD", "guangdong")]),
        ("торговля с Монголией", [("MN", "монголией")]),
        ("no place", []),
    ],
)
def test_places_are_found_where_they_stand(text, found):
    assert [(name, text.casefold()[a:b]) for name, a, b in place_spans(text)] == found


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("khu ở Việt Nam", "vi", ["VN"]),
        ("parques en Camboya", "es", ["KH"]),
        ("ở Việt Nam", "", []),
    ],
)
def test_places_are_found_by_their_names_in_the_language_of_the_text(text, language, expected):
    assert [place for place, _, _ in place_spans(text, language)] == expected
