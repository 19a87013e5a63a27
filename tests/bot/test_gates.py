"""What is about another thing than a question names is dropped before anything is read."""

from datetime import date

import pytest

from bot.answers.gates import constraints_of, reasons_against
from index import Glossary
from index.glossary import Entry
from tests.bot.conftest import TODAY


@pytest.fixture
def stems(desk, read):
    """`stems(question, glossary, searched)`: of the documents that are left."""

    def left(question, glossary, searched="silk park"):
        found = desk.search(searched, "en", 10)
        reasons = reasons_against(read(question), found, desk, glossary, TODAY)
        return {
            desk.document(hit.passage).stem
            for hit, reason in zip(found.hits, reasons, strict=True)
            if reason is None
        }

    return left


def test_figures_of_a_place_are_looked_for_where_it_is_named(stems):
    names = Glossary()

    assert "zones/silk-park" in stems("How large is the silk park in Suzhou?", names)
    assert "zones/silk-park" not in stems("How large is the silk park in Phnom Penh?", names)
    assert "zones/silk-park" in stems("I come from Phnom Penh. How large is the silk park?", names)


def test_what_a_title_calls_by_the_name_asked_about_is_no_other_thing(stems):
    fairs = Glossary([Entry(id="any-fair", kind="event", zh="博览会", en="tea fair")])
    other = Glossary([Entry(id="any-fair", kind="event", zh="博览会", en="kite fair")])

    assert "events/tea-fair-12" in stems("When was the tea fair?", fairs, "tea fair")
    assert "events/tea-fair-12" not in stems("When was the kite fair?", other, "tea fair")


def test_nothing_found_has_no_reasons(desk, read):
    nothing = desk.search("tea", "en", 5).keep([])

    assert reasons_against(read("tea?"), nothing, desk, Glossary(), TODAY) == []


def test_each_hit_that_is_dropped_has_its_reason(desk, read):
    found = desk.search("tea fair", "en", 10)

    reasons = reasons_against(
        read("How many booths had the tea fair in 1977?"), found, desk, Glossary(), TODAY
    )

    assert set(map(str, reasons)) == {"year not named: 1977"}


@pytest.mark.parametrize(
    ("question", "today", "left"),
    [
        ("What tax is on tea?", date(2026, 2, 15), {"policy/tea-tax"}),
        ("What tax is on tea?", date(2026, 8, 1), {"policy/tea-levy"}),
        ("What tax was on tea in 2025?", date(2026, 8, 1), {"policy/tea-tax", "policy/tea-levy"}),
    ],
)
def test_a_rule_that_was_replaced_is_that_of_its_time(
    retriever_of, desk_document, read, question, today, left
):
    source = {"publisher": "Tea Board", "published": "2026-06-01"}
    old = desk_document(
        "policy/tea-tax.en",
        "The tax on tea in 2025 is 5%.",
        valid_until="2026-06-30",
        replaced_by="policy/tea-levy",
    )
    new = desk_document(
        "policy/tea-levy.en", "The levy on tea, a tax, is 7%; in 2025: 5%.", sources=[source]
    )
    retriever = retriever_of(old, new)
    found = retriever.search(question, "en", 10)

    reasons = reasons_against(read(question), found, retriever, Glossary(), today)

    stems = [retriever.document(hit.passage).stem for hit in found.hits]
    assert {stem for stem, reason in zip(stems, reasons, strict=True) if reason is None} == left


def test_what_a_question_was_read_as_overrules_its_words(read):
    """A part of a longer message keeps the year that the whole message names."""
    asked = read("那去年呢？", "2023年进口多少？")

    assert constraints_of(asked, Glossary()).years == {2025}


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("When is the lamp fair in 2026?", True),
        ("When was the lamp fair in 1977?", False),
        ("How many halls has the lamp fair in 2026?", False),
    ],
)
def test_usual_dates_are_those_of_this_and_later_years(stems, question, kept):
    assert ("events/lamp-fair" in stems(question, Glossary(), "lamp fair")) is kept


@pytest.mark.parametrize("number", ["〔2025〕43号", "[2025]43号", "（2025）第43號"])
def test_the_number_of_a_notice_must_stand_in_the_document(stems, read, number):
    assert read(f"汇发{number}有几项措施").codes == {"〔2025〕43号"}

    assert stems(f"汇发{number}保单融资贷款最高多少", Glossary(), "保单融资贷款") == set()
