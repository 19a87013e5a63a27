"""What is in a place, what is only linked with it, and what is not limited to any."""

import pytest

from bot.lists.filters import Filter
from bot.lists.kinds import DOCUMENTS, KINDS, Tie
from bot.lists.places import tie

PARK = {
    "countries": ["CN", "KH"],
    "provinces": ["CN-JS"],
    "cities": ["Wuxi", "Sihanoukville"],
    "zone": {"kind": "park-abroad", "country": "KH", "city": "Sihanoukville"},
}
ZONE = {
    "countries": ["CN", "DE"],
    "provinces": ["CN-JS"],
    "cities": ["Taicang", "Suzhou"],
    "zone": {"kind": "sino-foreign-sme-zone", "country": "CN", "partner_countries": ["DE"]},
}
EUROPE_ZONE = {
    "countries": ["CN", "EU"],
    "provinces": ["CN-JS"],
    "zone": {"kind": "sino-foreign-sme-zone", "country": "CN"},
}
FAIR = {
    "countries": ["CN", "GB"],
    "provinces": ["CN-FJ", "CN-JS"],
    "event": {"certainty": "scheduled", "country": "CN", "city": "Xiamen"},
}
FAIR_ABROAD = {
    "countries": ["CN", "RU"],
    "provinces": ["CN-HL"],
    "event": {"certainty": "scheduled", "country": "RU", "city": "Yekaterinburg"},
}
TOUR = {
    "provinces": ["CN-BJ", "CN-SH"],
    "event": {"certainty": "scheduled", "country": "CN"},
}
NOWHERE = {"provinces": ["CN-JS"], "event": {"certainty": "scheduled"}}
CITY_MONEY = {
    "countries": ["CN"],
    "provinces": ["CN-GD"],
    "cities": ["Shenzhen"],
    "financing": {"kind": "subsidy"},
}
PROVINCE_MONEY = {
    "countries": ["CN"],
    "provinces": ["CN-GD"],
    "financing": {"kind": "subsidy"},
}
HONG_KONG_MONEY = {
    "countries": ["CN", "HK"],
    "provinces": ["CN-HK"],
    "financing": {"kind": "subsidy"},
}
ABROAD_MONEY = {"countries": ["CN", "AE", "SA"], "financing": {"kind": "loan"}}
NATIONAL_MONEY = {"countries": ["CN"], "financing": {"kind": "loan", "audience": ["exporter"]}}
MONEY_FOR_ALL = {"countries": ["CN"], "financing": {"kind": "loan"}}


def place(**values):
    return Filter({field: frozenset(found.split()) for field, found in values.items()})


@pytest.mark.parametrize(
    ("facts", "wanted", "expected"),
    [
        (PARK, place(), Tie.THERE),
        (PARK, place(country="KH"), Tie.THERE),
        (PARK, place(city="Sihanoukville"), Tie.THERE),
        (PARK, place(province="CN-JS"), Tie.LINKED),
        (PARK, place(city="Wuxi"), Tie.LINKED),
        (PARK, place(country="KH", province="CN-JS"), Tie.LINKED),
        (PARK, place(country="KH", side="home"), Tie.THERE),
        (PARK, place(side="home"), Tie.NONE),
        (PARK, place(country="VN"), Tie.NONE),
        (PARK, place(country="KH", province="CN-ZJ"), Tie.NONE),
        (ZONE, place(province="CN-JS"), Tie.THERE),
        (ZONE, place(city="Suzhou"), Tie.THERE),
        (ZONE, place(province="CN-JS", city="Suzhou"), Tie.THERE),
        (ZONE, place(province="CN-JS", city="Nanjing"), Tie.NONE),
        (ZONE, place(country="DE"), Tie.LINKED),
        (ZONE, place(country="EU"), Tie.LINKED),
        (ZONE, place(side="home"), Tie.THERE),
        (EUROPE_ZONE, place(country="EU"), Tie.LINKED),
        (EUROPE_ZONE, place(country="DE"), Tie.NONE),
        (FAIR, place(province="CN-FJ"), Tie.THERE),
        (FAIR, place(province="CN-JS"), Tie.LINKED),
        (FAIR, place(city="Xiamen"), Tie.THERE),
        (FAIR, place(side="abroad"), Tie.NONE),
        (FAIR, place(country="GB", side="home partners"), Tie.THERE),
        (FAIR, place(country="GB"), Tie.FOR),
        (ZONE, place(country="DE", side="partners"), Tie.THERE),
        (FAIR, place(country="GB", province="CN-JS"), Tie.LINKED),
        (FAIR_ABROAD, place(province="CN-HL"), Tie.LINKED),
        (FAIR_ABROAD, place(country="RU"), Tie.THERE),
        (FAIR_ABROAD, place(side="abroad"), Tie.THERE),
        (FAIR_ABROAD, place(country="RU", side="home partners"), Tie.NONE),
        (TOUR, place(province="CN-SH"), Tie.THERE),
        (NOWHERE, place(province="CN-JS"), Tie.LINKED),
        (NOWHERE, place(side="home"), Tie.NONE),
        (NOWHERE, place(side="abroad"), Tie.NONE),
        (CITY_MONEY, place(city="Shenzhen"), Tie.THERE),
        (CITY_MONEY, place(province="CN-GD"), Tie.THERE),
        (CITY_MONEY, place(city="Guangzhou"), Tie.NONE),
        (CITY_MONEY, place(province="CN-BJ"), Tie.NONE),
        (PROVINCE_MONEY, place(city="Shenzhen"), Tie.THERE),
        (HONG_KONG_MONEY, place(province="CN-GD"), Tie.NONE),
        (HONG_KONG_MONEY, place(province="CN-HK"), Tie.THERE),
        (HONG_KONG_MONEY, place(side="home"), Tie.NONE),
        (ABROAD_MONEY, place(country="SA"), Tie.THERE),
        (ABROAD_MONEY, place(country="VN"), Tie.NONE),
        (NATIONAL_MONEY, place(city="Shenzhen"), Tie.UNBOUND),
        (NATIONAL_MONEY, place(country="VN"), Tie.UNBOUND),
        (NATIONAL_MONEY, place(province="CN-HK"), Tie.NONE),
        (NATIONAL_MONEY, place(audience="exporter"), Tie.THERE),
        (MONEY_FOR_ALL, place(audience="exporter"), Tie.UNBOUND),
    ],
)
def test_a_place_is_where_the_typed_facts_say(make_document, facts, wanted, expected):
    document = make_document("Something.", **facts)
    ((kind, item),) = [
        (kind, item) for kind in KINDS if kind is not DOCUMENTS for item in kind.items(document)
    ]

    assert tie(kind, item, wanted) is expected
