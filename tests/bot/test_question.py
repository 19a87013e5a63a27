"""Reading a question: language, what must not be missing, follow-ups, odd characters."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.cleaning import MAX_CHARS, clean
from tests.bot.conftest import TODAY
from tests.bot.reading import read_completed


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("哪些省有中外中小企业合作区？", "zh"),
        ("哪些省份有中外中小企業合作區？", "zh-Hant"),
        ("What did MIIT ask banks to do?", "en"),
        ("Какие льготы получает резидент парка?", "ru"),
        ("2025年に日本で予定されていた商談会はいつですか。", "ja"),
        ("캔톤페어는 언제, 어디에서 열리나요?", "ko"),
        ("متى يُعقد ملتقى التعاون الصناعي بين الصين والإمارات؟", "ar"),
        ("迪拜", "zh"),
        ("RCEP", "en"),
    ],
)
def test_the_language_is_that_of_the_words(read, text, language):
    assert read(text).language == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我们在 Amazon DE 卖 toys，GPSR 的 responsible person 必须是 EU 公司吗？", "zh"),
        ("jinbohui 2025 有几家 exhibitors?", "zh"),
        ("RCEP的原产地规则是什么？", "zh"),
        ("What does 专精特新 mean for my company?", "en"),
        ("How does 广交会 help SMEs?", "en"),
    ],
)
def test_of_mixed_chinese_and_english_the_words_that_join_decide(read, text, language):
    assert read(text).language == language


def test_traditional_characters_are_read_as_simplified_ones(read):
    question = read("廣交會什麼時候舉行？")

    assert (question.text, question.language) == ("广交会什么时候举行？", "zh-Hant")


def test_a_given_language_overrules_the_detected_one(read):
    assert read("RCEP", language="ru").language == "ru"


def test_without_any_letter_the_language_is_that_of_the_last_turn_or_chinese(read):
    assert read("9810？").language == "zh"
    assert read("2025?", "Where is the fair?", "Где проходит ярмарка?").language == "ru"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2025年广交会什么时候举行？", {2025}),
        ("trade in 2024 and in 2025", {2024, 2025}),
        ("Trade in 2024-2025?", {2024, 2025}),
        ("2025?", {2025}),
        ("２０２５年广交会", {2025}),
        ("معرض كانتون في عام ٢٠٢٥", {2025}),
        ("Who runs the fair?", set()),
        ("74,600 booths, 8517.62, 20250101, 12025", set()),
        ("那2000万美元的那一档要什么条件？", set()),
        ("a loan of 2000.50 yuan", set()),
    ],
)
def test_years_are_found_among_other_numbers(read, text, years):
    assert read(text).years == years


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("今年广交会有多少展位？", 2026),
        ("本年的配额", 2026),
        ("去年对俄贸易是涨了还是跌了？", 2025),
        ("明年的广交会", 2027),
        ("來年的廣交會", 2027),
        ("Is there a fair this year?", 2026),
        ("What was trade Last Year?", 2025),
        ("the fair next year", 2027),
        ("Сколько экспортировали в прошлом году?", 2025),
        ("Выставка в этом году", 2026),
        ("昨年の貿易", 2025),
        ("今年の展示会", 2026),
        ("작년 무역", 2025),
        ("올해 전시회", 2026),
        ("التجارة في العام الماضي", 2025),
        ("前年的贸易额", 2024),
        ("¿Cuántas empresas el año pasado?", 2025),
        ("Wie viele Aussteller letztes Jahr?", 2025),
        ("năm ngoái có bao nhiêu doanh nghiệp", 2025),
        ("المعرض هذا العام", 2026),
    ],
)
def test_this_last_and_next_year_are_counted_from_today(read, text, year):
    assert read(text, today=date(2026, 2, 15)).years == {year}
    assert read(text, today=date(2027, 12, 31)).years == {year + 1}


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("第138届广交会", 138),
        ("第 138 屆廣交會", 138),
        ("第１３８届广交会", 138),
        ("138届广交会有多少展位？", 138),
        ("第一百三十八届广交会", 138),
        ("第二十二届东博会", 22),
        ("第十届博览会", 10),
        ("首届工业品展", 1),
        ("the 138th Canton Fair", 138),
        ("the 1st, no other", 1),
        ("the 22nd expo", 22),
        ("the 3rd expo", 3),
        ("138-я Кантонская ярмарка", 138),
        ("на 15-й ярмарке", 15),
        ("第138回広州交易会", 138),
        ("제138회 캔톤페어", 138),
        ("الدورة 138 لمعرض كانتون", 138),
    ],
)
def test_the_edition_of_an_event_is_read_in_several_languages(read, text, edition):
    assert read(text).editions == {edition}


@pytest.mark.parametrize("text", ["第167号公告", "3 fairs", "第一次参展", "第三方检测", "138"])
def test_what_is_no_edition_is_not_taken_for_one(read, text):
    assert read(text).editions == set()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("9610、9710、9810有什么区别？", {"9610", "9710", "9810"}),
        ("HS编码8517.62出口越南", {"8517.62"}),
        ("Is ISO 9001 needed?", {"9001"}),
        ("９８１０退税", {"9810"}),
        ("code 9810 in 2025", {"9810"}),
        ("广交会2025", set()),
        ("مرحبا ٢٠٢٥", set()),
        ("74,600 booths and 1.75", set()),
        ("保费50000元够吗？", set()),
        ("a loan of 300000 yuan", set()),
    ],
)
def test_codes_are_numbers_that_name_a_thing(read, text, codes):
    assert read(text).codes == codes


@pytest.mark.parametrize(
    ("texts", "country"),
    [
        (["出口越南", "出口越南的關稅", "exports to Vietnam", "Вьетнам", "ベトナム"], "VN"),
        (["베트남 수출", "التصدير إلى فيتنام"], "VN"),
        (
            ["去德国参展", "a fair in Germany", "Германия", "ドイツの展示会", "독일", "ألمانيا"],
            "DE",
        ),
        (["阿联酋", "the UAE", "ОАЭ", "아랍에미리트", "الإمارات"], "AE"),
        (["美国关税", "tariffs of the United States", "США", "アメリカ", "미국"], "US"),
        (["印尼清真认证", "印度尼西亚", "Indonesia"], "ID"),
    ],
)
def test_countries_are_known_in_six_languages(read, texts, country):
    assert [read(text).countries for text in texts] == [{country}] * len(texts)


def test_several_countries_are_found_and_china_is_not_one_of_them(read):
    question = read("中国企业去越南和泰国办厂")

    assert question.countries == {"VN", "TH"}


@pytest.mark.parametrize(
    ("part", "named"),
    [("years", {2025}), ("editions", {138}), ("codes", {"9810"}), ("countries", {"VN"})],
)
def test_a_follow_up_keeps_what_was_named_before(read, part, named):
    question = read("那要多久？", "2025年第138届广交会上，9810出口越南怎么退税？")

    assert getattr(question, part) == named


def test_a_follow_up_that_names_another_year_and_country_drops_the_earlier_ones(read):
    question = read("And in Thailand in 2025?", "How do I export to Vietnam in 2024?")

    assert question.years == {2025}
    assert question.countries == {"TH"}


def test_words_that_only_ask_or_join_name_nothing(read):
    assert read("What is the tea fair?").words == ("tea", "fair")
    named = read("请问什么是广交会呢？").words
    assert "广交会" in named
    assert not {"请问", "什么", "是", "呢"} & set(named)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\x00b\x07c", "a b c"),
        ("one\r\n\ttwo\u2028three", "one two three"),
        ("\ufeff广\u200b交\u00ad会", "广交会"),
        ("\u202eabc\u202c \u2066def\u2069", "abc def"),
        ("x\ud800y", "xy"),
        ("  a \u3000 b ", "a b"),
        ("معرض\u200f كانتون", "معرض كانتون"),
    ],
)
def test_control_and_invisible_characters_are_taken_out(read, raw, text):
    assert read(raw).text == text


def test_a_right_to_left_question_stays_in_reading_order(read):
    text = "أين تقع المنطقة الصينية الإماراتية (2025) KIZAD؟"

    assert read(f"\u202b{text}\u202c").text == text


@pytest.mark.parametrize("length", [1, MAX_CHARS - 1, MAX_CHARS])
def test_a_question_up_to_the_limit_is_read_whole(read, length):
    question = read("字" * length)

    assert (question.text, question.was_cut) == ("字" * length, False)


@pytest.mark.parametrize("length", [MAX_CHARS + 1, 100 * MAX_CHARS])
def test_of_a_longer_question_the_first_part_is_read(read, length):
    question = read("字" * length)

    assert (question.text, question.was_cut) == ("字" * MAX_CHARS, True)


@pytest.mark.parametrize("raw", ["", "  \n", "😀", "👍🏽👨‍👩‍👧", "？！…", "_ _", "\u200b\x00"])
def test_without_letter_or_digit_a_question_is_empty(read, raw):
    question = read(raw)

    assert question.is_empty
    assert question.words == ()


@pytest.mark.parametrize("raw", ["a", "9", "广", "😀 RCEP 😀", "٣"])
def test_one_letter_or_digit_is_enough_not_to_be_empty(read, raw):
    assert not read(raw).is_empty


@settings(deadline=None, max_examples=100)
@given(text=st.text(max_size=80), earlier=st.lists(st.text(max_size=40), max_size=2))
def test_anything_can_be_read_and_reading_again_changes_nothing(read, text, earlier):
    question = read(text, *earlier)

    assert question.text == clean(question.text) == read(question.text, *earlier).text
    assert question.text in question.search_text
    assert question.language


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("25年东博会有多少展商", {2025}),
        ("24年跟25年出口各多少", {2024, 2025}),
        ("到25年6月", {2025}),
        ("20年上半年有多少客户", {2020}),
        ("做外贸20年了", set()),
        ("贷款最长25年", set()),
        ("25年以上的企业", set()),
        ("有22年经验", set()),
    ],
)
def test_years_of_two_digits_are_read_where_they_are_years(read, text, years):
    assert read(text).years == years


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("换个话题，链博会是谁办的？", "链博会是谁办的？"),
        ("By the way, who runs the fair?", "who runs the fair?"),
        ("We are small. We are small. Who helps?", "We are small. Who helps?"),
    ],
)
def test_what_leads_in_or_is_said_again_is_left_out(read, raw, text):
    assert read(raw).text == text


def test_a_new_topic_does_not_lean_on_the_one_before():
    new = read_completed("换个话题，那里展位多少？", TODAY, ["茶博会在哪里？"])
    same = read_completed("顺便问一下，那里展位多少？", TODAY, ["茶博会在哪里？"])

    assert "茶博会" not in new.search_text
    assert "茶博会" in same.search_text


def test_an_edition_that_another_is_only_set_against_is_not_asked_about(read):
    assert read("去年那届来了多少采购商，比第135届多几成？").editions == frozenset()
    assert read("第137届来了多少采购商，比第135届多几成？").editions == {137}
    assert read("多少采购商，比第135届多几成？").editions == {135}
