"""Times and editions in the words of list requests."""

from datetime import date

import pytest

from bot.lists.times import month_after, times_in

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("2025", {"year": ["2025"]}),
        ("2025年", {"year": ["2025"]}),
        ("2024-2026年", {"year": ["2024", "2025", "2026"]}),
        ("2025年9月", {"month": ["2025-09"]}),
        ("2025-09", {"month": ["2025-09"]}),
        ("2025/9", {"month": ["2025-09"]}),
        ("9月", {"month": ["*-09"]}),
        ("四月份", {"month": ["*-04"]}),
        ("十一月", {"month": ["*-11"]}),
        ("9월", {"month": ["*-09"]}),
        ("3月到5月", {"month": ["*-03", "*-04", "*-05"]}),
        ("2025年3-5月", {"month": ["2025-03", "2025-04", "2025-05"]}),
        ("sept. 2025", {"month": ["2025-09"]}),
        ("march", {"month": ["*-03"]}),
        ("2025年9月10日", {"day": ["2025-09-10"]}),
        ("2025-09-10", {"day": ["2025-09-10"]}),
        ("10月15号", {"day": ["*-10-15"]}),
        ("未来两个月", {"standing": ["upcoming"], "month": ["2026-11", "2026-12", "2027-01"]}),
        (
            "next two months",
            {"standing": ["upcoming"], "month": ["2026-11", "2026-12", "2027-01"]},
        ),
        ("第138届", {"edition": ["138"]}),
        ("第十五届", {"edition": ["15"]}),
        ("首届", {"edition": ["1"]}),
        ("22nd", {"edition": ["22"]}),
    ],
)
def test_the_longest_time_in_a_text_is_all_of_it(text, readings):
    longest = max(times_in(text, TODAY), key=lambda part: part.end - part.start)

    found: dict[str, list[str]] = {}
    for role, value in longest.readings:
        found.setdefault(role, []).append(value)
    assert found == readings
    assert (longest.start, longest.end) == (0, len(text))


@pytest.mark.parametrize("text", ["一个月", "12345", "第3期", "maybe", "marching", "9810", "13月"])
def test_what_is_no_time_is_not_read_as_one(text):
    assert list(times_in(text, TODAY)) == []


def test_months_are_counted_over_the_end_of_the_year():
    assert [month_after(TODAY, step) for step in (-11, 0, 1, 2)] == [
        "2025-12",
        "2026-11",
        "2026-12",
        "2027-01",
    ]
