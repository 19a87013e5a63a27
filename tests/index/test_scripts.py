"""Which letters the names of a language may have."""

import pytest

from index.scripts import with_old_tones, wrong_letters


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("знак ЕАС", "ru"),
        ("сертификат CE", "ru"),
        ("B2B-встречи", "ru"),
        ("«Пояс и путь»", "ru"),
        ("広州交易会", "ja"),
        ("クロスボーダー", "ja"),
        ("ＥＡＣマーク", "ja"),
        ("EAC 인증", "ko"),
        ("علامة EAC", "ar"),
        ("RCEP", "zh"),
        ("9810", "en"),
        ("Côte d'Ivoire", "en"),
        ("doanh nghiệp nhỏ và vừa", "vi"),
        ("любой", "kk"),
    ],
)
def test_names_in_their_own_letters_are_sound(text, language):
    assert wrong_letters(text, language) == ""


@pytest.mark.parametrize(
    ("text", "language", "problem"),
    [
        ("EAC mark", "ru", "has no letter of ru"),
        ("знак EАС", "ru", "mixes Latin and Cyrillic"),
        ("EAC標志", "ru", "has cjk letters, which ru does not use"),
        ("знак", "en", "has cyrillic letters, which en does not use"),
        ("カルネ", "zh", "has katakana letters, which zh does not use"),
        ("中国银行", "ko", "has cjk letters, which ko does not use"),
        ("KOTRA", "ko", "has no letter of ko"),
        ("9810", "ru", "has no letter of ru"),
        ("знак", "ar", "has cyrillic letters"),
    ],
)
def test_letters_of_another_language_are_named(text, language, problem):
    found = wrong_letters(text, language)

    assert found.startswith(repr(text))
    assert problem in found


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("hàng hoá thuỵ sĩ", "hàng hóa thụy sĩ"),
        ("uỷ ban hoà khoẻ", "ủy ban hòa khỏe"),
        ("tạo thuận lợi", "tạo thuận lợi"),
    ],
)
def test_a_vietnamese_tone_stands_on_the_first_of_two_vowels(text, written):
    assert with_old_tones(text) == with_old_tones(written) == written
