"""Years, months and editions, however they are written."""

from datetime import date

import pytest

from index.times import (
    COMPARED,
    REPORTED,
    counted_on,
    editions_in,
    months_in,
    months_of_years_in,
    with_years,
    years_in,
)

TODAY = date(2026, 2, 15)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2025年比2024年", {2024, 2025}),
        ("in 2025 and in 1999", {2025, 1999}),
        ("去年的出口", {2025}),
        ("next year", {2027}),
        ("в прошлом году", {2025}),
        ("前年", {2024}),
        ("2000 people, 2000万元, 2,025 and 2025.5", set()),
        ("第2025届", set()),
        ("nothing", set()),
    ],
)
def test_years_are_told_from_other_numbers(text, years):
    assert years_in(text, TODAY) == years


def test_without_a_day_last_year_is_no_year():
    assert years_in("去年的出口") == frozenset()


@pytest.mark.parametrize(
    ("text", "editions"),
    [
        ("第138届广交会", {138}),
        ("第一百三十八届", {138}),
        ("首届链博会", {1}),
        ("the 138th fair", {138}),
        ("the second China expo", {2}),
        ("138-я ярмарка", {138}),
        ("제138회 캔톤페어", {138}),
        ("الدورة الـ138 من معرض كانتون", {138}),
        ("Hội chợ Quảng Châu lần thứ 138", {138}),
        ("la 138.ª Feria de Cantón", {138}),
        ("¿Cuándo fue la edición 138?", {138}),
        ("3 lần", set()),
        ("the second half of 2025", set()),
    ],
)
def test_editions_are_told_in_words_and_digits(text, editions):
    assert editions_in(text) == editions


@pytest.mark.parametrize(
    ("text", "months", "of_years"),
    [
        ("2025年11月6日至8日", {11}, {11}),
        ("11月6日", {11}, set()),
        ("on 6 November 2025", {11}, {11}),
        ("in November", {11}, set()),
        ("2025年13月", set(), set()),
        ("in 2025", set(), set()),
    ],
)
def test_months_count_with_and_without_their_year(text, months, of_years):
    assert months_in(text) == months
    assert months_of_years_in(text) == of_years


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (COMPARED, "比2024年增长"),
        (COMPARED, "a rise of 5% on 2024"),
        (COMPARED, "more than in 2024"),
        (COMPARED, "比第137届多"),
        (REPORTED, "据2026年1月报道"),
        (REPORTED, "reported in 2026"),
    ],
)
def test_years_may_only_be_compared_with_or_be_of_a_report(pattern, text):
    assert pattern.search(text)
    assert not pattern.search("Exports grew in 2024. 2024年出口增长。")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("去年中国外贸总额是多少？", "去年 (2025)中国外贸总额是多少？"),
        ("Exports last year and this year?", "Exports last year (2025) and this year (2026)?"),
        ("第138届广交会", "第138届广交会"),
        ("Buyers this autumn", "Buyers this autumn (2026)"),
        ("今秋采购商", "今秋 (2026)采购商"),
        ("This may help", "This may help"),
    ],
)
def test_years_that_are_counted_from_today_are_told_in_digits(text, expected):
    assert with_years(text, date(2026, 2, 15)) == expected


@pytest.mark.parametrize(
    ("earlier", "text", "counted"),
    [
        ("Exports in 2024?", "And the year after?", "Exports in 2025?"),
        ("2024年出口多少？", "前一年呢？", "2023年出口多少？"),
        ("第138届广交会来了多少人？", "上一届呢？", "第137届广交会来了多少人？"),
        ("第137届和第138届广交会", "下一届呢？", ""),
        ("Exports in 2024?", "And the year before 2020?", ""),
        ("Exports?", "And the year after?", ""),
        ("Exports in 2024?", "And imports?", ""),
        ("Exports in 2024?", "And in 2022?", "Exports in 2022?"),
        ("第138届广交会来了多少人？", "那第137届呢？", "第137届广交会来了多少人？"),
        ("2025年第138届广交会来了多少人？", "那第137届呢？", ""),
        ("第八届进博会来了多少人？", "那第7届呢？", ""),
    ],
)
def test_what_is_counted_from_an_earlier_year_or_edition_asks_the_same_of_it(
    earlier, text, counted
):
    assert counted_on(earlier, text) == counted
