"""Numbers by value, however they are written."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.numbers import chinese_number, numbers_in


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,590 firms", [1590]),
        ("1,234,567.5 yuan", ["1234567.5"]),
        ("19.3 billion dollars", [19_300_000_000]),
        ("19.3 Billion", [19_300_000_000]),
        ("193亿美元", [19_300_000_000]),
        ("193億美元", [19_300_000_000]),
        ("3.34万亿元", [3_340_000_000_000]),
        ("300万元", [3_000_000]),
        ("5 млрд рублей", [5_000_000_000]),
        ("１２％", [12]),
        ("0.50", ["0.5"]),
        ("2025年10月15日", [2025, 10, 15]),
        ("2025-02-08", [2025, 2, 8]),
        ("the 138th fair", [138]),
        ("第一百三十八届", [138]),
        ("十二个国家", [12]),
        ("两家企业", [2]),
        ("ten firms and Twelve banks", [10, 12]),
        ("5千克", [5]),
        ("5千人", [5000]),
        ("no numbers, 没有", []),
        ("", []),
    ],
)
def test_numbers_are_read_by_value(text, values):
    assert numbers_in(text) == {Decimal(value) for value in values}


@pytest.mark.parametrize("text", ["tension", "often", "oneself", "一般", "十分重要", "九江"])
def test_words_that_contain_a_number_word_are_no_numbers(text):
    assert numbers_in(text) == set()


def test_the_same_number_in_two_languages_is_equal():
    assert numbers_in("出口额达193亿美元") == numbers_in("Exports reached 19.3 billion US dollars")


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("零", 0),
        ("九", 9),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("一百零五", 105),
        ("九百九十九", 999),
    ],
)
def test_chinese_numbers_below_a_thousand_are_read(word, value):
    assert chinese_number(word) == value


@given(st.integers(min_value=0, max_value=10**15))
@settings(max_examples=200, deadline=None)
def test_thousands_separators_change_no_value(value):
    assert numbers_in(f"about {value:,} units") == numbers_in(f"约{value}个") == {Decimal(value)}


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_searched_for_numbers(text):
    assert all(value >= 0 for value in numbers_in(text))
