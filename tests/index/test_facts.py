"""A text is read once, and a question by the same code."""

import json
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.facts import Facts, facts_of
from index.glossary import Entry, EntryKind, Glossary

NAMES = Glossary(
    [
        Entry(id="canton-fair", kind="event", zh="广交会", en="Canton Fair"),
        Entry(id="rcep", kind="policy", zh="区域协定", en="RCEP"),
        Entry(id="rayong", kind="place", zh="罗勇", en="Rayong"),
        Entry(id="rayong-zone", kind="zone", zh="罗勇工业园", en="Rayong Industrial Zone"),
        Entry(
            id="russia",
            kind="place",
            zh="俄罗斯",
            en="Russia",
            forms={"vi": ["Nga"], "es": ["Rusia"]},
        ),
    ]
)
SENTENCES = st.sampled_from(
    [
        "第138届广交会2025年10月在广州举行，采购商来自越南。",
        "In 2024 exports to the EU rose by 5% on 2023.",
        "据2026年1月报道，厂房租金为每月12元。",
        "Code 9810 and 〔2025〕43号 apply in Guangdong.",
        "The Rayong Industrial Zone in Thailand covers 12 square kilometres.",
        "Firms in Phnom Penh and Shenzhen met in the spring of phase one.",
    ]
)
NAMED = [field.name for field in fields(Facts)]


def facts(text, **more):
    return facts_of(text, NAMES, **more)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("2025年出口25万亿元，比2024年增长7%。", "years", {2025}),
        ("2025年出口25万亿元，比2024年增长7%。", "compared_years", {2024}),
        ("据2026年1月报道，2025年出口增长5%。", "report_years", {2026}),
        ("据2026年1月报道，2025年出口增长5%。", "all_years", {2025, 2026}),
        ("比第137届多5%，第138届", "editions", {138}),
        ("比第137届多5%，第138届", "compared_editions", {137}),
        ("2025年11月6日", "months", {11}),
        ("欧盟和越南", "countries", {"EU", "VN"}),
        ("Guangdong and Zhejiang", "provinces", {"CN-GD", "CN-ZJ"}),
        ("深圳和义乌", "cities", {"Shenzhen", "Yiwu"}),
        ("深圳和义乌", "provinces_of_cities", {"CN-GD", "CN-ZJ"}),
        ("金边", "cities_abroad", {"phnom penh"}),
        ("the Canton Fair under RCEP", "entries", {"event:canton-fair", "policy:rcep"}),
        ("the Rayong Industrial Zone", "entries", {"zone:rayong-zone", "place:rayong"}),
        ("Phnom Penh, Rayong", "places", {"phnom penh", "place:rayong"}),
        ("how many Russian firms", "places", {"place:russia"}),
        ("xuất khẩu sang Nga", "places", {"place:russia"}),
        ("các ngành ngay ngắn", "places", set()),
        ("los parques de Bielorrusia", "places", set()),
        ("code 9810, 8517.62 and 2025", "codes", {"9810", "8517.62"}),
        ("汇发（2025）第43號", "codes", {"〔2025〕43号"}),
        ("9,810 firms paid 9810 yuan", "codes", set()),
        ("出口额和春季展", "sides", {"exports", "spring"}),
        ("Hội chợ mùa thu", "sides", {"autumn"}),
        ("Когда осенняя ярмарка?", "sides", {"autumn"}),
        ("phase two, the first half", "sides", {"later phase", "first half"}),
    ],
)
def test_what_a_text_names_is_read(text, name, expected):
    assert getattr(facts(text), name) == expected


def test_title_and_headings_name_for_their_sentences():
    sentence = facts("It had 300 booths.", context="The 138th Canton Fair", language="en")

    assert sentence.editions == {138}
    assert sentence.entries == {"event:canton-fair"}


def test_this_year_is_that_of_the_day():
    assert facts("去年的出口", today=date(2026, 2, 15)).years == {2025}
    assert facts("去年的出口").years == set()


def test_entries_are_picked_by_their_kinds():
    found = facts("Canton Fair, RCEP")

    assert found.entries_of([EntryKind.EVENT]) == {"event:canton-fair"}
    assert found.entries_of([]) == set()


@given(st.lists(SENTENCES, min_size=1, max_size=4))
def test_the_facts_of_a_text_contain_those_of_its_parts(sentences):
    whole = facts("\n".join(sentences))

    for part in map(facts, sentences):
        for name in NAMED:
            assert getattr(part, name) <= getattr(whole, name), name


@given(st.lists(SENTENCES, max_size=4))
def test_a_union_holds_just_what_its_parts_hold(sentences):
    parts = [facts(sentence, language="zh") for sentence in sentences]

    union = Facts.union(parts)

    for field in fields(Facts):
        held = [getattr(part, field.name) for part in parts]
        assert getattr(union, field.name) == frozenset().union(*held)


@given(SENTENCES)
def test_facts_survive_being_written_down(sentence):
    found = facts(sentence, language="en")

    assert Facts.of_json(json.loads(json.dumps(found.as_json()))) == found
    assert all(found.as_json().values())
