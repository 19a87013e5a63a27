"""Many names looked for at once."""

import pytest

from index.alternation import AnyOf

NAMES = AnyOf(["中国", "中国香港", "港", "oman", "niger", "nigeria", "оман", "a+b", "한국", ""])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("在中国香港和中国", ["中国香港", "中国"]),  # the longest; 港 is part of one
        ("niger, nigeria and nigerian", ["niger", "nigeria"]),  # whole words only
        ("woman oman romania", ["oman"]),
        ("роман оман", ["оман"]),
        ("中国oman港", ["中国", "港"]),  # within a word as well
        ("a+b aab", ["a+b"]),
        ("한국에서", ["한국"]),
        ("", []),
    ],
)
def test_names_are_found_in_order_the_longest_first(text, names):
    assert [match[0] for match in NAMES.finditer(text)] == names


def test_without_names_nothing_is_found():
    assert list(AnyOf([]).finditer("anything 中国")) == []
