"""Who asks for a rent, a fee or a number of visitors is answered by one, or not at all."""

import pytest

from index.kinds import asks_date, asks_number, kinds_asked, kinds_held


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("太仓园区标准厂房租金是多少？", "rent"),
        ("аренда цеха в парке", "rent"),
        ("What is the interest rate of the loan?", "interest"),
        ("How much does a booth cost?", "price"),
        ("展位一个多少钱", "price"),
        ("сколько стоит сертификат", "price"),
        ("担保了多少钱", "amount of money"),
        ("2025年进出口额有多少？", "trade"),
        ("出口增长了百分之几", "share"),
        ("办下来要几个工作日", "duration"),
        ("For how many days may they stay?", "duration"),
        ("مدة كم يوم", "duration"),
        ("越南最低工资", "wage"),
        ("container freight rates to Hamburg", "freight rate"),
        ("오늘 위안화 환율", "exchange rate"),
        ("ставка НДС", "tax rate"),
        ("不合规要罚款吗", "penalty"),
        ("展馆早上几点开门", "time of day"),
        ("园区占地多少", "area"),
        ("How far is it from the port?", "distance"),
        ("客服电话", "contact"),
        ("总经理是谁", "person in charge"),
        ("How many of the overseas buyers came?", "buyers"),
        ("有多少观众", "visitors"),
        ("Сколько компаний-резидентов в парке?", "companies"),
        ("多少家企业参展", "companies"),
        ("number of exhibitors", "exhibitors"),
        ("采购商人数一共有多少", "buyers"),
        ("2025年服务贸易出口额是多少", "trade in services"),
        ("How much were exports of services?", "trade in services"),
        ("For how many months must the passport be valid?", "validity"),
        ("链博会是谁办的", "who runs it"),
        ("Who launched the programme?", "who runs it"),
        ("who heads the administration of the park?", "person in charge"),
        ("total area of the zone at Rayong in sq km", "area"),
        ("比上一届多几成", "share"),
        ("China UAE trade total for 2025?", "trade"),
        ("Had the expo more exhibitors in 2024 or in 2025?", "exhibitors"),
        ("全国有多少家小巨人", "companies"),
        ("证书几个月内有效", "validity"),
        ("How many freight trains ran in 2024?", "trains"),
        ("来得最多的是哪个国家的", "the most"),
        ("What does an operator earn per month at the park?", "wage"),
    ],
)
def test_the_kind_of_thing_asked_for_is_told(question, kind):
    assert kind in kinds_asked(question)


@pytest.mark.parametrize(
    "question",
    [
        "广交会在哪里举行？",
        "Who may apply?",
        "企业的费用如何报销？",  # asks how
        "In which year was the telephone network opened?",  # asks for a year
        "近几年出口怎么样",
        "地址和邮箱印在什么地方",
        "他出生在哪一個國家？",  # one, not several by name
        "How many cities can be reached from the demonstration area in Qingdao?",
        "My customer is fine, would the cover pay?",
        "培训搞了多少年",  # the answer may be a year
        "请深圳的公司说明，最少给多少",  # how much money, not how many companies
    ],
)
def test_a_question_that_may_be_answered_by_anything_asks_for_no_kind(question):
    assert kinds_asked(question) == set()


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("厂房租金多少", "厂房租金为每平方米每月12元。", True),
        ("厂房租金多少", "园区占地12平方公里，投资3亿元。", False),  # money, but no rent
        ("厂房租金多少", "厂房租金以合同为准。", False),  # a rent, but no figure
        ("How much does the permit cost?", "The permit costs 300 yuan.", True),
        ("How much does the permit cost?", "The permit is free of charge.", True),
        ("How much does the permit cost?", "The permit is valid for 3 years.", False),
        ("办理要几天", "五个工作日内办结。", True),
        ("办理要几天", "2025年7月10日起施行。", False),  # a date is no duration
        ("贷款最长几年", "该行2024年公布业绩。", False),  # nor is a year
        ("How many visitors came?", "More than 80,000 visitors came.", True),
        ("How many visitors came?", "There were 300 exhibitors.", False),
        ("有多少家企业", "园区有2.3万家公司。", True),
        ("客服电话是多少", "电话：010-12345678。", True),
        ("客服电话是多少", "成立于2001年。", False),
        ("How far is it?", "The park covers 12 square kilometres.", False),
        ("How far is it?", "The park lies 25 kilometres away.", True),
        ("来自多少个国家", "来自223个国家和地区。", True),
        ("来自多少个国家", "来了3600家企业。", False),
        ("How many firms came?", "In May 2017 firms paid USD 500,000.", False),  # a date, a sum
        ("How many firms came?", "Firms were freed from tax for ten years.", False),
        ("How many firms came?", "By May 2017 there were 82 firms.", True),
        ("有多少家企业", "2024年企业出口增长5%。", False),
        ("How many years of credit are covered?", "Lines: 中长期 insurance.", False),
        ("How many months must it be valid?", "They may stay for 30 days.", False),
        ("How many months must it be valid?", "It must be valid for six months.", True),
        ("服务贸易出口额是多少", "货物出口额为25万亿元。", False),
        ("茶博会是谁办的", "茶博会由商会主办。", True),
        ("茶博会是谁办的", "茶博会有300个展位。", False),
        ("Who runs it?", "The chamber presented it in 2019.", True),
        ("Who runs it?", "It brings organisations together.", False),
        ("How many years is it valid?", "It can last for up to five years.", True),
        ("中方有多少家商铺", "中方区域有2000多家商铺。", True),  # no year
        ("2024年开行了多少列班列", "2024年班列连接128个城市。", False),
        ("2024年开行了多少列班列", "2024年班列开行7349列。", True),
        ("来得最多的是哪个国家的", "采购商来自223个国家。", False),
        ("来得最多的是哪个国家的", "马来西亚客商最多。", True),
        ("开车要多久", "园区2007年启动，占地6平方公里）。", False),
        ("China UAE trade total?", "A meeting led to agreements worth USD 85 million.", False),
    ],
)
def test_a_sentence_holds_what_is_asked_for_or_not(question, sentence, expected):
    asked = kinds_asked(question)

    assert asked
    assert bool(asked & kinds_held(sentence, "", "zh")) is expected


def test_who_runs_it_is_said_in_the_sentence_itself():
    assert "who runs it" not in kinds_held("It has 300 booths.", "Launched by whom", "en")


def test_the_title_may_say_what_the_figure_is_of():
    assert "interest" in kinds_held("2025年为3%。", "贷款利率", "zh")
    assert "interest" not in kinds_held("2025年为3%。", "出口增长", "zh")


def test_sentences_in_a_language_without_patterns_may_hold_anything():
    assert {"rent", "area", "visitors"} <= kinds_held("Teuer.", "", "de")


@pytest.mark.parametrize(
    ("question", "number", "date"),
    [
        ("How many booths has the fair?", True, False),
        ("2025年中国和巴西双边贸易额", True, False),
        ("Vietnam total exports 2024", True, False),
        ("какой товарооборот Китая и Монголии", True, False),
        ("2025年の日中貿易総額", True, False),
        ("오늘 위안화 환율", True, False),
        ("¿Cuántas empresas hay?", True, False),
        ("下一届广交会什么时候开？", False, True),
        ("¿Cuándo abre la feria?", False, True),
        ("Who may apply for the loan?", False, False),
        ("试点开在哪几个地方？", False, False),
    ],
)
def test_a_figure_or_a_date_is_asked_for_in_many_ways(question, number, date):
    assert asks_number(question) is number
    assert asks_date(question) is date


@pytest.mark.parametrize("text", ["廠房租金為每平方米12元。", "厂房租金为每平方米１２元。"])
def test_the_script_and_the_width_of_signs_change_nothing(text):
    assert kinds_held(text, "", "zh") == kinds_held("厂房租金为每平方米12元。", "", "zh")
    assert kinds_asked("廠房租金多少") == kinds_asked("厂房租金多少") == {"rent"}
