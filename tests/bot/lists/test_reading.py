"""Every word of a list request is part of a filter, an empty word, or not understood."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lists.kinds import KINDS
from bot.lists.reading import ListReader
from bot.lists.vocabulary import seasons_in
from index import Glossary
from index.glossary import Entry

TODAY = date(2026, 11, 25)
GLOSSARY = Glossary(
    [
        Entry(id="caexpo", kind="event", zh="东盟博览会", en="CAEXPO"),
        Entry(id="dukem", kind="place", zh="杜卡姆", en="Dukem"),
        Entry(id="minsk", kind="place", zh="明斯克", en="Minsk"),
        Entry(id="tariff", kind="term", zh="关税", en="tariff"),
    ]
)
READER = ListReader(GLOSSARY, frozenset({"Dukem"}))
_PIECES = [
    "东盟博览会",
    "江苏",
    "2025年",
    "9月",
    "在建",
    "有哪些",
    "的",
    "Which parks",
    "went",
    "，",
    " ",
    "中德",
]


def readings_of(reading):
    return {r for part in reading.parts for r in part.readings if r[0] not in ("stop", "weak")}


@pytest.mark.parametrize(
    ("subject", "text", "readings"),
    [
        ("events", "东盟博览会", {("name", "caexpo")}),  # not the countries of 东盟
        ("events", "CAEXPO 2025", {("name", "caexpo"), ("year", "2025")}),
        ("events", "明年", {("year", "2027")}),
        ("events", "下个月", {("month", "2026-12")}),
        ("events", "last month", {("month", "2026-10")}),
        ("events", "第二季度", {("month", f"2026-0{m}") for m in (4, 5, 6)}),
        (
            "events",
            "2025年第二季度",
            {("year", "2025"), *(("month", f"*-0{m}") for m in (4, 5, 6))},
        ),
        ("events", "2025年5月和6月", {("month", "2025-05"), ("month", "2025-06")}),
        ("events", "5月和6月", {("month", "*-05"), ("month", "*-06")}),
        ("events", "还有哪些", {("asks", ""), ("standing", "upcoming")}),
        ("events", "秋季", {("season", "autumn")}),
        ("events", "海外", {("side", "abroad")}),
        ("zones", "海外", {("kind", "park-abroad")}),
        ("zones", "江苏省苏州市", {("province", "CN-JS"), ("city", "Suzhou")}),
        ("zones", "杜卡姆", {("city", "Dukem")}),
        ("zones", "中德", {("country", "DE"), ("side", "partners")}),
        ("zones", "Sino-German", {("country", "DE"), ("side", "partners")}),
        ("zones", "國內園區", {("side", "home"), ("noun", "")}),
        ("financing", "贷款", {("noun", ""), ("kind", "loan"), ("kind", "foreign-debt")}),
        ("financing", "香港", {("province", "CN-HK")}),
        ("events", "Какие выставки", {("asks", ""), ("noun", "")}),
    ],
)
def test_words_are_read_as_what_they_narrow_a_list_to(subject, text, readings):
    reading = READER.read(text, subject, TODAY)

    assert readings_of(reading) == readings
    assert reading.unread == ()


@pytest.mark.parametrize(
    ("subject", "text", "unread"),
    [
        ("zones", "在建的园区", ("在建",)),
        ("zones", "在医疗行业", ("医疗行业",)),
        ("zones", "Which parks in Jiangsu went bankrupt?", ("went bankrupt",)),
        ("zones", "明斯克", ("明斯克",)),  # no document is about it
        ("financing", "关税", ("关税",)),
        ("events", "广州的MedTech展会", ("MedTech",)),
        ("events", "免费、线上", ("免费", "线上")),
    ],
)
def test_what_is_left_over_is_given_as_it_was_written(subject, text, unread):
    assert READER.read(text, subject, TODAY).unread == unread


@given(
    text=st.one_of(st.text(max_size=40), st.lists(st.sampled_from(_PIECES)).map("".join)),
    subject=st.sampled_from([kind.name for kind in KINDS]),
)
def test_parts_never_overlap_and_what_is_unread_stands_between_them(text, subject):
    reading = READER.read(text, subject, TODAY)

    ends = [0, *(part.end for part in reading.parts)]
    starts = [*(part.start for part in reading.parts), len(reading.text)]
    assert all(end <= start for end, start in zip(ends, starts, strict=True))
    between = [reading.text[e:s] for e, s in zip(ends, starts, strict=True)]
    assert all(any(phrase in gap for gap in between) for phrase in reading.unread)


def test_a_title_may_name_a_season():
    assert seasons_in("第136届广交会（2024年秋季）") == {"autumn"}
    assert seasons_in("136th Canton Fair (autumn 2024)") == {"autumn"}
    assert seasons_in("第8届进博会") == frozenset()
