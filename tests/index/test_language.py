"""Which language a text is in, and the two ways to write Chinese."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.language import (
    UNKNOWN,
    canonical,
    language_of,
    primary,
    to_simplified,
    to_traditional,
    to_traditional_wording,
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("广交会什么时候举行？", "zh"),
        ("廣交會什麼時候舉行？", "zh-Hant"),
        ("你好", "zh"),
        ("RCEP是什么", "zh"),
        ("SINOSURE 保单融资", "zh"),
        ("When is the Canton Fair?", "en"),
        ("What is 广交会 and where is it held?", "en"),
        ("Canton Fair 2025 autumn session dates", "en"),
        ("Когда проходит Кантонская ярмарка?", "ru"),
        ("広州交易会はいつ開催されますか", "ja"),
        ("カントンフェア", "ja"),
        ("캔톤페어는 언제 열리나요?", "ko"),
        ("متى يقام معرض كانتون؟", "ar"),
        ("Hội chợ Quảng Châu diễn ra khi nào?", "vi"),
        ("¿Cuándo se celebra la Feria de Cantón?", "es"),
        ("Wann findet die Messe in Guangzhou statt?", "de"),
        ("งานแสดงสินค้ากวางโจวจัดขึ้นเมื่อไหร่", "th"),
        ("hello", "en"),
        ("Привет", "ru"),
        ("مرحبا", "ar"),
        ("Xin chào", "vi"),
        ("Buenos días", "es"),
        ("thanks", "en"),
        ("cheap loans for exporters", "en"),
        ("Tariffs in Thailand", "en"),
        ("кредиты для экспортеров", "ru"),
        ("شكرا", "ar"),
        ("aranceles en México", "es"),
        ("vay vốn xuất khẩu", "vi"),
        ("Πότε γίνεται η έκθεση;", "el"),
        ("מתי מתקיים היריד?", "he"),
    ],
)
def test_the_language_of_a_question_is_recognised(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "   ", "123 456", "138 / 2025 %", "😀👍", "。！？", "_"])
def test_a_text_without_letters_has_no_language(text):
    assert language_of(text) == UNKNOWN


@pytest.mark.parametrize("text", ["OK", "AEO", "RCEP", "a"])
def test_codes_and_acronyms_count_as_english(text):
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    ("language", "expected"), [("zh-Hant", "zh"), ("en", "en"), ("pt-BR", "pt")]
)
def test_the_primary_language_has_no_script_or_region(language, expected):
    assert primary(language) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("zh", "zh"),
        ("ZH", "zh"),
        ("zh-CN", "zh"),
        ("zh_cn", "zh"),
        ("zh-Hans", "zh"),
        ("zh-hans-CN", "zh"),
        ("zh-SG", "zh"),
        ("zh-TW", "zh-Hant"),
        ("zh-hk", "zh-Hant"),
        ("zh_MO", "zh-Hant"),
        ("zh-hant", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("EN", "en"),
        ("pt-br", "pt-BR"),
        ("sr-latn", "sr-Latn"),
    ],
)
def test_a_language_tag_has_one_form_however_it_is_written(tag, expected):
    assert canonical(tag) == expected


def test_chinese_is_turned_from_one_script_into_the_other():
    assert to_simplified("廣交會在廣州舉行") == "广交会在广州举行"
    assert to_traditional("广交会在广州举行") == "廣交會在廣州舉行"
    assert to_traditional("市场准入里的用户信息") == "市場准入裡的用戶信息"


def test_sentences_of_one_s_own_have_the_words_and_quotation_marks_of_taiwan():
    assert to_traditional_wording("关于“用户信息”") == "關於「使用者資訊」"
    assert to_traditional("关于“用户信息”") == "關於“用戶信息”"


def test_a_half_of_a_surrogate_pair_does_not_stop_the_conversion():
    assert to_simplified("\ud800廣交會") == "?广交会"


def test_what_is_not_chinese_is_never_converted():
    text = "Canton Fair 2025, Кантон, カントン"

    assert to_simplified(text) == to_traditional(text) == text


@given(st.text(max_size=50))
@settings(max_examples=200, deadline=None)
def test_any_text_has_a_language_code(text):
    assert 2 <= len(primary(language_of(text))) <= 3
