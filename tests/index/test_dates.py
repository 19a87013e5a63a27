"""Dates are read as exactly as they are written."""

import pytest

from index.dates import dates_in
from index.partial_date import PartialDate


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2025年11月6日", ["2025-11-06"]),
        ("２０２５年", ["2025"]),
        ("2025年度名单", ["2025"]),
        ("于2025年9月17日至21日举办", ["2025-09-17/2025-09-21"]),
        ("2025年10月15日至11月4日", ["2025-10-15/2025-11-04"]),
        ("2025年9月至11月", ["2025-09/2025-11"]),
        ("2020年3月12日以前的1变为2025年1月的1.75", ["2020-03-12", "2025-01"]),
        ("6 November 2025", ["2025-11-06"]),
        ("17–21 September 2025", ["2025-09-17/2025-09-21"]),
        ("September 17 to 21, 2025", ["2025-09-17/2025-09-21"]),
        ("in July 2025", ["2025-07"]),
        ("published 2025-03-12", ["2025-03-12"]),
        ("в 2025 году", ["2025"]),
        ("2025年13月", ["2025"]),
        ("2025年2月30日", ["2025-02"]),
        ("31 April 2025", ["2025-04"]),
        ("Regulation 2024/3015, 2,025 firms, USD 2025.5, tariff 2008.99", []),
        ("为1.25，2025年1月为1.75", ["2025-01"]),
        ("12025, 20251", []),
        ("no date", []),
    ],
)
def test_dates_are_found_as_exact_as_they_are_written(text, dates):
    expected = [
        (PartialDate.parse(start).first, PartialDate.parse(end or start).last)
        for start, _, end in (written.partition("/") for written in dates)
    ]

    assert dates_in(text) == expected
