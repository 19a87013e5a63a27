"""What of a list fits a profile, and why."""

from datetime import date

import pytest

from bot.lists.fitting import (
    INDUSTRIES,
    MARKET_REGIONS,
    Aspect,
    Profile,
    Reason,
    best_fitting,
    fitting_first,
    known_countries,
    known_provinces,
    merged,
    reasons_for,
)
from bot.lists.kinds import CHANGES, DOCUMENTS, EVENTS, FINANCING, ZONES
from bot.lists.listing import Lists
from index import Glossary
from index.documents import Theme
from index.places import PROVINCES, REGIONS

TODAY = date(2026, 2, 15)
PLACE = {"country": "CN", "certainty": "scheduled"}
RULES = [
    {"what": "rebate on wool", "kind": "rebate", "from": "2026-03-01"},
    {"what": "duty on silk", "kind": "duty", "from": "2026-04-01"},
]
DOCUMENTS_HELD = {
    "events/mint": {"event": PLACE | {"start": "2026-03", "city": "Shenzhen"}},
    "events/rose": {
        "event": PLACE | {"start": "2026-05-01", "partner_countries": ["TH"]},
        "provinces": ["CN-YN"],
    },
    "events/tea": {
        "event": PLACE
        | {"start": "2025-05-01", "end": "2025-05-02", "certainty": "held"}
        | {"partner_countries": ["TH"], "theme": "digital-trade"},
    },
    "events/toys": {"event": PLACE | {"start": "2026-07-01", "theme": "consumer-goods"}},
    "events/funds": {"event": PLACE | {"start": "2026-08-01", "theme": "investment"}},
    "events/fete": {"event": {"certainty": "usual", "partner_countries": ["TH"]}},
    "zones/shop": {
        "zone": {"kind": "ecommerce-pilot-zone", "country": "CN", "city": "Hangzhou"},
        "provinces": ["CN-ZJ"],
    },
    "zones/amber": {"zone": {"kind": "park-abroad", "country": "PL"}, "countries": ["PL"]},
    "financing/cover": {"financing": {"kind": "insurance", "audience": ["exporter"]}},
    "financing/booths": {
        "financing": {"kind": "subsidy", "audience": ["exporter"]},
        "provinces": ["CN-ZJ"],
    },
    "financing/ended": {
        "financing": {"kind": "loan", "audience": ["exporter"]},
        "valid_until": "2026-02-14",
    },
    "financing/older": {
        "financing": {"kind": "loan", "audience": ["exporter"]},
        "replaced_by": "financing/cover",
    },
    "financing/parks": {"financing": {"kind": "loan", "audience": ["investor-abroad"]}},
    "policy/wool": {"countries": ["TH"], "changes": RULES},
    "policy/union": {"countries": ["EU"], "sources": [{"publisher": "Gazette"}]},
    "policy/thai": {"countries": ["TH"], "as_of": "2026-01-01"},
}
GOODS, DIGITAL = Profile(industry="consumer-goods"), Profile(industry="digital-trade")
THAI = Profile(markets=("TH",))
EXPORTER = Profile(direction="export")


@pytest.fixture(scope="module")
def lists(retriever_of, desk_document) -> Lists:
    documents = [
        desk_document(f"{stem}.en", "It is.", title=stem, **metadata)
        for stem, metadata in DOCUMENTS_HELD.items()
    ]
    return Lists(retriever_of(*documents), Glossary())


@pytest.fixture(scope="module")
def fits(lists):
    """`fits(EVENTS, "events/mint", profile)`: [(aspect, codes)] of the first entry."""

    def of(kind, stem, profile):
        item = next(iter(kind.items(lists.retriever.version(stem, "en"))))
        return [(each.aspect.name, each.codes) for each in reasons_for(item, profile)]

    return of


@pytest.fixture(scope="module")
def stems(lists):
    """`stems(EVENTS, profile)`: the list with what fits first."""

    def of(kind, profile, words=""):
        listing = lists.narrowed(words, kind, "en", TODAY)
        ranked = fitting_first(lists, kind, listing, profile, TODAY)
        assert sorted(map(id, ranked.entries)) == sorted(map(id, listing.entries))
        return [entry.item.document.stem for entry in ranked.entries]

    return of


@pytest.mark.parametrize(
    ("kind", "stem", "profile", "reason"),
    [
        (EVENTS, "events/rose", THAI, ("MARKETS", ("TH",))),
        (EVENTS, "events/rose", Profile(markets=("PL", "ASEAN")), ("MARKETS", ("ASEAN",))),
        (ZONES, "zones/amber", Profile(markets=("EU",)), ("MARKETS", ("EU",))),
        (DOCUMENTS, "policy/union", Profile(markets=("DE",)), ("MARKETS", ("DE",))),
        (CHANGES, "policy/wool", THAI, ("MARKETS", ("TH",))),
        (EVENTS, "events/mint", Profile(province="CN-GD"), ("PROVINCE", ("CN-GD",))),
        (EVENTS, "events/rose", Profile(province="CN-YN"), ("PROVINCE", ("CN-YN",))),
        (ZONES, "zones/shop", Profile(province="CN-ZJ"), ("PROVINCE", ("CN-ZJ",))),
        (EVENTS, "events/toys", GOODS, ("INDUSTRY", ("consumer-goods",))),
        (ZONES, "zones/shop", DIGITAL, ("INDUSTRY", ("digital-trade",))),
        (DOCUMENTS, "zones/shop", DIGITAL, ("INDUSTRY", ("digital-trade",))),
        (FINANCING, "financing/cover", EXPORTER, ("DIRECTION", ("export",))),
        (FINANCING, "financing/parks", Profile(direction="invest"), ("DIRECTION", ("invest",))),
        (FINANCING, "financing/parks", Profile(direction="both"), ("DIRECTION", ("invest",))),
        (EVENTS, "events/funds", Profile(direction="invest"), ("DIRECTION", ("invest",))),
        (ZONES, "zones/amber", Profile(direction="invest"), ("DIRECTION", ("invest",))),
        (CHANGES, "policy/wool", EXPORTER, ("DIRECTION", ("export",))),
    ],
)  # fmt: skip
def test_typed_facts_are_the_reason(fits, kind, stem, profile, reason):
    assert fits(kind, stem, profile) == [reason]


@pytest.mark.parametrize(
    ("kind", "stem", "profile"),
    [
        (EVENTS, "events/rose", Profile()),
        (EVENTS, "events/rose", Profile(markets=("CN",))),
        (EVENTS, "events/rose", Profile(markets=("PL", "GULF"), province="CN-GD")),
        (EVENTS, "events/mint", Profile(industry="services", direction="both")),
        (FINANCING, "financing/parks", EXPORTER),
        (ZONES, "zones/shop", Profile(direction="invest")),
    ],
)
def test_nothing_else_fits(fits, kind, stem, profile):
    assert fits(kind, stem, profile) == []


def test_of_a_rule_only_what_the_entry_is_about_counts(lists):
    document = lists.retriever.version("policy/wool", "en")
    found = [reasons_for(item, EXPORTER) for item in CHANGES.items(document)]

    assert [bool(reasons) for reasons in found] == [True, False]


def test_money_of_another_province_fits_nobody_elsewhere(fits):
    near, far = (Profile(direction="export", province=code) for code in ("CN-ZJ", "CN-GD"))

    assert fits(FINANCING, "financing/booths", near) == [
        ("PROVINCE", ("CN-ZJ",)),
        ("DIRECTION", ("export",)),
    ]
    assert fits(FINANCING, "financing/booths", far) == []
    assert fits(DOCUMENTS, "financing/booths", far) == []
    assert fits(FINANCING, "financing/booths", EXPORTER) == [("DIRECTION", ("export",))]
    assert fits(FINANCING, "financing/cover", far) == [("DIRECTION", ("export",))]


def test_what_fits_comes_first_and_nothing_is_left_out(stems):
    assert stems(EVENTS, Profile())[:3] == ["events/mint", "events/rose", "events/toys"]
    assert stems(EVENTS, THAI)[:3] == ["events/rose", "events/mint", "events/toys"]
    assert stems(FINANCING, Profile(direction="invest"))[0] == "financing/parks"


def test_what_is_over_stays_behind_what_comes(stems):
    listed = stems(EVENTS, DIGITAL, "2025 2026")

    assert len(listed) == 5
    assert listed[-1] == "events/tea"


def test_of_documents_what_fits_comes_before_all_others(stems):
    listed = stems(DOCUMENTS, THAI)

    fairs = {"events/rose", "events/tea", "events/fete"}
    assert {*listed[:5]} == fairs | {"policy/wool", "policy/thai"}


def test_the_best_are_those_to_come_in_the_order_of_the_list(lists):
    profile = Profile(markets=("TH",), province="CN-YN", direction="invest")
    best = best_fitting(lists, EVENTS, profile, "en", TODAY, most=5)
    (most,) = best_fitting(lists, EVENTS, profile, "en", TODAY, most=1)

    assert [each.item.document.stem for each in best] == ["events/rose", "events/funds"]
    assert most.item.document.stem == "events/rose"
    assert [each.aspect for each in most.reasons] == [Aspect.MARKETS, Aspect.PROVINCE]


def test_what_has_expired_or_was_replaced_is_not_among_the_best(lists, stems):
    best = best_fitting(lists, FINANCING, EXPORTER, "en", TODAY, most=9)

    assert {each.item.document.stem for each in best} == {"financing/cover", "financing/booths"}
    assert {"financing/ended", "financing/older"} < {*stems(FINANCING, EXPORTER)}


def test_a_market_says_more_than_a_direction(lists):
    profile = Profile(markets=("PL",), direction="both", industry="digital-trade")

    (best,) = best_fitting(lists, CHANGES, THAI, "en", TODAY, most=1)
    (zone,) = best_fitting(lists, ZONES, profile, "en", TODAY, most=1)

    assert best.item.facts.change.what == "rebate on wool"
    assert zone.item.document.stem == "zones/amber"


def test_reasons_of_several_are_told_once():
    one, other = Reason(Aspect.MARKETS, ("TH",)), Reason(Aspect.MARKETS, ("VN", "TH"))
    export = Reason(Aspect.DIRECTION, ("export",))

    assert merged([export, one, other]) == (Reason(Aspect.MARKETS, ("TH", "VN")), export)


def test_offered_are_the_countries_and_provinces_that_most_is_known_of(lists):
    assert known_countries(lists, "en") == ["TH", "PL", "EU"]
    assert known_provinces(lists, "en")[:2] == ["CN-ZJ", "CN-YN"]
    assert {*known_provinces(lists, "en")} == {*PROVINCES}


def test_all_codes_are_those_of_the_typed_facts():
    assert {*INDUSTRIES} < {*Theme}
    assert {*MARKET_REGIONS} < {*REGIONS}
