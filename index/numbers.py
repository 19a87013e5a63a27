"""Numbers by value, however they are written: 193亿, 19.3 billion, 1,590, １２％, ten."""

import re
from decimal import Decimal

from index.language import half_width, to_simplified

_UNITS = {
    "万亿": 10**12,
    "亿": 10**8,
    "万": 10**4,
    "千": 10**3,
    "trillion": 10**12,
    "billion": 10**9,
    "million": 10**6,
    "thousand": 10**3,
    "bn": 10**9,
    "трлн": 10**12,
    "млрд": 10**9,
    "млн": 10**6,
}
_NUMBER = re.compile(
    r"(?<![\d.])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:[多余]?[ \u00a0]?(万亿|亿|万|千(?!米|克|瓦|字)|"
    r"trillion|billion|million|thousand|bn|трлн|млрд|млн))?",
    re.IGNORECASE,
)
_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
).split()
_ENGLISH_WORD = re.compile(rf"\b({'|'.join(_ENGLISH)})\b", re.IGNORECASE)
_CHINESE_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_CHINESE_WORD = re.compile(
    r"([一二两三四五六七八九十百]{1,5})(?=个|家|项|届|国|省|条|类|种|年|天|大|方面|阶段|名|成|部门|点|步|期)"
)


def numbers_in(text: str) -> set[Decimal]:
    """The values of all numbers in a text; percentages as the number before the sign."""
    text = to_simplified(half_width(text))
    found = {
        (Decimal(digits.replace(",", "")) * _UNITS.get(unit.lower(), 1)).normalize()
        for digits, unit in _NUMBER.findall(text)
    }
    found |= {Decimal(_ENGLISH.index(word.lower())) for word in _ENGLISH_WORD.findall(text)}
    found |= {Decimal(chinese_number(word)) for word in _CHINESE_WORD.findall(text)}
    return {value.normalize() for value in found}


def chinese_number(word: str) -> int:
    """The value of a number below 1,000 in Chinese characters: 一百三十八 is 138."""
    total = value = 0
    for character in word:
        if character in "十百":
            total += (value or 1) * (10 if character == "十" else 100)
            value = 0
        else:
            value = _CHINESE_DIGITS[character]
    return total + value
