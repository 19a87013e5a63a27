"""Typed facts are written as people of a language write them."""

from datetime import date

import pytest

from bot.lists.comparison import Column, Comparison, facts_shown
from bot.lists.listing import Lists
from bot.texts import LANGUAGES
from index import Glossary
from index.documents import Theme
from index.glossary import Entry

TODAY = date(2026, 2, 15)
NAMES = Glossary(
    [
        Entry(id="holley", kind="company", zh="华立集团", en="Holley Group"),
        Entry(id="rayong", kind="place", zh="罗勇", en="Rayong"),
        Entry(id="sinosure", kind="institution", zh="中国信保", en="Sinosure"),
    ]
)
PARK = {
    "zone": {
        "kind": "park-abroad",
        "country": "TH",
        "city": "Rayong",
        "since": "2006",
        "area_km2": 7.5,
        "firms": {"count": 160, "as_of": "2021-07"},
        "jobs": {"count": 40000, "as_of": "2021-07", "at_least": True},
        "developers": ["holley"],
    },
    "valid_until": "2026-12-31",
}
LOAN = {
    "financing": {
        "kind": "loan",
        "providers": ["sinosure"],
        "limits": [{"amount": 10_000_000, "currency": "USD", "year": 2025}],
    }
}


@pytest.fixture
def shown(desk, desk_document):
    """`shown(facts, language)`: of a document with such facts."""

    def write(facts, language):
        document = desk_document(f"zones/some.{language}", "Text.", **facts)
        return facts_shown(document, Lists(desk, NAMES), language, TODAY)

    return write


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        (
            "en",
            {
                "where": "Rayong, Thailand",
                "by_zones": "Holley Group",
                "since": "2006",
                "area": "7.5 km²",
                "firms": "160 (July 2021)",
                "jobs": "over 40,000 (July 2021)",
                "valid_until": "31 December 2026",
            },
        ),
        (
            "zh",
            {
                "where": "泰国罗勇",
                "by_zones": "华立集团",
                "since": "2006年",
                "area": "7.5平方公里",
                "firms": "160（2021年7月）",
                "jobs": "40,000以上（2021年7月）",
                "valid_until": "2026年12月31日",
            },
        ),
    ],
)
def test_a_park_has_its_place_size_and_people(shown, language, facts):
    assert shown(PARK, language) == facts


@pytest.mark.parametrize(
    ("language", "limit"), [("en", "USD 10M (2025)"), ("zh", "1000万美元（2025年）")]
)
def test_a_limit_has_its_currency_and_year(shown, language, limit):
    assert shown(LOAN, language)["limits"] == limit


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_fair_is_for_is_told_in_words(shown, language):
    told = {
        theme: shown({"event": {"certainty": "held", "theme": theme}}, language)["theme"]
        for theme in Theme
    }

    assert len(set(told.values())) == len(Theme)


def test_a_document_without_typed_facts_shows_none(shown):
    assert shown({}, "en") == {}


def test_things_are_compared_fact_by_fact_and_silence_is_said(desk_document):
    first, second = (desk_document(f"zones/{n}.en", "Text.", title=n) for n in ("one", "two"))
    columns = (Column("one", first, {"since": "2006"}), Column("2nd", second, {"jobs": "7"}))

    comparison = Comparison(columns, "en")

    assert comparison.keys == ("since", "jobs")
    assert comparison.written.split("\n")[1:] == [
        "one",
        "· Since: 2006",
        "· Jobs: not in the documents",
        "2nd — two",
        "· Since: not in the documents",
        "· Jobs: 7",
    ]
    with pytest.raises(ValueError, match="nothing is recorded"):
        Comparison((Column("one", first, {}),), "en")


@pytest.mark.parametrize(("second", "keys"), [("2011", ("since",)), ("2006", ())])
def test_only_what_differs_is_set_side_by_side(desk_document, second, keys):
    document = desk_document("zones/some.en", "Text.")
    columns = tuple(
        Column(name, document, {"where": "Rayong, Thailand", "since": since})
        for name, since in (("a", "2006"), ("b", second))
    )

    assert Comparison(columns, "en").keys == keys


def test_that_nothing_differs_is_said_in_one_line(desk_document):
    document = desk_document("zones/some.en", "Text.")
    facts = {"where": "Rayong, Thailand", "since": "2006"}
    alike = tuple(Column(name, document, facts) for name in ("a", "b"))

    assert Comparison(alike, "en").written == (
        "What the documents record is the same for all (Where: Rayong, Thailand; Since: 2006); "
        "they do not say how else these differ."
    )
